"""Whole sections of a file that came back: those that are new in it, that were taken out, joined or moved."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from documents.annotations.from_word import who
from documents.annotations.joined import Joined, put_back
from documents.annotations.moved import moved_sections
from documents.annotations.suggestion import BEFORE, Suggested
from documents.annotations.taken_out import taken_out
from documents.docx.returned import Returned, TrackedChange
from documents.models import Edition, ReturnedFile, Suggestion
from documents.texts import EMPTY
from documents.tree import Section, SectionTree, body_text

Kind = Suggestion.Kind


@dataclass(frozen=True)
class Whole:
    """What became of whole sections without tracking: those that were taken out, those whose words the file has in no section,
    and those that were joined to the one before."""

    gone: tuple[Section, ...]
    elsewhere: frozenset[str]
    joined: tuple[Joined, ...]


def looked_at_whole(
    edition: Edition,
    language: str,
    draft: SectionTree,
    texts: tuple[SectionTree, SectionTree],
    read: Returned,
    states: Mapping[str, str],
) -> tuple[SectionTree, SectionTree, Whole]:
    """The file's text before and after its tracked changes (``texts``), with the joined sections in their places; and what
    became of whole sections. ``states`` as for :func:`taken_out`."""
    refused, accepted = texts
    missing = tuple(taken_out(edition, language, draft, {*refused.by_uid, *accepted.by_uid}, states))
    refused, joined = put_back(draft, refused, {section.uid for section in missing})
    uids = {one.uid for one in joined}
    accepted, _again = put_back(draft, accepted, uids)
    left = [section for section in missing if section.uid not in uids]
    elsewhere = frozenset(section.uid for section in left if _stands(section, read.lines.everywhere))
    gone = tuple(section for section in left if section.uid not in elsewhere)
    return refused, accepted, Whole(gone, elsewhere, tuple(joined))


def _stands(section: Section, everywhere: Collection[str]) -> bool:
    """Whether the file still has most of a section's lines."""
    lines = [" ".join(line.split()) for line in body_text(section.text.body).splitlines()]
    lines = [line for line in lines if line]
    return bool(lines) and sum(line in everywhere for line in lines) * 2 >= len(lines)


def row_of(
    returned: ReturnedFile, uid: str, found: Suggested, changes: list[TrackedChange] | None
) -> Suggestion:
    """What was found in a section, as a row that is not kept yet; ``changes`` are its tracked ones, None where nothing was tracked."""
    author, written = who(found, changes) if changes is not None else ("", None)
    return Suggestion(
        edition=returned.edition,
        returned=returned,
        uid=uuid.UUID(uid),
        language=returned.language,
        kind=found.kind,
        tracked=changes is not None,
        author_name=author,
        written=written,
        before=found.before,
        after=found.after,
        old=found.old,
        new=found.new,
        place=found.place,
    )


def whole_sections(
    returned: ReturnedFile,
    draft: SectionTree,
    refused: SectionTree,
    accepted: SectionTree,
    changes: dict[str, list[TrackedChange]],
    whole: Whole,
) -> Iterator[Suggestion]:
    """Sections that the file has and the draft has not; those that were taken out in it, the last first, so that what stands
    in one goes before it; and those that were joined to the one before."""
    last = ""
    untracked = {section.text.heading for section in refused if section.uid not in draft.by_uid}
    for section in accepted:
        if section.uid in draft.by_uid:
            last = section.uid
            continue
        tracked = section.text.heading not in untracked
        body = section.text.body
        found = Suggested(Kind.NEW_SECTION, EMPTY, body, "", section.text.heading, str(section.level))
        if not last:
            found = replace(found, place=f"{found.place} {BEFORE}")
        after = last or draft.sections[0].uid
        yield row_of(returned, after, found, changes.get(section.uid, []) if tracked else None)
    for section in reversed(draft.sections):
        before = refused.by_uid.get(section.uid)
        if before is not None and section.uid not in accepted.by_uid:
            yield row_of(returned, section.uid, _gone(before), changes.get(section.uid, []))
    for section in reversed(whole.gone):
        yield row_of(returned, section.uid, _gone(section), None)
    for one in reversed(whole.joined):
        into = draft.by_uid[one.into].text
        where = f"{into.label} {into.heading}".strip()
        place = f"{one.into} text" if one.as_text else one.into
        heading = draft.by_uid[one.uid].text.heading
        yield row_of(returned, one.uid, Suggested(Kind.JOINED, EMPTY, EMPTY, where, heading, place), None)


def _gone(section: Section) -> Suggested:
    return Suggested(Kind.GONE, section.text.body, EMPTY, section.text.heading, "")


def as_sent(read: Returned, names: dict[str, str], refused: SectionTree) -> SectionTree:
    """The sections whose bookmarks say at which place they were sent out, in that order."""
    orders = {names.get(uid, uid): order for uid, order in read.orders.items()}
    known = [section for section in refused if section.uid in orders]
    return replace(refused, sections=tuple(sorted(known, key=lambda section: orders[section.uid])))


def moved(
    returned: ReturnedFile,
    draft: SectionTree,
    sent: SectionTree,
    refused: SectionTree,
    accepted: SectionTree,
    changes: dict[str, list[TrackedChange]],
) -> Iterator[Suggestion]:
    """Sections that stand elsewhere than in the file that was sent out: as Word recorded it, and without tracking."""
    tracked = {move.uid: move for move in moved_sections(refused, accepted, draft)}
    silent = {move.uid: move for move in moved_sections(sent, refused, draft)}
    for uid, move in (silent | tracked).items():
        level = max(1, draft.by_uid[uid].level + move.deeper)
        after = draft.by_uid[move.after].text if move.after else None
        heading = draft.by_uid[uid].text.heading
        where = f"{after.label} {after.heading}".strip() if after else ""
        found = Suggested(Kind.MOVED, EMPTY, EMPTY, where, heading, f"{level} {move.after}".strip())
        yield row_of(returned, uid, found, changes.get(uid, []) if uid in tracked else None)
