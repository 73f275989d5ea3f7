"""Whether the trail holds, and whether what it tells of is still as it tells.

Rooms register checks of their own: the trail knows the hash that was signed, the room knows the row that should have it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from audit.models import Entry
from audit.trail import FIRST, digest

Check = Callable[[], Iterable[str]]
_checks: list[Check] = []


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


def problems(kept: Head | None = None) -> Iterator[str]:
    """Everything that is wrong, a line each; ``kept`` is a head that was written down before."""
    before, kept_found = FIRST, kept is None or kept.entries == 0
    for number, entry in enumerate(Entry.objects.order_by("id").iterator(), 1):
        if entry.previous != before:
            yield f"entry {entry.pk}: an entry before it was removed, added or changed"
        if entry.sha256 != digest(entry):
            yield f"entry {entry.pk}: it was changed"
        if kept is not None and number == kept.entries:
            kept_found = entry.sha256 == kept.sha256
        before = entry.sha256
    if not kept_found:
        yield "the entries are not those of which the head was kept: some were removed or written anew"
    for function in _checks:
        yield from function()


def head() -> Head:
    """The head of the trail as it is now."""
    last = Entry.objects.order_by("-id").values_list("sha256", flat=True).first()
    return Head(Entry.objects.count(), last or FIRST)
