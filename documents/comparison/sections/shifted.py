"""A row or an item that stands elsewhere in its block, told as it is known to have moved: to compare the block once more might
take one of its neighbours for it."""

from __future__ import annotations

from typing import Any

from documents.comparison.model import NodeChange
from documents.text import block_text

Json = dict[str, Any]


def shifted_part(before: Json, after: Json, words: str) -> NodeChange | None:
    """The block with the part that has these words taken out at its old place and put in at its new one; all else is the same,
    as numbers that only follow are no change of their own. None where no part with these words stands at another place."""
    old, new = before.get("content") or [], after.get("content") or []
    if len(old) != len(new) or not all("type" in node for node in (*old, *new)):
        return None
    was, now = [block_text(node) for node in old], [block_text(node) for node in new]
    if words in was and words in now and was != now:
        i, j = was.index(words), now.index(words)
        if was[:i] + was[i + 1 :] != now[:j] + now[j + 1 :]:
            return None
        same = [*zip(old[:i] + old[i + 1 :], new[:j] + new[j + 1 :], strict=True)]
        children = [NodeChange("same", one["type"], one, other) for one, other in same]
        gone, come = (
            NodeChange("removed", old[i]["type"], old=old[i]),
            NodeChange("added", new[j]["type"], new=new[j]),
        )
        # The part was before those behind which it stands now, or behind those before which.
        children.insert(j, come)
        children.insert(i if i <= j else i + 1, gone)
        return NodeChange("changed", before["type"], before, after, children=tuple(children))
    other = [place for place, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    inner = shifted_part(old[other[0]], new[other[0]], words) if len(other) == 1 else None
    if inner is None:
        return None
    children = [
        inner if place == other[0] else NodeChange("same", one["type"], one, two)
        for place, (one, two) in enumerate(zip(old, new, strict=True))
    ]
    return NodeChange("changed", before["type"], before, after, children=tuple(children))
