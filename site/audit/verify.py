"""Recompute the evidence: the hash chain, the triggers, and what each room registers with :func:`check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from audit.guards import missing, strangers
from audit.models import Entry
from audit.trail import FIRST, digest

Check = Callable[[], Iterable[str]]
_checks: list[Check] = []
compared: dict[str, set[str]] = {}
"""Of each table the columns that a check compares; ``title_*`` are those of every language."""
noticed: dict[str, set[str]] = {"INSERT": {"audit_entry"}, "DELETE": set()}
"""The tables of which a check names a row that was added, or that is gone."""


@dataclass(frozen=True)
class Head:
    """The number of entries and the hash of the last. Stored elsewhere, it shows a cut-off trail."""

    entries: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.entries}:{self.sha256}"

    @staticmethod
    def parse(text: str) -> Head:
        number, _, sha256 = text.partition(":")
        if not number.isdecimal() or len(sha256) != 64:
            raise ValueError(text)
        return Head(int(number), sha256)


def check(*, added: str = "", gone: str = "", **columns: str) -> Callable[[Check], Check]:
    """Registers a check that gives a line for everything that is not as the trail tells. ``columns``: what it
    compares of which table. ``added``, ``gone``: the tables of which it names such rows."""

    def register(function: Check) -> Check:
        _checks.append(function)
        noticed["INSERT"].update(added.split())
        noticed["DELETE"].update(gone.split())
        for table, names in columns.items():
            compared.setdefault(table, set()).update(names.split())
        return function

    return register


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read in it is the database as it was at one moment, while others go on writing. In a
    transaction that was begun before, it is what that transaction sees."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def problems(expected: Head | None = None) -> Iterator[str]:
    """Everything that is wrong, a line each; ``expected`` is a head that was written down before. All of it
    is read as of one moment. A change by others is in both the trail and the rows, or in neither."""
    with one_moment():
        for name in missing():
            yield f"trigger {name}: it is missing, changed or switched off"
        for name in strangers():
            yield f"trigger {name}: it is none of Kodeks's own"
        yield from _chain_problems(expected)
        for function in _checks:
            yield from _run(function)


def _chain_problems(expected: Head | None) -> Iterator[str]:
    before, expected_found = FIRST, expected is None or expected.entries == 0
    for number, entry in enumerate(Entry.objects.order_by("id").iterator(), 1):
        if entry.previous != before:
            yield f"entry {entry.pk}: an entry before it was removed, added or changed"
        if entry.sha256 != digest(entry):
            yield f"entry {entry.pk}: it was changed"
        if expected is not None and number == expected.entries:
            expected_found = entry.sha256 == expected.sha256
        before = entry.sha256
    if not expected_found:
        yield "the entries are not those of which the head was kept: some were removed or written anew"


def _run(function: Check) -> list[str]:
    """Runs one check. A value of a wrong type must not stop the other checks."""
    found: list[str] = []
    try:
        for line in function():
            found.append(line)  # one by one: what was found before something went wrong counts
    except DatabaseError:
        raise
    except Exception as problem:
        name = f"{function.__module__}.{function.__name__}"
        found.append(f"{name}: it could not be finished, something is not of its kind ({problem!r})")
    return found


def entries(*verbs: str) -> list[Entry]:
    """The entries of these verbs in order, without refusals. A detail that is no object is empty."""
    found = list(Entry.objects.filter(verb__in=verbs, refused=False).order_by("id"))
    for entry in found:
        if not isinstance(entry.detail, dict):
            entry.detail = {}
    return found


def last_entries(*verbs: str) -> dict[str, Entry]:
    """The last entry of these verbs for each object."""
    return {entry.thing: entry for entry in entries(*verbs)}


def head() -> Head:
    """The head of the trail as it is now."""
    last = Entry.objects.order_by("-id").values_list("sha256", flat=True).first()
    return Head(Entry.objects.count(), last or FIRST)
