"""Which block of the draft is which block of the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from documents.text import SectionTree
from documents.text.extraction import block_text
from documents.word.ns import Element
from documents.word.source_patch.lines import block_key
from documents.word.source_patch.sections import SourceSection

Json = Mapping[str, Any]


@dataclass(eq=False)
class SourceBlock:
    """A block of the source, and the elements that show it."""

    block: Json
    elements: list[Element]
    section: SourceSection
    movable: bool


@dataclass(frozen=True, eq=False)
class Match:
    """A block of the draft: unedited (``same``), edited, or new where there is no ``source``."""

    block: Json
    source: SourceBlock | None = None
    same: bool = False
    moved: bool = False


def match_blocks(
    sources: Mapping[str, SourceSection], tree: SectionTree, movable: Iterable[Element]
) -> tuple[dict[str, list[Match]], list[SourceBlock]]:
    """For each section of the draft its blocks, and the blocks of the source that are in none.

    Equal blocks of a section are matched in their order, then equal ones anywhere, then those of a section by
    type. ``movable``: the elements that may stand in another place.
    """
    free = set(movable)
    found: dict[str, list[Match]] = {}
    blocks: dict[str, list[SourceBlock]] = {}
    for uid, source in sources.items():
        blocks[uid] = [
            SourceBlock(block, elements, source, bool(elements) and free.issuperset(elements))
            for block, elements in zip(source.section.text.body["blocks"], source.blocks, strict=True)
        ]
    left = dict(blocks)
    for section in tree:
        old, body = left.get(section.uid, []), section.text.body
        new = list(body.get("blocks") or [])
        matches: list[Match] = [Match(block) for block in new]
        matcher = SequenceMatcher(
            None, [block_key(one.block) for one in old], list(map(block_key, new)), autojunk=False
        )
        for a, b, size in matcher.get_matching_blocks():
            for offset in range(size):
                matches[b + offset] = Match(new[b + offset], old[a + offset], same=True)
        found[section.uid] = matches
        if old:
            taken = {match.source for match in matches}
            left[section.uid] = [one for one in old if one not in taken]
    _match_moved(found, left)
    for uid, matches in found.items():
        _match_edited(matches, blocks.get(uid, []), left.get(uid, []))
    return found, [one for rest in left.values() for one in rest]


def _match_moved(found: Mapping[str, list[Match]], left: Mapping[str, list[SourceBlock]]) -> None:
    elsewhere: dict[bytes, list[SourceBlock]] = {}
    for rest in left.values():
        for one in rest:
            if one.movable:
                elsewhere.setdefault(block_key(one.block), []).append(one)
    for matches in found.values():
        for at, match in enumerate(matches):
            same = elsewhere.get(block_key(match.block)) if match.source is None else None
            if same:
                source = same.pop(0)
                matches[at] = Match(match.block, source, same=True, moved=True)
                next(rest for rest in left.values() if source in rest).remove(source)


def _match_edited(matches: list[Match], old: Sequence[SourceBlock], left: list[SourceBlock]) -> None:
    """Between two blocks that stay where they are, the others one after the other, where they are of one
    type."""
    waiting = set(left)
    gap: list[int] = []
    start = 0
    for at, match in enumerate([*matches, None]):
        if match is None or (match.same and not match.moved):
            end = old.index(match.source) if match is not None and match.source is not None else len(old)
            between = [one for one in old[start:end] if one in waiting]
            for new, source in _in_order(matches, gap, between):
                matches[new] = Match(matches[new].block, source)
                left.remove(source)
            gap, start = [], end + 1
        elif match.source is None:
            gap.append(at)


def _in_order(
    matches: Sequence[Match], gap: Sequence[int], old: Sequence[SourceBlock]
) -> Iterator[tuple[int, SourceBlock]]:
    """Pairs of one type, those with the most words in common first; no pair crosses another."""
    words = [Counter(block_text(one.block).split()) for one in old]
    words_new = [Counter(block_text(matches[new].block).split()) for new in gap]
    pairs = [
        (
            (words[i] & words_new[j]).total() / max(1, words[i].total(), words_new[j].total()),
            -abs(i - j),
            i,
            j,
        )
        for i in range(len(old))
        for j in range(len(gap))
        if old[i].block["type"] == matches[gap[j]].block["type"]
    ]
    taken: list[tuple[int, int]] = []
    for _, _, i, j in sorted(pairs, reverse=True):
        if all((i - a) * (j - b) > 0 for a, b in taken):
            taken.append((i, j))
            yield gap[j], old[i]
