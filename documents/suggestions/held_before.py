"""What a file held as tracked changes already when it was sent out is nobody's change since then. Pure, knows no Django."""

from __future__ import annotations

from typing import Any

from documents.suggestions.blocks import block_key, keyed_blocks, with_notes
from documents.suggestions.suggest import paired

Json = dict[str, Any]


def as_sent_where_unchanged(sent: Json, refused: Json, accepted: Json) -> Json:
    """The ``refused`` text, in which the heading and the blocks that read with the tracked changes as they were ``sent`` out are
    these: the changes in them, which may stand in one another, stood there before, or nothing has come of them."""
    known = {key for key, _ in keyed_blocks(sent)}
    left, right = keyed_blocks(refused), keyed_blocks(accepted)
    same = {
        i: right[j][1]
        for i, j in paired(left, right)
        if i is not None and j is not None and left[i][0] not in known and right[j][0] in known
    }
    heading = _heading(accepted) == _heading(sent) != _heading(refused)
    if not same and not heading:
        return refused
    notes: Json = {}
    first = accepted if heading else refused
    words = with_notes({"content": first["heading"]}, first, notes)["content"]
    blocks = [
        with_notes(same[i], accepted, notes) if i in same else with_notes(block, refused, notes)
        for i, block in enumerate(refused["blocks"])
    ]
    return refused | {"heading": words, "blocks": blocks, "notes": notes}


def _heading(body: Json) -> bytes:
    return block_key({"content": body["heading"]}, body)
