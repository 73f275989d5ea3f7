"""Rows that are costly to make, made once for all tests of a file. Each test gets its own copy, and what it changes is taken back.

    @pytest.fixture(scope="module")
    def adopted_once(once):
        return once(make_adopted)

    @pytest.fixture
    def adopted(adopted_once, db):
        return copy.deepcopy(adopted_once)

Not for a file with tests of `transaction=True`, which empty the database: `once` refuses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar
from unittest.mock import patch

import pytest
from django.db import connection, transaction

T = TypeVar("T")


def kept_for_a_file(
    request: pytest.FixtureRequest, blocker: object
) -> Iterator[Callable[[Callable[[], T]], T]]:
    """Opens a transaction that the tests' own stand in, and takes everything back with the file's last test."""
    for item in request.session.items:
        marker = item.get_closest_marker("django_db")
        if item.path == request.path and marker and marker.kwargs.get("transaction"):
            raise pytest.UsageError(f"{item.nodeid} empties the database: `once` is not for its file.")
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
    # Django closes the connection after each test, and with it the transaction would end.
    with patch.object(connection, "close", lambda: None):

        def build(make: Callable[[], T]) -> T:
            with blocker.unblock():
                made = make()
                # What is deferred to the end of a transaction is asked now: PostgreSQL alters no table before.
                connection.check_constraints()
                return made

        yield build
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
        connection.close()
