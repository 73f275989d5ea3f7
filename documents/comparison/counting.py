"""How many words a comparison adds and removes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from documents.comparison.model import NodeChange, NoteChange, WordOp
from documents.comparison.words.tokens import count_words
from documents.comparison.words.writer import words_in
from documents.text import Section, block_text, body_text
from documents.text.extraction import body_lines


def section_length(section: Section) -> int:
    """How many words a section has, its heading and its notes included."""
    return count_words(body_text(section.text.body, heading=True))


def section_size(section: Section) -> int:
    """The same to within a few words: by the blanks between them, a tenth of the time. It is what a section is as wide as
    in the strip, and what the changed words are a share of."""
    return sum([line.count(" ") + 1 for line in body_lines(section.text.body, heading=True)])


def count_changes(
    heading: Sequence[WordOp], blocks: Sequence[NodeChange], notes: Sequence[NoteChange]
) -> tuple[int, int]:
    """How many words were added and removed in a section."""
    added, gone = words_in(heading)
    more, less = _count_nodes([*blocks, *(block for note in notes for block in note.blocks)])
    return added + more, gone + less


def _count_nodes(nodes: Iterable[NodeChange]) -> tuple[int, int]:
    """The same of nodes; of a moved block only what changed in it counts."""
    added = gone = 0
    for node in nodes:
        if node.op in ("same", "moved_away"):
            continue
        if node.op == "added":
            added += count_words(block_text(node.new or {}))
            continue
        if node.op == "removed":
            gone += count_words(block_text(node.old or {}))
            continue
        more, less = words_in(node.words)
        added, gone = added + more, gone + less
        for field in node.fields:
            more, less = words_in(field.words)
            added, gone = added + more, gone + less
        if node.children:
            more, less = _count_nodes(node.children)
            added, gone = added + more, gone + less
    return added, gone
