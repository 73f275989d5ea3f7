"""Which text of its original a translation counts as made from when it is saved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from documents.editions.text_history import text_by_hash
from documents.models import Edition
from documents.text import text_hash
from documents.text.types import Body

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of a translation somebody compared with its original, and with which text of it."""

    what: Literal["whole", "part", "unread", "nothing"]
    original: str = ""
    """Of a full translation: the hash of the original that it was compared with."""


PART = Seen("part")
"""Only a part was changed, by a suggestion or a picture: what is older stays older."""
NOTHING = Seen("nothing")
"""Nobody compared it with its original (a former text was put back): it counts as older."""
UNREAD = Seen("unread")
"""A file brought it, and a person has to read it (:mod:`documents.actions.find_doubts`): until then it counts
as older."""


def whole(original: str) -> Seen:
    """A person had the full text next to the original with this hash. So it is made from that one, whatever
    the original is by now. A hash that no text of the original ever had says nothing."""
    return Seen("whole", original)


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
    return "" if before == now else before


def _known(edition: Edition, uid: str, sha256: str) -> str:
    """The hash, if the original ever was that text; else nothing."""
    if not _HASH.fullmatch(sha256):
        return ""
    source = edition.instrument.source_language
    return sha256 if text_by_hash(edition, uid, source, sha256) is not None else ""
