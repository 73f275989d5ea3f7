"""A second language next to the first: the same outline, or the first difference.

Two language versions of one edition have the same sections in the same order. They are compared by level,
kind and the numbers in their labels. "Neni 5" and "Члан 5" agree, "Neni 6" doesn't. Where the outlines are
equal, the blocks of each section are compared too. A difference there is reported, but does not prevent the
import.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from documents.text import Section, SectionTree
from documents.word.file.refusal import gettext_noop

NUMBERS = re.compile(r"\d+")
SPECIAL = frozenset({"article", "annex"})


class Reason(StrEnum):
    LEVEL = "level"
    KIND = "kind"
    LABEL = "label"
    MISSING = "missing"
    EXTRA = "extra"


REASONS: dict[Reason, str] = {
    Reason.LEVEL: gettext_noop("The section is at another level."),
    Reason.KIND: gettext_noop("Only one of them is an article or annex."),
    Reason.LABEL: gettext_noop("The sections have different numbers."),
    Reason.MISSING: gettext_noop("The file ends before this section."),
    Reason.EXTRA: gettext_noop("The section is in the file but not in the document."),
}
"""English texts for each reason, which are the message ids."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section as an outline shows it."""

    level: int
    label: str
    heading: str
    kind: str

    @classmethod
    def of(cls, section: Section) -> Place:
        return cls(section.level, section.text.label, section.text.heading, section.kind)


@dataclass(frozen=True, slots=True)
class OutlineDiffers:
    """The first place at which two outlines part. ``position`` counts from 0. ``path`` is the place's
    ancestors in the first language, outermost first. ``expected`` is None where the second has more,
    ``found`` where it has less."""

    position: int
    path: tuple[Place, ...]
    expected: Place | None
    found: Place | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class BlocksDiffer:
    """A section whose blocks are not of the same kinds in both languages."""

    uid: str
    place: Place
    expected: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The second language's tree with the first's uids, levels and kinds, and the sections whose blocks
    differ."""

    tree: SectionTree
    differences: tuple[BlocksDiffer, ...] = ()


def align(first: SectionTree, second: SectionTree) -> Aligned | OutlineDiffers:
    """Pairs the second language's sections with the first's, one to one, or gives where that fails."""
    for position, (one, other) in enumerate(zip(first, second, strict=False)):
        reason = _difference(one, other)
        if reason is not None:
            return _differs(first, second, position, reason)
    if len(first) != len(second):
        position = min(len(first), len(second))
        return _differs(first, second, position, Reason.MISSING if len(second) < len(first) else Reason.EXTRA)
    old_uids = {other.uid: one.uid for one, other in zip(first, second, strict=True)}
    sections = tuple(
        replace(one, text=replace(other.text, body=with_uids(other.text.body, old_uids)))
        for one, other in zip(first, second, strict=True)
    )
    differences = tuple(
        BlocksDiffer(one.uid, Place.of(one), _kinds(one), _kinds(other))
        for one, other in zip(first, second, strict=True)
        if _kinds(one) != _kinds(other)
    )
    return Aligned(SectionTree(second.language, second.title, sections), differences)


def _difference(one: Section, other: Section) -> Reason | None:
    if one.level != other.level:
        return Reason.LEVEL
    if one.kind != other.kind and {one.kind, other.kind} & SPECIAL:
        return Reason.KIND
    numbers, found = NUMBERS.findall(one.text.label), NUMBERS.findall(other.text.label)
    if numbers and found and numbers != found:
        return Reason.LABEL
    return None


def _differs(first: SectionTree, second: SectionTree, position: int, reason: Reason) -> OutlineDiffers:
    expected = first.sections[position] if position < len(first) else None
    found = second.sections[position] if position < len(second) else None
    near = expected or (first.sections[-1] if first.sections else None)
    path: Sequence[Section] = first.path(near.uid) if near is not None else ()
    if expected is not None:
        path = path[:-1]
    return OutlineDiffers(
        position,
        tuple(Place.of(section) for section in path),
        None if expected is None else Place.of(expected),
        None if found is None else Place.of(found),
        reason,
    )


def _kinds(section: Section) -> tuple[str, ...]:
    return tuple(block["type"] for block in section.text.body.get("blocks") or [])


def with_uids(value: Any, uids: dict[str, str]) -> Any:
    """The same body, with references to the file's own sections made references to the document's."""
    if isinstance(value, dict):
        if value.get("type") == "xref":
            uid = value["attrs"]["uid"]
            return {"type": "xref", "attrs": {"uid": uids.get(uid, uid)}}
        return {key: with_uids(inner, uids) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_uids(inner, uids) for inner in value]
    return value
