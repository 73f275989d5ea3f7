"""Which blocks are still the blocks that Word's own XML was kept for. Pure, knows no Django."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
EMPTY: Json = {"heading": [], "blocks": [], "notes": {}}


def keep_word_xml(old: Json, new: Json, earlier: Json = EMPTY) -> Json:
    """Takes the mark of Word's XML from every block that is no longer the block that was read from it, as ``old`` and
    ``earlier`` have it."""
    before = {
        block["attrs"]["ooxml"]: block
        for block in [*earlier["blocks"], *old["blocks"]]
        if "ooxml" in block.get("attrs", {})
    }

    def checked(block: Json) -> Json:
        mark = block.get("attrs", {}).get("ooxml")
        if mark is None or before.get(mark) == block:
            return block
        attrs = {key: value for key, value in block["attrs"].items() if key != "ooxml"}
        stripped = {key: value for key, value in block.items() if key != "attrs"}
        return stripped | ({"attrs": attrs} if attrs else {})

    return new | {"blocks": [checked(block) for block in new["blocks"]]}
