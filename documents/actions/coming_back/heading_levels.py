"""Headings that were set to another level in a file that came back, of which several follow one another."""

from __future__ import annotations

from collections.abc import Sequence

from documents.actions.edit_outline import Node, level_for
from documents.models import Suggestion
from documents.suggestions.new_section import NewSection

State, Kind = Suggestion.State, Suggestion.Kind


def level_waits(held: Suggestion, nodes: Sequence[Node], at: int) -> bool:
    """Whether a heading can't be set to its level before the one before it is decided about, which is deeper in the file too."""
    if level_for(nodes, at, int(held.place)) == int(held.place) or not at:
        return False
    uid, before = str(held.uid), nodes[at - 1]
    rows = Suggestion.objects.filter(returned=held.returned_id, state=State.OPEN)
    deeper = [int(row.place) for row in rows.filter(kind=Kind.LEVEL, uid=before.uid)]
    new = (NewSection.read(row.place) for row in rows.filter(kind=Kind.NEW_SECTION))
    deeper += [one.level for one in new if uid in one.next]
    return any(level > before.level for level in deeper)
