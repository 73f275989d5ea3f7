"""The schema of a section's body, its check and its canonical form.

A body is JSON in the shape that the desk's editor (ProseMirror) reads and writes. So the text is stored
without conversion::

    {"heading": [inline …], "blocks": [block …], "notes": {"n1": [block …]}}

    inline   {"type": "text", "text": "…", "marks": [{"type": "bold"}, {"type": "link", "attrs": {"href":
    "…"}}]}
             {"type": "break"} | {"type": "note", "attrs": {"id": "n1"}}
             {"type": "image", "attrs": {"sha256": "…", "alt": "…"}}
    block    {"type": "paragraph", "content": [inline …], "attrs": {"style": "quote"}}
             {"type": "list", "attrs": {"ordered": true}, "content": [item …]}
             item: {"type": "item", "attrs": {"label": "а)"}, "content": [block …]}
             {"type": "table", "content": [{"type": "row", "content": [cell …]} …]}
             cell: {"type": "cell", "attrs": {"colspan": 2, "rowspan": 1, "header": true}, "content": [block
             …]}
             {"type": "figure", "attrs": {"sha256": "…", "alt": "…"}, "content": [inline …]}   (content: the
             caption)
             {"type": "callout", "attrs": {"tone": "warn"}, "content": [block …]}
             {"type": "step", "attrs": {"title": "…", "who": "…", "limit": "…"}, "content": [block …]}
             {"type": "opaque", "attrs": {"sha256": "…", "text": "…", "kind": "…"}}

Any block may carry ``attrs.ooxml``: the SHA-256 of the piece of Word's own XML that it was read from.

The canonical form: Unicode NFC, neighbouring texts with equal marks joined, marks sorted, empty texts and
default attributes left out. :func:`normalise_body` is idempotent, so opening and saving a text changes
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from documents.text.inline_schema import (
    SHA256,
    InvalidText,
    as_list,
    as_mapping,
    check_keys,
    clean_string,
    image_attrs,
    normalise_inlines,
)
from documents.text.types import Block, BlockAttrs, Body, empty_body

MAX_DEPTH = 24
"""How deep blocks may be in one another (tables in tables included)."""
MAX_SPAN = 1000
"""The most rows or columns that one cell may cover; Word itself stops at 63 columns."""

PARAGRAPH_STYLES = frozenset({"quote", "caption", "lead", "centred"})
TONES = frozenset({"info", "warn"})
STEP_FIELDS: tuple[Literal["title", "who", "limit"], ...] = ("title", "who", "limit")
NODE_KEYS = frozenset({"type", "content", "attrs"})


def normalise_body(body: object) -> Body:
    """Checks a section's body and gives it back in canonical form.

    Raises :class:`InvalidText` for anything outside of the schema. An unknown type or attribute is refused
    rather than dropped, so that nothing is lost silently.
    """
    if body is None or body == {}:
        return empty_body()
    source = as_mapping(body, "body")
    check_keys(source, {"heading", "blocks", "notes"}, "body")
    notes_in = as_mapping(source.get("notes", {}), "notes")
    used: list[str] = []
    heading = normalise_inlines(source.get("heading", []), "heading", used)
    blocks = _blocks(source.get("blocks", []), "blocks", used, 0)
    notes: dict[str, list[Block]] = {}
    for key in used:
        if key not in notes_in:
            raise InvalidText("notes", f"note {key} is referred to and not there")
        if key in notes:
            raise InvalidText("notes", f"note {key} is referred to twice")
        notes[key] = _blocks(notes_in[key], f"notes.{key}", [], 0, in_note=True)
    return {"heading": heading, "blocks": blocks, "notes": notes}


def _blocks(value: object, path: str, used: list[str], depth: int, in_note: bool = False) -> list[Block]:
    if depth > MAX_DEPTH:
        raise InvalidText(path, "is nested too deeply")
    result: list[Block] = []
    for index, raw in enumerate(as_list(value, path)):
        where = f"{path}[{index}]"
        node = as_mapping(raw, where)
        check_keys(node, NODE_KEYS, where)
        maker = BLOCKS.get(str(node.get("type")))
        if maker is None:
            raise InvalidText(where, f"does not know {node.get('type')!r}")
        before = len(used)
        block = maker(node, where, used, depth)
        if in_note and len(used) > before:
            raise InvalidText(where, "has a note in a note")
        attrs = block.pop("attrs", {})
        ooxml = (node.get("attrs") or {}).get("ooxml")
        if ooxml:
            if not isinstance(ooxml, str) or not SHA256.match(ooxml):
                raise InvalidText(where, "names no piece of Word's XML")
            attrs["ooxml"] = ooxml
        if attrs:
            block["attrs"] = attrs
        result.append(block)
    return result


def _attrs(node: Mapping[str, Any], path: str, allowed: set[str]) -> Mapping[str, Any]:
    attrs = as_mapping(node.get("attrs") or {}, path)
    if attrs:
        check_keys(attrs, allowed | {"ooxml"}, f"{path}.attrs")
    return attrs


def _paragraph(node: Mapping[str, Any], path: str, used: list[str], depth: int) -> Block:
    style = _attrs(node, path, {"style"}).get("style")
    if style and (not isinstance(style, str) or style not in PARAGRAPH_STYLES):
        raise InvalidText(path, f"does not know the style {style!r}")
    content = normalise_inlines(node.get("content") or [], f"{path}.content", used)
    return {"type": "paragraph", "attrs": {"style": style} if style else {}, "content": content}


def _list_block(node: Mapping[str, Any], path: str, used: list[str], depth: int) -> Block:
    ordered = bool(_attrs(node, path, {"ordered"}).get("ordered"))
    items: list[Block] = []
    for index, raw in enumerate(as_list(node.get("content") or [], path)):
        where = f"{path}.content[{index}]"
        item = as_mapping(raw, where)
        if item.get("type") != "item":
            raise InvalidText(where, "is not an item of a list")
        label = clean_string(_attrs(item, where, {"label"}).get("label") or "", f"{where}.label", 200)
        content = _blocks(item.get("content") or [], f"{where}.content", used, depth + 1)
        entry: Block = {"type": "item", "content": content}
        items.append(entry | {"attrs": {"label": label}} if label else entry)
    if not items:
        raise InvalidText(path, "is a list without items")
    return {"type": "list", "attrs": {"ordered": True} if ordered else {}, "content": items}


def _span(value: object, path: str) -> int:
    if value is None:
        return 1
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_SPAN:
        raise InvalidText(path, "has a span that no table has")
    return value


def _table(node: Mapping[str, Any], path: str, used: list[str], depth: int) -> Block:
    _attrs(node, path, set())
    rows: list[Block] = []
    for index, raw in enumerate(as_list(node.get("content") or [], path)):
        where = f"{path}.content[{index}]"
        row = as_mapping(raw, where)
        if row.get("type") != "row":
            raise InvalidText(where, "is not a row of a table")
        cells: list[Block] = []
        for number, raw_cell in enumerate(as_list(row.get("content") or [], where)):
            spot = f"{where}.content[{number}]"
            cell = as_mapping(raw_cell, spot)
            if cell.get("type") != "cell":
                raise InvalidText(spot, "is not a cell of a table")
            given = _attrs(cell, spot, {"colspan", "rowspan", "header", "colwidth"})
            colspan, rowspan = _span(given.get("colspan"), spot), _span(given.get("rowspan"), spot)
            attrs: BlockAttrs = {}
            if colspan > 1:
                attrs["colspan"] = colspan
            if rowspan > 1:
                attrs["rowspan"] = rowspan
            if given.get("header"):
                attrs["header"] = True
            content = _blocks(cell.get("content") or [], f"{spot}.content", used, depth + 1)
            made: Block = {"type": "cell", "content": content}
            cells.append(made | {"attrs": attrs} if attrs else made)
        rows.append({"type": "row", "content": cells})
    if not rows:
        raise InvalidText(path, "is a table without rows")
    return {"type": "table", "content": rows}


def _figure(node: Mapping[str, Any], path: str, used: list[str], depth: int) -> Block:
    _attrs(node, path, {"sha256", "alt"})
    caption = normalise_inlines(node.get("content") or [], f"{path}.content", used)
    image = image_attrs(node, path)
    attrs: BlockAttrs = {"sha256": image["sha256"]}
    if "alt" in image:
        attrs["alt"] = image["alt"]
    return {"type": "figure", "attrs": attrs, "content": caption}


def _callout(node: Mapping[str, Any], path: str, used: list[str], depth: int) -> Block:
    tone = _attrs(node, path, {"tone"}).get("tone") or "info"
    if not isinstance(tone, str) or tone not in TONES:
        raise InvalidText(path, f"does not know the tone {tone!r}")
    content = _blocks(node.get("content") or [], f"{path}.content", used, depth + 1)
    return {"type": "callout", "attrs": {} if tone == "info" else {"tone": tone}, "content": content}


def _step(node: Mapping[str, Any], path: str, used: list[str], depth: int) -> Block:
    given = _attrs(node, path, {"title", "who", "limit"})
    attrs: BlockAttrs = {}
    for key in STEP_FIELDS:
        if text := clean_string(given.get(key) or "", f"{path}.{key}", 1000):
            attrs[key] = text
    content = _blocks(node.get("content") or [], f"{path}.content", used, depth + 1)
    return {"type": "step", "attrs": attrs, "content": content}


def _opaque(node: Mapping[str, Any], path: str, used: list[str], depth: int) -> Block:
    given = _attrs(node, path, {"sha256", "text", "kind"})
    attrs: BlockAttrs = {}
    if text := clean_string(given.get("text") or "", f"{path}.text"):
        attrs["text"] = text
    if given.get("sha256"):
        if not isinstance(given["sha256"], str) or not SHA256.match(given["sha256"]):
            raise InvalidText(path, "names no piece of Word's XML")
        attrs["sha256"] = given["sha256"]
    if kind := clean_string(given.get("kind") or "", f"{path}.kind", 60):
        attrs["kind"] = kind
    return {"type": "opaque", "attrs": attrs}


Maker = Callable[[Mapping[str, Any], str, list[str], int], Block]
BLOCKS: dict[str, Maker] = {
    "paragraph": _paragraph,
    "list": _list_block,
    "table": _table,
    "figure": _figure,
    "callout": _callout,
    "step": _step,
    "opaque": _opaque,
}
