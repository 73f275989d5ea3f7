"""The lines of a block: a paragraph, a caption, the words of an item or a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.word.source_patch.cells import Cell, flatten

Json = Mapping[str, Any]


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
