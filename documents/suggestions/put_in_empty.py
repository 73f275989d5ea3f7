"""What was put in without a mark of its own, with tracked words in it: LibreOffice marks the words of a new table, and not the table.
Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.suggestions.blocks import keyed_blocks
from documents.suggestions.list_kinds import with_parts
from documents.suggestions.merge import has_parts
from documents.suggestions.merge import paired as paired_parts
from documents.suggestions.suggest import paired
from documents.text import block_text

Json = dict[str, Any]
SAYS_NOTHING = frozenset({"table", "row", "cell", "list", "item", "paragraph", "text", "break"})


def without_emptied(sent: Json, refused: Json, accepted: Json) -> Json:
    """The ``refused`` text without the tables, lists, rows and items that stand empty in it, that were not ``sent`` out, and that
    have words in the ``accepted`` one: there they come as a whole."""
    left, right = keyed_blocks(refused), keyed_blocks(accepted)
    if all(not _holds_empty(block) for _key, block in left):
        return refused
    was = {j: i for i, j in paired(keyed_blocks(sent), left) if j is not None}
    becomes = {i: j for i, j in paired(left, right) if i is not None and j is not None}
    blocks: list[Json] = []
    for at, (_key, block) in enumerate(left):
        after = right[becomes[at]][1] if at in becomes else None
        before = None if was[at] is None else sent["blocks"][was[at]]
        if after is None or not _holds_empty(block):
            blocks.append(block)
        elif before is None and _is_empty(block):
            if not block_text(after).strip():
                blocks.append(block)
        elif before is not None and has_parts(before) and has_parts(block) and has_parts(after):
            kept = _parts(before["content"], block["content"], after["content"])
            blocks.append(block if len(kept) == len(block["content"]) else with_parts(block, kept, before))
        else:
            blocks.append(block)
    return refused if blocks == refused["blocks"] else refused | {"blocks": blocks}


def _parts(sent: Sequence[Json], refused: Sequence[Json], accepted: Sequence[Json]) -> list[Json]:
    """The rows or items without new empty ones, where the accepted block has no more empty ones than were sent out, as forms have."""
    if sum(map(_is_empty, accepted)) > sum(map(_is_empty, sent)):
        return list(refused)
    new = {j for i, j in paired_parts(sent, refused) if i is None}
    kept = [part for at, part in enumerate(refused) if at not in new or not _is_empty(part)]
    return kept or list(refused)


def _holds_empty(block: Json) -> bool:
    return _is_empty(block) or (has_parts(block) and any(map(_is_empty, block["content"])))


def _is_empty(part: Json) -> bool:
    """Whether it says and shows nothing."""
    return not block_text(part).strip() and _shows_nothing(part)


def _shows_nothing(part: Json) -> bool:
    inner = part.get("content") or []
    return part["type"] in SAYS_NOTHING and all(map(_shows_nothing, inner))
