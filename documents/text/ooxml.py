"""Blocks and the pieces of Word's own XML that they were read from."""

from __future__ import annotations

from documents.text.types import Block, Body, without_attrs


def drop_stale_ooxml(new: Body, *earlier: Body) -> Body:
    """The body without the mark of Word's XML at every block that differs from the one with that mark
    ``earlier``."""
    before = {
        block["attrs"]["ooxml"]: block
        for body in earlier
        for block in body["blocks"]
        if "ooxml" in block.get("attrs", {})
    }

    def checked(block: Block) -> Block:
        mark = block.get("attrs", {}).get("ooxml")
        return block if mark is None or before.get(mark) == block else without_attrs(block, ["ooxml"])

    return {**new, "blocks": [checked(block) for block in new["blocks"]]}
