"""The form in which blocks of a returned file are compared: without what Word or LibreOffice rewrites by
itself.

A block is *whole* where its notes are in it (``{"type": "note", "content": [block …]}``). They are not in the
body around it. So it can be compared, stored and placed in another text separately.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from documents.text import sha256_of

Json = dict[str, Any]
REWRITTEN = frozenset({"ooxml", "label"})
"""Attributes that are no part of a text: the XML of its source, and numbers that lists count."""
LOOKS = frozenset({"style", "header"})


def whole(value: Any, notes: Mapping[str, Any], *, ooxml: bool = False) -> Any:
    """A node or nodes with their notes in them. ``ooxml``: with the names of the XML of their source."""
    if isinstance(value, list):
        return [whole(part, notes, ooxml=ooxml) for part in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "note" and "attrs" in value:
        return {"type": "note", "content": whole(notes.get(value["attrs"]["id"], []), {}, ooxml=ooxml)}
    found = {key: whole(part, notes, ooxml=ooxml) for key, part in value.items() if ooxml or key != "ooxml"}
    return {key: part for key, part in found.items() if key != "attrs" or part}


def whole_blocks(body: Json, *, ooxml: bool = False) -> list[Json]:
    """The blocks of a body, whole."""
    found: list[Json] = whole(body.get("blocks") or [], body.get("notes") or {}, ooxml=ooxml)
    return found


def whole_heading(body: Json) -> Json:
    """The heading of a body as a paragraph, whole."""
    content = whole(body.get("heading") or [], body.get("notes") or {})
    return {"type": "paragraph", "content": content}


def placed(value: Any, notes: Json) -> Any:
    """Whole nodes as they are in a body; their notes are put into ``notes`` under free ids."""
    if isinstance(value, list):
        return [placed(part, notes) for part in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "note" and "attrs" not in value:
        name = f"n{len(notes) + 1}"
        while name in notes:
            name = f"n{int(name[1:]) + 1}"
        notes[name] = value["content"]
        return {"type": "note", "attrs": {"id": name}}
    return {key: placed(part, notes) for key, part in value.items()}


def body_of(blocks: Sequence[Json], heading: Sequence[Json] = ()) -> Json:
    """A body of whole blocks."""
    notes: Json = {}
    return {
        "heading": placed(list(heading), notes),
        "blocks": placed(list(blocks), notes),
        "notes": notes,
    }


def block_hash(block: Json) -> str:
    """The hash by which a whole block is known again."""
    return sha256_of(_plain(block, looks=True))


def words_hash(block: Json) -> str:
    """The same without looks: two blocks with one hash differ in these alone."""
    return sha256_of(_plain(block, looks=False))


def _plain(value: Any, *, looks: bool) -> Any:
    if isinstance(value, list):
        nodes = [_plain(part, looks=looks) for part in value]
        return _joined(nodes) if nodes and _is_inline(nodes[0]) else nodes
    if not isinstance(value, dict):
        return value
    rest = {key: _plain(part, looks=looks) for key, part in value.items() if key not in ("attrs", "marks")}
    attrs = _plain_attrs(value.get("attrs") or {}, looks=looks)
    marks = _plain_marks(value.get("marks") or [], looks=looks)
    return rest | ({"attrs": attrs} if attrs else {}) | ({"marks": marks} if marks else {})


def _plain_marks(marks: Sequence[Json], *, looks: bool) -> list[Json]:
    # A file can't lead to a section that it does not have, so references are not compared: their words are.
    compared = (mark for mark in marks if mark["type"] == "link" or (looks and mark["type"] != "xref"))
    return [_plain(mark, looks=looks) for mark in compared]


def _plain_attrs(attrs: Json, *, looks: bool) -> Json:
    left_out = REWRITTEN if looks else REWRITTEN | LOOKS
    compared = {key: _plain(part, looks=looks) for key, part in attrs.items() if key not in left_out}
    if "href" in compared:
        compared["href"] = unquote(compared["href"]).rstrip("/")
    return compared


def _is_inline(node: Any) -> bool:
    return isinstance(node, dict) and node.get("type") in ("text", "break", "note", "image")


def _joined(nodes: list[Json]) -> list[Json]:
    """Inline nodes with texts of equal marks joined, without blanks at the ends, which nobody sees."""
    found: list[Json] = []
    for node in nodes:
        last = found[-1] if found else {}
        if node["type"] == last.get("type") == "text" and node.get("marks") == last.get("marks"):
            found[-1] = last | {"text": last["text"] + node["text"]}
        else:
            found.append(node)
    if found and found[0]["type"] == "text":
        found[0] = found[0] | {"text": found[0]["text"].lstrip()}
    if found and found[-1]["type"] == "text":
        found[-1] = found[-1] | {"text": found[-1]["text"].rstrip()}
    return [node for node in found if node["type"] != "text" or node["text"]]
