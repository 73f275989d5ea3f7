"""Whole sections of a file that came back: those that are new in it, that were taken out, joined or moved."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from rapidfuzz import fuzz

from documents.actions.coming_back.from_word import who
from documents.actions.coming_back.taken_out import taken_out
from documents.actions.coming_back.went_out import standing
from documents.models import Edition, ReturnedFile, Suggestion
from documents.suggestions.joined import LEAST, Joined, put_back
from documents.suggestions.moved import moved_sections
from documents.suggestions.new_section import NewSection
from documents.suggestions.suggestion import LIKE, Suggested
from documents.text import Section, SectionTree, block_text
from documents.text_storage import EMPTY
from documents.word.review import Returned
from documents.word.review.tracked import TrackedChange

Kind = Suggestion.Kind


@dataclass(frozen=True)
class Level:
    """A section whose heading was set to another level."""

    uid: str
    level: int
    tracked: bool


@dataclass(frozen=True)
class Whole:
    """What became of whole sections: those that were taken out without tracking, those whose words the file has in no section,
    those that were joined to the one before, with tracking or without, those that were set deeper or higher, and those whose
    heading may have another look without anybody's wish."""

    gone: tuple[Section, ...]
    elsewhere: frozenset[str]
    joined: tuple[Joined, ...]
    levels: tuple[Level, ...]
    unsure: frozenset[str]


def looked_at_whole(
    edition: Edition,
    language: str,
    draft: SectionTree,
    sent: SectionTree,
    texts: tuple[SectionTree, SectionTree],
    read: Returned,
    states: Mapping[str, str],
) -> tuple[SectionTree, SectionTree, Whole]:
    """The file's text before and after its tracked changes (``texts``), with the joined sections in their places; and what
    became of whole sections. ``sent``: the draft as it was sent out. ``states`` as for :func:`taken_out`."""
    refused, accepted = texts
    missing = tuple(taken_out(edition, language, sent, {*refused.by_uid, *accepted.by_uid}, states))
    refused, joined = put_back(sent, refused, {section.uid for section in missing})
    uids = {one.uid for one in joined}
    accepted, again = put_back(sent, accepted, uids)
    # A new section, which tracking recorded, may stand between.
    into = {one.uid: one.into for one in again}
    joined = [replace(one, into=into.get(one.uid, one.into)) for one in joined]
    lost = {uid for uid in refused.by_uid if uid in draft.by_uid and uid not in accepted.by_uid}
    accepted, recorded = put_back(refused, accepted, lost)
    joined += [replace(one, tracked=True) for one in recorded]
    made_text, levels, unsure = _looks(draft, accepted, read)
    levels += _typed_anew(draft, refused, accepted, read)
    joined += [one for one in made_text if one.into]
    left = [section for section in missing if section.uid not in uids]
    elsewhere = frozenset(
        section.uid for section in left if standing(section.text.body, read.lines.everywhere)[0] >= LEAST
    )
    gone = tuple(section for section in left if section.uid not in elsewhere)
    elsewhere |= {one.uid for one in made_text if not one.into}
    return refused, accepted, Whole(gone, elsewhere, tuple(joined), tuple(levels), unsure)


def _looks(
    draft: SectionTree, accepted: SectionTree, read: Returned
) -> tuple[list[Joined], list[Level], frozenset[str]]:
    """The sections whose heading was made text by its look alone, each with the one before it (none: empty), those whose
    heading was given the look of another level, and those where it is not sure that somebody did."""
    made_text: list[Joined] = []
    levels: list[Level] = []
    unsure: set[str] = set()
    before = ""
    for section in accepted:
        sent, refused, now = read.looks.get(section.uid, (0, 0, 0))
        if section.uid not in draft.by_uid:
            before = section.uid
            continue
        # A heading that never looked like one (0) has been told by its bookmark alone from the beginning.
        if sent and sent != now and section.text.heading.strip():
            tracked = refused == sent
            if not tracked and _end_is_gone(section.uid, draft, accepted):
                unsure.add(section.uid)
            elif now:
                levels.append(Level(section.uid, max(1, section.level + now - sent), tracked))
            else:
                made_text.append(Joined(section.uid, before, True, tracked))
        before = section.uid
    return made_text, levels, frozenset(unsure)


def _typed_anew(
    draft: SectionTree, refused: SectionTree, accepted: SectionTree, read: Returned
) -> Iterator[Level]:
    """The sections whose heading has no bookmark any more and stands at another level, where looks tell levels in this file."""
    sent = {uid: looks[0] for uid, looks in read.looks.items() if looks[0]}
    if any(draft.by_uid[uid].level != look for uid, look in sent.items() if uid in draft.by_uid):
        return
    for section in accepted:
        now = draft.by_uid.get(section.uid)
        marked = section.uid in read.accepted.tree.by_uid
        if now is None or marked or not sent or now.level == section.level:
            continue
        before = refused.by_uid.get(section.uid)
        yield Level(section.uid, section.level, before is not None and before.level != section.level)


