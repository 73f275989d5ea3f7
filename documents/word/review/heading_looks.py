"""What became of the looks of headings in a file that came back: which were made text, or set a level deeper or higher."""

from __future__ import annotations

from collections.abc import Container, Iterator

from documents.text import SectionTree
from documents.word.editors.restored import took_look
from documents.word.read.context import Trace


def heading_looks(
    tree: SectionTree, trace: Trace, refused: Trace, texts: tuple[Container[str], Container[str]]
) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """The looks of the headings that are known in all three states."""
    was_text, made_text = texts
    for section, elements in zip(tree, trace.headings, strict=True):
        uid = section.uid
        sent, now = trace.looks.get(uid, (None, 0))
        before = refused.looks.get(uid)
        if sent is None or before is None or any(took_look(element) for element in elements):
            continue
        yield uid, (sent, 0 if uid in was_text else before[1], 0 if uid in made_text else now)
