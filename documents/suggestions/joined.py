"""Sections whose heading a file no longer has while their text stays, behind that of the section before. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from documents.suggestions.blocks import keyed_blocks, with_notes
from documents.suggestions.notes import noted
from documents.suggestions.suggest import paired
from documents.text import Section, SectionTree, block_text

Json = dict[str, Any]
LEAST = 0.5
"""So many of a section's words must stand in the one before for it to be joined to that, and not taken out."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A section that was joined to ``into``, the one before it. ``as_text``: its heading stands there as a paragraph.
    ``tracked``: Word recorded it."""

    uid: str
    into: str
    as_text: bool
    tracked: bool = False


def put_back(old: SectionTree, new: SectionTree, uids: Collection[str]) -> tuple[SectionTree, list[Joined]]:
    """The new text with those of the sections ``uids`` put back, each with its heading of ``old`` and its text as it is now,
    that were joined to the one before them, or to a new one behind that; and which they are. So the words of both are compared each with their own."""
    sections = list(new.sections)
    found: list[Joined] = []
    before: Section | None = None
    for section in old:
        if section.uid in new.by_uid:
            before = section
        elif section.uid in uids and before is not None:
            at = next(place for place, one in enumerate(sections) if one.uid == before.uid)
            behind = takewhile(lambda one: one.uid not in old.by_uid, sections[at + 1 :])
            for place in range(at + len(list(behind)), at - 1, -1):
                parted = _part(before, section, sections[place])
                if parted is not None:
                    head, tail, as_text = parted
                    sections[place : place + 1] = [head, tail]
                    found.append(Joined(section.uid, head.uid, as_text))
                    before = section
                    break
    return replace(new, sections=tuple(sections)), found


def joined_body(into: Json, gone: Json, *, heading: bool) -> Json:
    """The text of a section with that of another one behind it; with ``heading`` that one's heading too, as a paragraph."""
    notes = dict(into.get("notes") or {})
    blocks = list(gone["blocks"])
    if heading and gone["heading"]:
        blocks.insert(0, {"type": "paragraph", "content": gone["heading"]})
    behind = [with_notes(block, gone, notes) for block in blocks]
    return {"heading": into["heading"], "blocks": [*into["blocks"], *behind], "notes": notes}


def _part(before: Section, gone: Section, now: Section) -> tuple[Section, Section, bool] | None:
    """What is ``now`` parted into the section that it was and the one that was joined to it."""
    body, count = now.text.body, len(before.text.body["blocks"])
    blocks = body["blocks"]
    left = keyed_blocks(before.text.body) + keyed_blocks(gone.text.body)
    pairs = {j: i for i, j in paired(left, keyed_blocks(body)) if j is not None and i is not None}
    theirs = [j for j, i in pairs.items() if i >= count]
    last = max((j for j, i in pairs.items() if i < count), default=-1)
    words = [len(block_text(block).split()) + 1 for _, block in left]
    kept = sum(min(words[pairs[j]], len(block_text(blocks[j]).split()) + 1) for j in theirs)
    if (theirs and min(theirs) <= last) or kept < LEAST * sum(words[count:]):
        return None
    cut = min(theirs, default=len(blocks))
    heading = _bare(f"{gone.text.label} {gone.text.heading}"), _bare(gone.text.heading)
    said = next((j for j in range(last + 1, cut) if _bare(block_text(blocks[j])) in heading), None)
    if (said is None and not theirs) or not heading[1]:
        return None
    head = blocks[: cut if said is None else said]
    tail = blocks[cut if said is None else said + 1 :]
    return (
        _with(now, body["heading"], head, body),
        _with(gone, gone.text.body["heading"], tail, body, gone.text.body),
        said is not None,
    )


def _with(section: Section, heading: list[Json], blocks: list[Json], *bodies: Json) -> Section:
    """The section with these words, and the notes that they name; those of the first body go before."""
    named = set(noted({"heading": heading, "blocks": blocks}))
    notes: Json = {}
    for body in reversed(bodies):
        notes |= {key: value for key, value in (body.get("notes") or {}).items() if key in named}
    body = {"heading": heading, "blocks": blocks, "notes": notes}
    return replace(section, text=replace(section.text, body=body))


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
