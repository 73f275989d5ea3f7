"""Split and joined sections: found by their text, and compared with the text that they come from.

A new section whose words were in an old one that continues was split from it. A removed one whose words are
now in another was joined into it. The exchanged text no longer counts as removed and added. It is compared
word by word, and a reader sees only what is really new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from documents.comparison.blocks.diff import diff_nodes
from documents.comparison.context import Context
from documents.comparison.inlines import NO_SIDE, Json, Side
from documents.comparison.model import NodeChange, Place, SectionChange
from documents.text import block_text
from documents.text.align import sharing_rare_words

LEAST_SHARE = 0.6
"""A section is a part of another one if that has this share of its words, in order."""
LEAST_WORDS = 8
"""A section of fewer words is never called a part of another."""
RARE, CANDIDATES = 40, 4
"""As in matching: words in more texts are ignored, and the share is measured for so many texts at most."""
LONG = 3000


def with_section_splits(
    changes: Sequence[SectionChange],
    removed: Mapping[int, SectionChange],
    uids: Mapping[str, str],
    context: Context,
) -> tuple[list[SectionChange], dict[int, SectionChange]]:
    """The same changes, with split and joined sections marked as such.

    ``changes`` are those of the new text in order, ``removed`` those of the old one by place. ``uids`` gives
    the uid in the new text of an old section that continues.
    """
    result, left = list(changes), dict(removed)
    side = Side({}, uids)
    apart = {j: c for j, c in enumerate(result) if c.old is None}
    givers = _with_blocks(result, "removed")
    if apart and givers:
        known = {c.old.uid: j for j, c in enumerate(result) if c.old is not None}
        for j, source in _sources(apart, givers, "added", "removed", known, context).items():
            result[source], result[j] = _split(result[source], result[j], side, context)
    takers = _with_blocks(result, "added")
    if left and takers:
        known = {c.uid: j for j, c in enumerate(result) if c.old is not None}
        for i, heir in _sources(left, takers, "removed", "added", known, context).items():
            result[heir], left[i] = _join(result[heir], left[i], side, context)
    return result, left


def _with_blocks(changes: Sequence[SectionChange], op: str) -> dict[int, SectionChange]:
    """The sections in both texts that lost or got blocks."""
    return {j: change for j, change in enumerate(changes) if change.old is not None and _blocks(change, op)}


def _blocks(change: SectionChange, op: str) -> list[Json]:
    return [(node.old if op == "removed" else node.new) or {} for node in change.blocks if node.op == op]


def _sources(
    parts: Mapping[int, SectionChange],
    wholes: Mapping[int, SectionChange],
    op_of_part: str,
    op_of_whole: str,
    known: Mapping[str, int],
    context: Context,
) -> dict[int, int]:
    """For each of ``parts`` the one of ``wholes`` that its words are from or are in now. Where the text names
    it (the place is in the change already) likeness is not asked."""
    found: dict[int, int] = {}
    texts: dict[int, str] = {}
    for place, part in parts.items():
        named = part.split_from or part.joined_into
        if named is None:
            text = _words(_blocks(part, op_of_part), context)
            if len(text) >= LEAST_WORDS:
                texts[place] = text
        elif named.uid in known:
            found[place] = known[named.uid]
    if not texts:
        return found
    sources = {place: _words(_blocks(whole, op_of_whole), context) for place, whole in wholes.items()}
    best: dict[int, tuple[float, int]] = {}
    for place, other in sharing_rare_words(sources, texts, rare=RARE, candidates=CANDIDATES):
        share = LCSseq.similarity(texts[place], sources[other]) / len(texts[place])
        if share >= LEAST_SHARE and share > best.get(place, (0.0, 0))[0]:
            best[place] = (share, other)
    return found | {place: other for place, (_, other) in best.items()}


def _words(blocks: Sequence[Json], context: Context) -> str:
    return context.vocabulary.string(" ".join([block_text(block) for block in blocks]).split()[:LONG])


def _split(
    source: SectionChange, part: SectionChange, side: Side, context: Context
) -> tuple[SectionChange, SectionChange]:
    """The section that gave and the one that was split from it."""
    nodes, carried = _compared(source, part, side, context)
    there = source.old
    assert there is not None  # noqa: S101
    part = replace(
        part,
        split_from=Place.of(there),
        # The blocks stand where they stood, only under a heading of their own.
        blocks=tuple(node if node.op != "moved" else node._replace(op="same") for node in nodes),
    )
    blocks = tuple(_away(node, carried) for node in source.blocks)
    into = (*source.split_into, Place.of(part.section))
    return replace(source, blocks=blocks, split_into=into), part


def _join(
    heir: SectionChange, part: SectionChange, side: Side, context: Context
) -> tuple[SectionChange, SectionChange]:
    """The section that took and the one that was joined into it."""
    nodes, carried = _compared(part, heir, side, context)
    made = {id(node.new): node for node in nodes if node.op != "added"}
    blocks = tuple(
        _here(made.get(id(node.new), node)) if node.op == "added" else node for node in heir.blocks
    )
    part = replace(
        part, joined_into=Place.of(heir.section), blocks=tuple(_away(node, carried) for node in part.blocks)
    )
    return (replace(heir, blocks=blocks, joined_from=(*heir.joined_from, Place.of(part.section)))), part


def _compared(
    giver: SectionChange, taker: SectionChange, side: Side, context: Context
) -> tuple[list[NodeChange], dict[int, Json]]:
    """The giver's lost text compared with the taker's new text. Nodes are in the taker's order, and by the
    giver's blocks those that they became."""
    nodes = diff_nodes(_blocks(giver, "removed"), _blocks(taker, "added"), side, NO_SIDE, context)
    found = [node for node in nodes if node.op not in ("removed", "moved_away")]
    return found, {id(node.old): node.new or {} for node in found if node.old is not None}


def _away(node: NodeChange, carried: Mapping[int, Json]) -> NodeChange:
    if node.op == "removed" and id(node.old) in carried:
        return node._replace(op="moved_away", new=carried[id(node.old)])
    return node


def _here(node: NodeChange) -> NodeChange:
    return node._replace(op="moved") if node.op == "same" else node
