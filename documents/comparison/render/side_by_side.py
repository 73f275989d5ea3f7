"""A changed section side by side: its blocks, and the items of a list, in pairs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from documents.comparison.model import NodeChange, SectionChange
from documents.comparison.render.blocks import ENGLISH, Drawing
from documents.comparison.render.inlines import Numbering
from documents.comparison.render.strings import Strings


@dataclass(frozen=True, slots=True)
class PairOfHtml:
    """One row of a comparison side by side; None where a side has nothing."""

    old: str | None
    new: str | None
    changed: bool


def side_html(
    change: SectionChange, strings: Strings = ENGLISH, numbering: Numbering | None = None
) -> list[PairOfHtml]:
    """The section's blocks and notes in pairs, the old text and the new one side by side."""
    numbers = numbering or Numbering()
    both = _Both(numbers, Drawing(strings, numbers, "old", change), Drawing(strings, numbers, "new", change))
    rows: list[PairOfHtml] = []
    for node in change.drawn:
        if node.type == "list" and node.op in ("changed", "format") and node.children:
            rows += both.items(node)
        else:
            rows.append(both.pair(node, node))
    for note in change.notes:
        if note.op == "same":
            continue
        old = both.left.notes([note]) if note.old_id else None
        both.right.counting = not old
        new = both.right.notes([note]) if note.new_id else None
        both.right.counting = True
        rows.append(PairOfHtml(old, new, True))
    return rows


class _Both:
    """The drawings of the two columns."""

    def __init__(self, numbers: Numbering, left: Drawing, right: Drawing) -> None:
        self.numbers, self.left, self.right = numbers, left, right

    def pair(self, node: NodeChange, drawn: NodeChange) -> PairOfHtml:
        """A row: what happened to ``node``, drawn as ``drawn``."""
        before = self.numbers.last
        old = self.left.block(drawn) if node.op != "added" and node.op != "moved" else None
        # A change that the left side has numbered keeps that number: the right side is the same change.
        self.right.counting = self.numbers.last == before
        new = self.right.block(drawn) if node.op != "removed" and node.op != "moved_away" else None
        self.right.counting = True
        return PairOfHtml(old, new, node.op != "same")

    def items(self, node: NodeChange) -> Iterator[PairOfHtml]:
        """A changed list, an item a row, each with the number that it has. Changes of the list itself are
        shown with its first item."""
        old = new = 1
        first = next((item for item in node.children if item.op not in ("removed", "moved_away")), None)
        for item in node.children:
            self.left.start, self.right.start = old, new
            old, new = old + self.left.taken(item), new + self.right.taken(item)
            fields = node.fields if item is first else ()
            row = self.pair(item, node._replace(children=(item,), fields=fields))
            yield replace(row, changed=True) if fields else row
        self.left.start = self.right.start = 0
