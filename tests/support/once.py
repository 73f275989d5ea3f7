"""Rows that are costly to make, made once for all tests of a file. Each test gets its own copy, and what it
changes is taken back.

    @pytest.fixture(scope="module")
    def adopted_once(once):
        return once(make_adopted)

    @pytest.fixture
    def adopted(adopted_once, db):
        return copy.deepcopy(adopted_once)

Not for a file with tests of `transaction=True`, which empty the database: `once` refuses it. What is made
once is there for each test that follows in its file, so that tests which begin with less come first (`MUCH`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar
from unittest.mock import patch

import pytest
from django.db import connection, transaction

T = TypeVar("T")
COMMITTING = {"transactional_db", "live_server"}
MUCH = {"cast": 1, "desk": 1, "kept": 1, "review": 2, "returned": 3, "restarted": 4, "adopted": 5}
"""Fixtures whose rows are made once for a file, each on top of those of lower number."""


def kept_for_a_file(
    request: pytest.FixtureRequest, blocker: object
) -> Iterator[Callable[[Callable[[], T]], T]]:
    """Opens a transaction that the tests' own stand in, and takes everything back with the file's last test."""
    if commits(request):
        raise pytest.UsageError(f"{request.path} has tests that empty the database: `once` is not for it.")
    with blocker.unblock():
        if connection.in_atomic_block:
            raise pytest.UsageError(f"{request.path}: `once` is asked for within a test.")
        outer = transaction.atomic()
        outer.__enter__()
    # Django closes the connection after each test, and with it the transaction would end.
    with patch.object(connection, "close", lambda: None):

        def build(make: Callable[[], T]) -> T:
            with blocker.unblock():
                made = make()
                # What is deferred to the end of a transaction is asked now: PostgreSQL alters no table
                # before.
                connection.check_constraints()
                return made

        yield build
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        connection.close()


def commits(request: pytest.FixtureRequest) -> bool:
    """Whether a test of the file commits what it writes: nothing can be kept for such a file."""
    for item in request.session.items:
        marker = item.get_closest_marker("django_db")
        if item.path == request.path and (
            COMMITTING & set(getattr(item, "fixturenames", ()))
            or (marker and marker.kwargs.get("transaction"))
        ):
            return True
    return False


def from_little_to_much(items: list[pytest.Item]) -> None:
    """Puts the tests of each file in the order of what they begin with: what is made once is there for all
    that follow."""
    files = {item.path: place for place, item in reversed(list(enumerate(items)))}

    def much(item: pytest.Item) -> int:
        return max((MUCH.get(name, 0) for name in getattr(item, "fixturenames", ())), default=0)

    items.sort(key=lambda item: (files[item.path], much(item)))
