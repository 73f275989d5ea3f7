"""Word's fields: what an instruction means for the text that it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from documents.text.inline_schema import safe_href, without_password
from documents.text.types import Mark
from documents.word.file import ns
from documents.word.file.ns import Element, child, flag, number, val
from documents.word.file.refusal import RefusalCode, Refused
from documents.word.read.context import Context, Field
from documents.word.read.report import FindingCode

WORD = re.compile(r'"([^"]*)"|(\S+)')
GENERATED = frozenset({"TOC", "INDEX", "TOA"})
UNSEEN = frozenset({"XE", "TC", "TA", "RD", "SET", "ASK", "PRIVATE"})
"""Fields that show nothing in Word, whatever their result. They are marks for indexes and contents, and SET,
ASK and PRIVATE, which store a text for others."""
NO_RESULT = frozenset(
    {"MACROBUTTON", "GOTOBUTTON", "SYMBOL", "EQ", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "LISTNUM"}
    | {"BARCODE", "DISPLAYBARCODE", "MERGEBARCODE"}
)
"""Fields of which Word keeps no result in the file: documents/word/read/inline/nodes.py."""
REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF"})


DEEPEST = 64
"""Fields in one another; nobody writes more."""


def look_for_lone(ctx: Context, root: Element) -> None:
    """Finds the beginnings of fields in a part that have no end. Raises Refused where too many are in one
    another."""
    opened: list[Element] = []
    deepest = 0
    for char in root.iter(ns.w("fldChar")):
        kind = char.get(ns.w("fldCharType"))
        if kind == "begin":
            opened.append(char)
        elif kind == "end" and opened:
            deepest = max(deepest, len(opened))
            opened.pop()
    ctx.lone_fields.update(opened)
    if deepest - len(opened) > DEEPEST:
        raise Refused(RefusalCode.TOO_DEEP, limit=DEEPEST)


def field_words(instruction: str) -> list[str]:
    """The words of an instruction; what is in quotation marks is one word."""
    return [quoted or plain for quoted, plain in WORD.findall(instruction[:4000])]


def begin_result(ctx: Context, opened: Field) -> None:
    """The instruction is complete: decides what its result will be."""
    opened.shown = True
    words = field_words(opened.instruction)
    name = words[0].upper() if words else ""
    if name in GENERATED:
        opened.contents, opened.hides = True, not ctx.whole
    elif name == "HYPERLINK":
        mark = _hyperlink(ctx, words[1:])
        opened.marks = (mark,) if mark else ()
    elif name in REFERENCES and len(words) > 1:
        opened.marks = (xref(words[1]),)
    elif name in UNSEEN:
        opened.unseen = opened.hides = True
    elif name and name not in NO_RESULT:
        ctx.found(FindingCode.FIELDS)


def _hyperlink(ctx: Context, words: list[str]) -> Mark | None:
    target = anchor = ""
    rest = iter(words)
    for word in rest:
        if word.lower() == "\\l":
            anchor = next(rest, "")
        elif word.lower() in ("\\o", "\\t"):
            next(rest, "")
        elif not word.startswith("\\") and not target:
            target = word
    if target:
        return link(ctx, target + (f"#{anchor}" if anchor else ""))
    return xref(anchor) if anchor else None


def xref(bookmark: str) -> Mark:
    """A reference to a bookmark; it becomes one to a section when all sections are known."""
    return cast(Mark, {"type": "xref", "attrs": {"bookmark": bookmark}})


def bookmark_of(mark: Mark) -> str | None:
    """The bookmark that a reference names which is not yet one to a section."""
    attrs: Mapping[str, Any] = mark.get("attrs", {})
    return attrs.get("bookmark") if mark["type"] == "xref" else None


def link(ctx: Context, href: str) -> Mark | None:
    """The mark for a link, or None, reported, for one that leads nowhere safe."""
    href = href.strip().replace("\n", "").replace("\r", "").replace("\t", "")
    if href.startswith("#"):
        return xref(href[1:])
    if not href or len(href) > 4000 or not safe_href(href):
        ctx.found(FindingCode.UNSAFE_LINK, href[:80])
        return None
    ctx.found(FindingCode.LINKS)
    return {"type": "link", "attrs": {"href": without_password(href)}}


def form_field(char: Element) -> str:
    """What a form field shows whose value is in its data: a ticked box, the chosen entry of a list."""
    data = child(char, "ffData")
    box = child(data, "checkBox")
    if box is not None:
        checked = flag(box, "checked")
        ticked = flag(box, "default") if checked is None else checked
        return "☒" if ticked else "☐"
    choices = child(data, "ddList")
    if choices is not None:
        entries = [entry.get(ns.VAL) or "" for entry in choices.iterchildren(ns.w("listEntry"))]
        chosen = number(val(choices, "result") or val(choices, "default"), 0, 0)
        return entries[chosen] if chosen < len(entries) else ""
    return ""
