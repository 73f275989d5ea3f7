"""One section through all the editions that a reader sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from documents.display import links
from documents.editions.language_versions import hashes_read
from documents.models import Corrigendum, Edition


class Happened(StrEnum):
    """What an edition did to a section."""

    FIRST = "first"
    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Moment:
    """A section in one edition."""

    edition: Edition
    happened: Happened
    url: str
    compare: str
    current: bool


def history(
    editions: Sequence[Edition],
    uid: UUID | str,
    language: str,
    current: Edition,
    corrigenda: Sequence[Corrigendum] = (),
) -> list[Moment]:
    """The changes of a section in each edition from its first, newest first. ``corrigenda`` are those of all
    editions, in order. A text is the same when its hash is: its number does not count."""
    hashes = hashes_read(editions, uid, language)
    # Each as its last corrigendum leaves it: the next edition began from the corrected words.
    for one in corrigenda:
        if str(one.uid) == str(uid) and one.language == language:
            hashes[one.edition_id] = one.after_sha256
    moments: list[Moment] = []
    before: Edition | None = None
    for edition in sorted(editions, key=lambda one: one.number):
        if edition.pk not in hashes:
            if before is not None and before.pk in hashes:
                moments.append(_moment(edition, Happened.GONE, uid, before, current))
                before = edition
            continue
        if before is None or before.pk not in hashes:
            happened = Happened.FIRST
        else:
            happened = Happened.SAME if hashes[before.pk] == hashes[edition.pk] else Happened.CHANGED
        moments.append(_moment(edition, happened, uid, before, current))
        before = edition
    return moments[::-1]


def _moment(
    edition: Edition, happened: Happened, uid: UUID | str, before: Edition | None, current: Edition
) -> Moment:
    there = happened != Happened.GONE
    compare = ""
    if before is not None and happened in (Happened.CHANGED, Happened.GONE):
        compare = links.compare_url(edition, before.number, uid)
    return Moment(
        edition=edition,
        happened=happened,
        url=links.section_url(edition, uid) if there else links.edition_url(edition),
        compare=compare,
        current=edition.pk == current.pk,
    )
