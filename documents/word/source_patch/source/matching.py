"""Which block of the draft is which block of the source."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from documents.text import SectionTree
from documents.text.extraction import block_text
from documents.word.file.ns import Element
from documents.word.source_patch.source.lines import block_key
from documents.word.source_patch.source.sections import SourceSection

Json = Mapping[str, Any]


@dataclass(eq=False)
class SourceBlock:
    """A block of the source, and the elements that show it."""

    block: Json
    key: bytes
    elements: list[Element]
    section: SourceSection


@dataclass(frozen=True, eq=False)
class Match:
    """A block of the draft: unedited (``same``), edited, or new where there is no ``source``."""

    block: Json
    source: SourceBlock | None = None
    same: bool = False
    moved: bool = False


@dataclass(eq=False)
class _Gap:
    """Blocks between two that stay where they are. Those of the draft (their places in a section) and those
    of the source."""

    uid: str
    new: list[int]
    old: list[SourceBlock]


def match_blocks(
    sources: Mapping[str, SourceSection], tree: SectionTree, movable: Collection[Element]
) -> tuple[dict[str, list[Match]], list[SourceBlock]]:
    """For each section of the draft its blocks, and the blocks of the source that are in none.

    Equal blocks of a section are matched in their order, then equal ones anywhere. Then those between two
    equal ones are matched by type. ``movable``: the elements that may be in another place.
    """
    left = {uid: _blocks_of(source) for uid, source in sources.items()}
    keys = {section.uid: _keys_of(section.text.body) for section in tree}
    found: dict[str, list[Match]] = {}
    gaps: list[_Gap] = []
    for section in tree:
        matches = [Match(block) for block in section.text.body.get("blocks") or []]
        found[section.uid] = matches
        gaps += _match_same(section.uid, matches, left.pop(section.uid, []), keys[section.uid])
    gaps += [_Gap("", [], old) for old in left.values()]
    _match_moved(found, gaps, keys, movable)
    for gap in gaps:
        _match_edited(found.get(gap.uid, []), gap)
    return found, [one for gap in gaps for one in gap.old]


def _match_same(
    uid: str, matches: list[Match], old: Sequence[SourceBlock], keys: Sequence[bytes]
) -> Iterator[_Gap]:
    """Matches the equal blocks of a section in their order; gives what is between them."""
    matcher = SequenceMatcher(None, [one.key for one in old], keys, autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op != "equal":
            yield _Gap(uid, list(range(c, d)), list(old[a:b]))
            continue
        for i, j in zip(range(a, b), range(c, d), strict=True):
            matches[j] = Match(matches[j].block, old[i], same=True)


def _match_edited(matches: list[Match], gap: _Gap) -> None:
    """Matches what is left of a gap by type and words."""
    new = [matches[at].block for at in gap.new]
    known = [one.block for one in gap.old]
    fewer = len(new) <= len(known)
    pairs = _in_order(new, known) if fewer else [(i, j) for j, i in _in_order(known, new)]
    for i, one in [(i, gap.old[j]) for i, j in pairs]:
        matches[gap.new[i]] = Match(new[i], one)
        gap.old.remove(one)


def _blocks_of(source: SourceSection) -> list[SourceBlock]:
    body = source.section.text.body
    rows = zip(body["blocks"], _keys_of(body), source.blocks, strict=True)
    return [SourceBlock(block, key, elements, source) for block, key, elements in rows]


def _keys_of(body: Json) -> list[bytes]:
    return [block_key(block, body.get("notes") or {}) for block in body.get("blocks") or []]


def _match_moved(
    found: Mapping[str, list[Match]],
    gaps: Sequence[_Gap],
    keys: Mapping[str, list[bytes]],
    movable: Collection[Element],
) -> None:
    """Equal blocks in different places. The gaps keep what is left."""
    elsewhere: dict[bytes, list[tuple[SourceBlock, _Gap]]] = {}
    for gap in gaps:
        for one in gap.old:
            if one.elements and all(element in movable for element in one.elements):
                elsewhere.setdefault(one.key, []).append((one, gap))
    for gap in gaps if elsewhere else ():
        for at in list(gap.new):
            if elsewhere.get(keys[gap.uid][at]):
                source, origin = elsewhere[keys[gap.uid][at]].pop(0)
                found[gap.uid][at] = Match(found[gap.uid][at].block, source, same=True, moved=True)
                gap.new.remove(at)
                origin.old.remove(source)


def _in_order(few: Sequence[Json], many: Sequence[Json]) -> list[tuple[int, int]]:
    """Pairs of one type, of those with the most text in common; no pair crosses another."""
    found: list[tuple[int, int]] = []
    texts = [set(block_text(block).split()) for block in many]
    start = 0
    for i, block in enumerate(few):
        words = set(block_text(block).split())
        room = range(start, len(many) - (len(few) - i) + 1)
        choice = [j for j in room if many[j]["type"] == block["type"]]
        if choice:
            j = max(choice, key=lambda j: len(words & texts[j]))
            found.append((i, j))
            start = j + 1
    return found
