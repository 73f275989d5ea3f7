"""Fields of which a file keeps no result, because Word makes what it shows from the instruction alone
(ECMA-376, part 1, 17.16.5).

The words of a button and most symbols can be known from it. Automatic numbers, formulas and barcodes can't:
they are told.
"""

from __future__ import annotations

import re
from typing import Protocol

from documents.text.types import Mark
from documents.word.read.context import Context, Field
from documents.word.read.definitions.styles import RunLook
from documents.word.read.definitions.symbols import FONTS, symbol
from documents.word.read.fields import NO_RESULT, field_words
from documents.word.read.report import FindingCode

BUTTONS = frozenset({"MACROBUTTON", "GOTOBUTTON"})
BUTTON = re.compile(r'\s*\w+\s+(?:"[^"]*"|\S+)\s(?P<shown>.*?)(?:\\\*\s*\w+\s*)*\Z', re.DOTALL)
CODE_PAGES = ("cp1252", "cp1250", "cp1251")
"""Those of the region: which one a file means by "ANSI" it does not say."""


class Inlines(Protocol):
    """What the reader of a paragraph's content offers here."""

    ctx: Context
    look: RunLook
    marks: list[Mark]

    @property
    def shown(self) -> bool: ...

    def text(self, text: str) -> None: ...


def show_without_result(reader: Inlines, ended: Field) -> None:
    """Reads what Word shows of a field that has just ended, if it is one that keeps no result."""
    words = field_words(ended.instruction)
    name = words[0].upper() if words else ""
    if name not in NO_RESULT or not reader.shown or reader.look.hidden:
        return
    if ended.result:
        reader.ctx.found(FindingCode.FIELDS)
        return
    text = ""
    if name in BUTTONS:
        match = BUTTON.match(ended.instruction)
        text = match["shown"].strip() if match is not None else ""
        if not text:
            return  # a button without words shows none
    elif name == "SYMBOL":
        if reader.ctx.fields:
            return  # Word shows none within another field
        text = _symbol(words[1:], reader.look.font or "")
    if ended.hidden:
        reader.ctx.hide([text])
    elif text:
        reader.ctx.found(FindingCode.FIELDS)
        around = reader.look, reader.marks
        if ended.said is not None:
            reader.look, reader.marks = ended.said
        reader.text(" ".join(text.split()))
        reader.look, reader.marks = around
    else:
        reader.ctx.found(FindingCode.FIELDS_LEFT_OUT, ended.instruction)


def _symbol(words: list[str], font: str) -> str:
    """The sign that a SYMBOL field names, empty where it can't be known."""
    if not words:
        return ""
    switches = [word.lower() for word in words[1:]]
    if "\\f" in switches[:-1]:
        font = words[1:][switches.index("\\f") + 1]
    said = words[0]
    try:
        code = int(said, 16 if said.lower().startswith("0x") else 10)
    except ValueError:
        return said if len(said) == 1 else ""
    if font.lower().strip() in FONTS:
        letter, known = symbol(code, font)
        return letter if known else ""
    if "\\j" in switches:
        return ""
    if "\\u" in switches or code < 0x80:
        letter, known = symbol(code, "")
        return letter if known and code < 0x10000 else ""
    if code > 0xFF:
        return ""
    letters = {bytes([code]).decode(page, "replace") for page in CODE_PAGES}
    return letters.pop() if len(letters) == 1 and "\ufffd" not in letters else ""
