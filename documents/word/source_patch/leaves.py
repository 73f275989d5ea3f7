"""The lines of a block (a paragraph, a caption, the words of an item or a cell) and the paragraphs that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.word.ns import Element, w
from documents.word.run_on import mark_goes
from documents.word.source_patch.atoms import Paragraph, scan
from documents.word.source_patch.cells import Cell, flatten

Json = Mapping[str, Any]
P = w("p")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A line: its inline content, and where in the block's structure it stands (equal shapes, equal places)."""

    place: tuple[str, ...]
    content: Sequence[Json]

    @property
    def cells(self) -> list[Cell]:
        return flatten(self.content)


def leaves(block: Json, place: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """The lines of a block in reading order, those without content left out."""
    kind = block["type"]
    if kind in ("paragraph", "figure"):
        if block.get("content"):
            style = (block.get("attrs") or {}).get("style", "") if kind == "paragraph" else ""
            yield Leaf((*place, kind, style), block["content"])
        return
    for index, child in enumerate(block.get("content") or []):
        inner = (*place, kind)
        if kind in ("table", "row"):
            inner = (*inner, str(index))
        yield from leaves(child, inner)


def shape(value: Any) -> Any:
    """A block without the words of its lines: what must be equal for its lines to be changed one by one."""
    if isinstance(value, list):
        return [shape(part) for part in value]
    if not isinstance(value, Mapping):
        return value
    kept = {key: shape(part) for key, part in value.items() if key not in ("content", "attrs")}
    attrs = {key: part for key, part in (value.get("attrs") or {}).items() if key != "ooxml"}
    kept["attrs"] = attrs
    content = value.get("content") or []
    if value.get("type") in ("paragraph", "figure"):
        kept["content"] = bool(content)
    else:
        kept["content"] = [shape(part) for part in content]
    return kept


def paragraphs(elements: Iterable[Element]) -> list[Element]:
    """All paragraphs in these elements, in the order in which they are read."""
    return [node for element in elements for node in element.iter(P)]


def seat(lines: Sequence[Leaf], elements: Iterable[Element]) -> list[Paragraph] | None:
    """For each line the paragraph that shows it; None where one is not found word for word."""
    found: list[Paragraph] = []
    waiting = paragraphs(elements)
    at = 0
    for line in lines:
        wanted = line.cells
        if not _said(wanted):
            found.append(Paragraph([], [], 0))
            continue
        while at < len(waiting):
            here = scan(waiting[at : at + 1]).fit(wanted)
            if here is None and at + 1 < len(waiting):
                here = scan(waiting[at : at + 2]).fit(wanted) if _runs_on(waiting[at]) else None
            at += 1
            if here is not None:
                found.append(here)
                break
        else:
            return None
    return found


def _said(cells: Sequence[Cell]) -> bool:
    return any(cell.text.strip() or not cell.text for cell in cells)


def _runs_on(paragraph: Element) -> bool:
    """Whether its text goes on in the next one: its mark was deleted, or it is a big first letter."""
    ppr = paragraph.find(w("pPr"))
    if ppr is None:
        return False
    return mark_goes(ppr) or ppr.find(w("framePr")) is not None
