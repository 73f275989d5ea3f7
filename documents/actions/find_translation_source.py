"""Which text of its original a translation counts as made from when it is saved."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from documents.models import Edition
from documents.models import Section as SectionRow
from documents.text import text_hash
from documents.text.types import Body
from documents.text_history import text_by_hash, translation_then
from documents.text_storage import EMPTY
from documents.translation.outdated import left_behind

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of a translation somebody compared with its original, and with which text of it."""

    what: Literal["whole", "part", "file", "nothing"]
    original: str = ""
    """Of a full translation: the hash of the original that it was compared with."""
    settled: Collection[str] = field(default=())
    """Of a file: the slots (:mod:`documents.translation.slots`) that it says are right as they are."""


PART = Seen("part")
"""Only a part was changed, by a suggestion or a picture: what is older stays older."""
NOTHING = Seen("nothing")
"""Nobody compared it with its original (a former text was put back): it counts as older."""


def whole(original: str) -> Seen:
    """A person had the full text next to the original with this hash. So it is made from that one, whatever
    the original is by now. A hash that no text of the original ever had says nothing."""
    return Seen("whole", original)


def from_file(settled: Collection[str]) -> Seen:
    """A file supplied it. It is up to date only if nothing of the original changed whose translation did not
    (:func:`documents.translation.outdated.left_behind`)."""
    return Seen("file", settled=settled)


def source_of(
    edition: Edition,
    uid: str,
    language: str,
    seen: Seen,
    *,
    old: Body | None,
    new: Body,
    before: str,
    now: str,
) -> str:
    """The hash of the original that ``new``, in place of ``old``, counts as made from. Empty where it is not
    known. ``before`` is the hash for ``old``, ``now`` the original's."""
    was = text_hash(old)
    same = was != "" and text_hash(new) == was
    if seen.what == "nothing":
        return before if same else ""
    if seen.what == "whole":
        if seen.original == now:
            return now
        # Who changed nothing beside an older original takes nothing from what somebody else has looked at
        # since.
        return before if same else _known(edition, uid, seen.original)
    if seen.what == "part":
        return before if was else ""
    if not was or not now or before == now:
        return now
    return before if _is_behind(edition, uid, language, seen, old or EMPTY, new, before) else now


def _known(edition: Edition, uid: str, sha256: str) -> str:
    """The hash, if the original ever was that text; else nothing."""
    if not _HASH.fullmatch(sha256):
        return ""
    source = edition.instrument.source_language
    return sha256 if text_by_hash(edition, uid, source, sha256) is not None else ""


def _is_behind(
    edition: Edition,
    uid: str,
    language: str,
    seen: Seen,
    old: Mapping[str, Any],
    new: Body,
    before: str,
) -> bool:
    source = edition.instrument.source_language
    former = text_by_hash(edition, uid, source, before)
    then = (translation_then(edition, uid, language, before) if before else None) or old
    rows = SectionRow.objects.filter(edition=edition, uid=uid)
    original = rows.values_list(f"body_{source}", flat=True).get() or EMPTY
    return bool(left_behind(original, former, then, new, seen.settled))
