"""Headings: their words, their kind, and that of a table of contents."""

from __future__ import annotations

from documents.text.types import Inline, MarkType, text_node
from documents.word.body.bookmarks import is_ours
from documents.word.read.context import Item, Para

CONTENTS_WORDS = frozenset(
    [
        "содржина",
        "садржај",
        "sadržaj",
        "sadrzaj",
        "përmbajtja",
        "permbajtja",
        "contents",
        "(table",
        "of",
        "contents)",
        "kazalo",
    ]
) | {"table of contents", "tabela e përmbajtjes", "преглед на содржината"}


def heads_contents(item: Item) -> bool:
    """Whether a line is the heading of a table of contents. A section of a returned text is none."""
    if not isinstance(item, Para) or any(map(is_ours, item.bookmarks)):
        return False
    return item.text.strip().strip(":").lower() in CONTENTS_WORDS


LOOK_OF_HEADINGS: tuple[MarkType, ...] = ("bold", "underline")


def cut(inlines: list[Inline], count: int) -> list[Inline]:
    """The inline content without its first ``count`` characters."""
    result: list[Inline] = []
    for node in inlines:
        length = len(node["text"]) if node["type"] == "text" else 1
        if count >= length:
            if node["type"] in ("note", "image"):
                result.append(node)
            count -= length
            continue
        if count:
            node = {**node, "text": node["text"][count:]}
            count = 0
        result.append(node)
    return result


def tidy_heading(inlines: list[Inline], *, one_line: bool = True) -> tuple[list[Inline], list[Inline]]:
    """A heading's inline content and its pictures. It is on one line unless its breaks and tabs should stay,
    and without the usual look of headings."""
    texts = [node for node in inlines if node["type"] == "text" and node["text"].strip()]
    marks = [{mark["type"] for mark in node.get("marks", [])} for node in texts]
    dropped = {mark for mark in LOOK_OF_HEADINGS if marks and all(mark in one for one in marks)}
    images = [node for node in inlines if node["type"] == "image"]
    result = [_tidied(node, dropped, one_line) for node in inlines if node["type"] != "image"]
    return _trim(result, None if one_line else " "), images


def _tidied(node: Inline, dropped: set[MarkType], one_line: bool) -> Inline:
    if node["type"] == "break" and one_line:
        return {"type": "text", "text": " "}
    if node["type"] != "text":
        return node
    marks = [mark for mark in node.get("marks", []) if mark["type"] not in dropped]
    text = node["text"].replace("\t", " ") if one_line else node["text"]
    return text_node(text, marks)


def _trim(inlines: list[Inline], blank: str | None) -> list[Inline]:
    nodes = [node.copy() for node in inlines]
    while nodes and nodes[0]["type"] == "text":
        nodes[0]["text"] = nodes[0]["text"].lstrip(blank)
        if nodes[0]["text"]:
            break
        nodes.pop(0)
    while nodes and nodes[-1]["type"] == "text":
        nodes[-1]["text"] = nodes[-1]["text"].rstrip(blank)
        if nodes[-1]["text"]:
            break
        nodes.pop()
    return nodes