def _end_is_gone(uid: str, draft: SectionTree, accepted: SectionTree) -> bool:
    """Whether what stood right before a section is no longer in the file. LibreOffice gives a heading the look of a paragraph
    that is deleted before it."""
    place = draft.sections.index(draft.by_uid[uid])
    if not place:
        return False
    was = draft.sections[place - 1]
    blocks = was.text.body["blocks"]
    now = accepted.by_uid.get(was.uid)
    if now is None or not blocks:
        return now is None
    words = block_text(blocks[-1])
    # It may stand in a new section by now, behind a heading that was put in.
    behind = accepted.sections[accepted.sections.index(now) + 1 :]
    parts = [now, *takewhile(lambda one: one.uid not in draft.by_uid, behind)]
    return all(
        fuzz.ratio(words, block_text(block)) < LIKE for one in parts for block in one.text.body["blocks"]
    )


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
    sent: SectionTree,
    refused: SectionTree,
    accepted: SectionTree,
    changes: dict[str, list[TrackedChange]],
    whole: Whole,
) -> Iterator[Suggestion]:
    """Sections that the file has and the draft has not; those that were taken out in it, the last first, so that what stands
    in one goes before it; those that were set deeper or higher; and those that were joined to the one before, the last first."""
    names = {section.uid: str(uuid.uuid4()) for section in accepted if section.uid not in draft.by_uid}
    untracked = {section.text.heading for section in refused if section.uid not in draft.by_uid}
    for section, anchor, place in _new(draft, accepted, names):
        tracked = section.text.heading not in untracked
        found = Suggested(Kind.NEW_SECTION, EMPTY, section.text.body, "", section.text.heading, place.said())
        yield row_of(returned, anchor, found, changes.get(section.uid, []) if tracked else None)
    for section in reversed(draft.sections):
        before = refused.by_uid.get(section.uid)
        if before is not None and section.uid not in accepted.by_uid:
            yield row_of(returned, section.uid, _gone(before), changes.get(section.uid, []))
    for section in reversed(whole.gone):
        yield row_of(returned, section.uid, _gone(section), None)
    for level in whole.levels:
        now = draft.by_uid[level.uid]
        if now.level == level.level:
            continue
        found = Suggested(Kind.LEVEL, EMPTY, EMPTY, str(now.level), now.text.heading, str(level.level))
        yield row_of(returned, level.uid, found, changes.get(level.uid, []) if level.tracked else None)
    order = {section.uid: place for place, section in enumerate(draft)}
    for one in sorted(whole.joined, key=lambda one: order[one.uid], reverse=True):
        known = (tree.by_uid.get(one.into) for tree in (draft, accepted, refused))
        into = next(found for found in known if found is not None).text
        where = f"{into.label} {into.heading}".strip()
        uid = names.get(one.into, one.into)
        behind = f"{uid} text" if one.as_text else uid
        heading = draft.by_uid[one.uid].text.heading
        # With which heading it went out: one that was written here since doesn't go with it.
        went = EMPTY | {"heading": sent.by_uid[one.uid].text.body["heading"]}
        found = Suggested(Kind.JOINED, went, EMPTY, where, heading, behind)
        yield row_of(returned, one.uid, found, changes.get(one.uid, []) if one.tracked else None)


def _new(
    draft: SectionTree, accepted: SectionTree, names: Mapping[str, str]
) -> Iterator[tuple[Section, str, NewSection]]:
    """The sections that the file has and the draft has not, each with the draft's section that it follows and its place;
    ``names``: the uids that they are to have."""
    last, behind = "", list[str]()
    for at, section in enumerate(accepted.sections):
        if section.uid in draft.by_uid:
            last, behind = section.uid, []
            continue
        rest = accepted.sections[at + 1 :]
        run = list(takewhile(lambda one: one.uid in names, rest))
        follow = [*(names[one.uid] for one in run), *(one.uid for one in rest[len(run) :][:1])]
        uid = names[section.uid]
        place = NewSection(section.level, not last, uid, tuple(behind), tuple(follow))
        yield section, last or draft.sections[0].uid, place
        behind.insert(0, uid)


def headings_gone(
    whole: Whole, rows: Sequence[Suggestion], draft: SectionTree, accepted: SectionTree
) -> tuple[list[Suggestion], Whole]:
    """A heading of which nothing is left while its text stays joins its section to the one before, where there is one: the
    suggestions without these headings, and the sections with what was joined."""
    before: dict[str, str] = {}
    last = ""
    for section in accepted:
        if section.uid in draft.by_uid:
            before[section.uid] = "" if section.text.label else last
        last = section.uid
    known = {one.uid for one in whole.joined}
    kept: list[Suggestion] = []
    joined: list[Joined] = []
    for row in rows:
        uid = str(row.uid)
        if row.kind != Kind.HEADING or row.new.strip() or not before.get(uid):
            kept.append(row)
        elif uid not in known:
            known.add(uid)
            joined.append(Joined(uid, before[uid], False, row.tracked))
    return kept, replace(whole, joined=(*whole.joined, *joined))


def emptied_by_going(row: Suggestion, refused: SectionTree, accepted: SectionTree) -> bool:
    """Whether it is an empty table that is left of a section that was taken out: LibreOffice deletes the words of a table with
    tracking, and leaves its rows, which then stand in the section before."""
    if row.kind != Kind.ADDED or not row.tracked or row.new.strip():
        return False
    (block,) = row.after["blocks"]
    uids = [section.uid for section in refused]
    at = uids.index(str(row.uid)) + 1
    went = takewhile(lambda section: section.uid not in accepted.by_uid, refused.sections[at:])
    return block["type"] == "table" and any(
        other["type"] == "table" and len(other["content"]) == len(block["content"])
        for section in went
        for other in section.text.body["blocks"]
    )


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
