"""Which text of its original a translation that is saved counts as made from: what somebody held against it tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from documents.former import text_by_hash, translation_then
from documents.languages.behind import left_behind
from documents.models import Edition
from documents.models import Section as SectionRow
from documents.texts import EMPTY
from documents.tree import text_hash


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of a translation somebody held against its original as it is now."""

    what: Literal["whole", "part", "file", "nothing"]
    settled: Collection[str] = field(default=())
    """Of a file: the slots (:mod:`documents.languages.slots`) that it says are right as they are."""


WHOLE = Seen("whole")
"""A person had all of it before them: it is made from the original of this moment."""
PART = Seen("part")
"""Only a part was changed, by a suggestion or a picture: what is older stays so."""
NOTHING = Seen("nothing")
"""A former text is put back: it counts as older until somebody looks."""


def from_file(settled: Collection[str]) -> Seen:
    """A file brought it: it is up to date only if nothing of the original changed since whose translation did not
    (:func:`documents.languages.behind.left_behind`)."""
    return Seen("file", settled)


def source_of(
    edition: Edition,
    uid: str,
    language: str,
    seen: Seen,
    *,
    old: dict[str, Any] | None,
    new: dict[str, Any],
    before: str,
    now: str,
) -> str:
    """The hash of the original that ``new``, put in the place of ``old``, counts as made from; empty where that is not known.

    ``before`` is the hash that ``old`` counted as made from, ``now`` that of the original at this moment.
    """
    if seen.what == "nothing":
        return before if old and text_hash(new) == text_hash(old) else ""
    if seen.what == "whole" or not old or not now or before == now:
        return now
    return (
        before if seen.what == "part" or _is_behind(edition, uid, language, seen, old, new, before) else now
    )


def _is_behind(
    edition: Edition,
    uid: str,
    language: str,
    seen: Seen,
    old: Mapping[str, Any],
    new: dict[str, Any],
    before: str,
) -> bool:
    source = edition.instrument.source_language
    former = text_by_hash(edition, uid, source, before)
    then = (translation_then(edition, uid, language, before) if before else None) or old
    rows = SectionRow.objects.filter(edition=edition, uid=uid)
    original = rows.values_list(f"body_{source}", flat=True).get() or EMPTY
    return bool(left_behind(original, former, then, new, seen.settled))
