"""Whether the trail holds, and whether what it tells of is still as it tells.

Rooms register checks of their own: the trail knows the hash that was signed, the room knows the row that should have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, transaction

from audit.guards import strangers
from audit.models import Entry
from audit.trail import FIRST, digest

Check = Callable[[], Iterable[str]]
_checks: list[Check] = []

HELD = 50_000
"""Of a trail of so many entries all are held in memory while it is checked; of a longer one each check reads its own."""

ByVerb = dict[str, list[Entry]]
_held: ContextVar[ByVerb | None] = ContextVar("held", default=None)


@dataclass(frozen=True)
class Head:
    """How many entries there are, and the hash of the last: kept somewhere else, it shows later whether one of them went."""

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


def check(function: Check) -> Check:
    """Registers a check that gives a line for everything that is not as the trail tells."""
    _checks.append(function)
    return function


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read in it is the database as it was at one moment, while others go on writing. In a transaction that was begun
    before, it is what that transaction sees."""
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "sqlite":
        # Kodeks begins a transaction with the lock for writing (config.settings.sqlite), and who only reads must not keep it.
        # How one begins is known once the connection is open.
        connection.ensure_connection()
        usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def problems(kept: Head | None = None) -> Iterator[str]:
    """Everything that is wrong, a line each; ``kept`` is a head that was written down before. All of it is read as of one
    moment: what others do meanwhile is in the trail and in the rows, or in neither."""
    with one_moment():
        for name in strangers():
            yield f"trigger {name}: it is none of Kodeks's own, and changes what it likes after the guards have looked"
        entries: ByVerb = {}
        yield from _broken(kept, entries)
        for function in _checks:
            yield from _all_of(function, entries or None)


def _broken(kept: Head | None, entries: ByVerb) -> Iterator[str]:
    """What is wrong with the chain itself. Into ``entries`` go those of what was done, by their verb, unless they are too many."""
    before, kept_found = FIRST, kept is None or kept.entries == 0
    for number, entry in enumerate(Entry.objects.order_by("id").iterator(), 1):
        if entry.previous != before:
            yield f"entry {entry.pk}: an entry before it was removed, added or changed"
        if entry.sha256 != digest(entry):
            yield f"entry {entry.pk}: it was changed"
        if kept is not None and number == kept.entries:
            kept_found = entry.sha256 == kept.sha256
        before = entry.sha256
        if number <= HELD and not entry.refused:
            entries.setdefault(entry.verb, []).append(entry)
        elif number > HELD:
            entries.clear()
    if not kept_found:
        yield "the entries are not those of which the head was kept: some were removed or written anew"


def _all_of(function: Check, entries: ByVerb | None) -> list[str]:
    """What a check finds. Whatever stands in a database that was altered, it must not keep the other checks from their work."""
    found: list[str] = []
    token = _held.set(entries)
    try:
        for line in function():
            found.append(line)  # one by one: what was found before something went wrong counts
    except DatabaseError:
        raise
    except Exception as problem:
        what = f"{function.__module__}.{function.__name__}"
        found.append(f"{what}: not everything could be compared, something is not of its kind ({problem!r})")
    finally:
        _held.reset(token)
    return found


def told(*verbs: str) -> list[Entry]:
    """What the trail tells with these verbs, in its order, without what was refused. A detail that is no object is taken for
    an empty one."""
    held = _held.get()
    if held is None:
        entries = list(Entry.objects.filter(verb__in=verbs, refused=False).order_by("id"))
    else:
        entries = sorted((one for verb in set(verbs) for one in held.get(verb, ())), key=lambda one: one.pk)
    for entry in entries:
        if not isinstance(entry.detail, dict):
            entry.detail = {}
    return entries


def last_told(*verbs: str) -> dict[str, Entry]:
    """The last entry of these verbs for each thing."""
    return {entry.thing: entry for entry in told(*verbs)}


def lacking(wanted: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """A line for every entry that does not say what an entry of its verb says: ``wanted`` has the details by the verb."""
    for entry in told(*wanted):
        left = [key for key in wanted[entry.verb] if key not in entry.detail]
        if left:
            yield f"entry {entry.pk}: it does not say what it should ({', '.join(left)})"


def other_moment(entry: Entry, at: datetime | None) -> bool:
    """Whether a row has another moment than its entry tells; an entry of an older Kodeks tells none."""
    if "moment" not in entry.detail:
        return False
    return at is None or entry.detail["moment"] is None or moment_of(entry.detail["moment"]) != at


def moment_of(text: Any) -> datetime | None:
    """A moment as the trail has it; None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def head() -> Head:
    """The head of the trail as it is now."""
    last = Entry.objects.order_by("-id").values_list("sha256", flat=True).first()
    return Head(Entry.objects.count(), last or FIRST)
