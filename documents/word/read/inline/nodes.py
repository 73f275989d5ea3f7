"""How each element in a paragraph is read: text, tabs, breaks, symbols, fields, links, notes, pictures,
tracked changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from lxml import etree

from documents.text.inline_schema import OVERRIDE, turns
from documents.text.types import Mark, MarkType
from documents.word.body.paragraph_marks import DELETED, INSERTED
from documents.word.definitions.symbols import FONTS, symbol
from documents.word.file import ns
from documents.word.file.ns import Element, w
from documents.word.read.context import Field
from documents.word.read.inline import fields
from documents.word.read.inline.drawings import SYMBOL_EX, choose, read_drawing, read_pict
from documents.word.read.inline.formulas import HIGH, LOW, linear, plain, unseen
from documents.word.read.inline.reader import Handler, InlineReader, T
from documents.word.read.report import FindingCode

BUTTONS = frozenset({"MACROBUTTON", "GOTOBUTTON"})
BUTTON = re.compile(r'\s*\w+\s+(?:"[^"]*"|\S+)\s(?P<shown>.*?)(?:\\\*\s*\w+\s*)*\Z', re.DOTALL)
SPACE = f"{{{ns.XML}}}space"
MATH_TEXTS = (f"{{{ns.M}}}t", T)


def _text(reader: InlineReader, node: Element) -> None:
    reader.ctx.seen.add(node)
    if reader.note_mark:
        reader.ctx.found(FindingCode.NOTE_MARKS)
        return
    text = _with_blanks(reader, node, node.text or "")
    if "\n" in text or "\r" in text:
        text = text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    if turns(text):
        text = OVERRIDE.sub("", text)
        if reader.shown and not reader.look.hidden:
            reader.ctx.found(FindingCode.LETTERS_TURNED)
    font = reader.look.font
    if font and font.lower() in FONTS:
        text = "".join(_of_font(letter, font) for letter in text)
    reader.text(text)


def _with_blanks(reader: InlineReader, node: Element, text: str) -> str:
    """The text without blanks around it, unless the file says that these count."""
    bare = text.strip(" \t\r\n")
    if len(bare) == len(text):
        return text
    space = node.get(SPACE)
    return text if space == "preserve" or (space is None and reader.ctx.preserve) else bare


def _of_font(letter: str, font: str) -> str:
    # A blank stays one: Word writes the signs of a font as private codes, and a blank that does not break as
    # itself.
    found, known = ("", False) if letter.isspace() else symbol(ord(letter), font)
    return found if known else letter


def _break(reader: InlineReader, node: Element) -> None:
    kind = node.get(w("type"))
    if kind in ("page", "column"):
        reader.breaks_page = reader.breaks_page or kind == "page"
        reader.parted = bool(reader.out)
        return
    reader.node({"type": "break"})


def _symbol(reader: InlineReader, node: Element) -> None:
    try:
        code = int(_own(node, "char"), 16)
    except ValueError:
        return
    letter, known = symbol(code, _own(node, "font"))
    if not known:
        reader.ctx.found(FindingCode.SYMBOLS)
    reader.text(letter)


def _own(node: Element, name: str) -> str:
    """An attribute of the namespace of its element."""
    return node.get(f"{{{etree.QName(node).namespace}}}{name}") or ""


def _show_without_result(reader: InlineReader, ended: Field) -> None:
    """Reads what Word shows of a field that has just ended, if a file stores no result for it. Word makes it
    from the instruction (ECMA-376, part 1, 17.16.5): the words of a button, a symbol. Automatic numbers and
    formulas are reported."""
    names = fields.field_words(ended.instruction)
    name = names[0].upper() if names else ""
    if name not in fields.NO_RESULT or not reader.shown or reader.look.hidden:
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
        text = _symbol_of_field(names[1:], reader.look.font or "")
    if ended.hidden:
        reader.ctx.hide([text])
    elif text:
        reader.ctx.found(FindingCode.FIELDS)
        around = reader.look, reader.marks
        if ended.instruction_look is not None:
            reader.look, reader.marks = ended.instruction_look
        reader.text(" ".join(text.split()))
        reader.look, reader.marks = around
    else:
        reader.ctx.found(FindingCode.FIELDS_LEFT_OUT, ended.instruction)


def _symbol_of_field(names: list[str], font: str) -> str:
    """The sign that a SYMBOL field names: of a font of symbols or of ASCII; else empty."""
    switches = [name.lower() for name in names]
    if "\\f" in switches[:-1]:
        font = names[switches.index("\\f") + 1]
    try:
        code = int(names[0], 0)
    except (IndexError, ValueError):
        return names[0] if names and len(names[0]) == 1 else ""
    letter, known = symbol(code, font if font.lower().strip() in FONTS else "")
    plain_code = (code < 0x80 and "\\j" not in switches) or "\\u" in switches or font.lower().strip() in FONTS
    return letter if known and plain_code else ""


def _field_char(reader: InlineReader, node: Element, *, deleted: bool = False) -> None:
    kind = node.get(w("fldCharType"))
    opened = reader.ctx.fields
    if kind == "begin":
        if node in reader.ctx.lone_fields:
            return
        opened.append(Field())
        box = fields.form_field(node)
        if box:
            top = opened.pop()
            reader.text(box)
            opened.append(top)
            top.result = True
    elif kind == "separate" and opened:
        fields.begin_result(reader.ctx, opened[-1])
    elif kind == "end" and opened:
        ended = opened.pop()
        if not ended.shown:
            # With no result begun, all up to here is instruction.
            reader.ctx.hide([text for text in ended.passed if text.strip()])
            fields.begin_result(reader.ctx, ended)
        reader.contents = reader.contents or ended.contents
        if not deleted:
            _show_without_result(reader, ended)


def _instruction(reader: InlineReader, node: Element) -> None:
    if reader.ctx.fields and not reader.ctx.fields[-1].shown:
        opened = reader.ctx.fields[-1]
        opened.instruction += node.text or ""
        opened.hidden = opened.hidden or bool(reader.look.hidden)
        opened.instruction_look = reader.look, reader.marks


def _simple_field(reader: InlineReader, node: Element) -> None:
    opened = Field(instruction=node.get(w("instr")) or "")
    fields.begin_result(reader.ctx, opened)
    reader.ctx.fields.append(opened)
    reader.read(node)
    if opened in reader.ctx.fields:
        del reader.ctx.fields[reader.ctx.fields.index(opened) :]
    reader.contents = reader.contents or opened.contents
    _show_without_result(reader, opened)


def _hyperlink(reader: InlineReader, node: Element) -> None:
    rel = reader.ctx.rel(node.get(f"{{{ns.R}}}id"))
    anchor = node.get(w("anchor"))
    mark: Mark | None = None
    if not reader.shown:
        pass
    elif rel is not None:
        href = rel.target if rel.external else f"part:{rel.target}"
        mark = fields.link(reader.ctx, href + (f"#{anchor}" if anchor and "#" not in href else ""))
    elif anchor:
        mark = fields.xref(anchor)
    before = reader.link
    reader.link = (mark,) if mark else ()
    reader.read(node)
    reader.link = before


def _alternate(reader: InlineReader, node: Element) -> None:
    reader.read(choose(reader.ctx, node))


def _content_control(reader: InlineReader, node: Element) -> None:
    reader.ctx.found(FindingCode.CONTENT_CONTROLS)
    content = node.find(w("sdtContent"))
    if content is not None:
        reader.read(content)


def _math(reader: InlineReader, node: Element) -> None:
    ctx = reader.ctx
    ctx.left_out.add(node)
    deleted = _texts_in(node.iter(w("del"), w("moveFrom")))
    if deleted:
        ctx.found(FindingCode.TRACKED_DELETED)
    runs = (run for run in node.iter(f"{{{ns.M}}}r", w("r")) if reader.hides(run))
    hidden = _texts_in((*runs, *unseen(node))) - deleted
    if hidden:
        ctx.found(FindingCode.HIDDEN_TEXT)
        if ctx.extras is not None:
            ctx.extras.hidden += [t.text or "" for t in node.iter(*MATH_TEXTS) if t in hidden]
    pieces = linear(node, deleted | hidden)
    if pieces:
        ctx.found(FindingCode.FORMULAS, plain(pieces))
    marks = reader.marks
    for text, where in pieces:
        rest = [mark for mark in marks if mark["type"] not in (HIGH, LOW)]
        reader.marks = [*rest, {"type": cast(MarkType, where)}] if where else marks
        reader.text(text)
    reader.marks = marks


def _texts_in(parts: Iterable[Element]) -> set[Element]:
    return {text for part in parts for text in part.iter(*MATH_TEXTS)}


def _ruby(reader: InlineReader, node: Element) -> None:
    if reader.look.hidden:
        # Its runs have looks of their own; what is hidden around them is hidden.
        reader.ctx.hide([ns.words(node)])
        reader.ctx.left_out.add(node)
        return
    for name in ("rubyBase", "rt"):
        part = node.find(w(name))
        if part is not None:
            reader.read(part)


def _inserted(reader: InlineReader, node: Element) -> None:
    reader.ctx.found(FindingCode.TRACKED_INSERTED)
    reader.read(node)


def _turned(reader: InlineReader, node: Element) -> None:
    if reader.shown and ns.words(node):
        reader.ctx.found(FindingCode.LETTERS_TURNED)
    reader.read(node)


def _deleted(reader: InlineReader, node: Element) -> None:
    reader.ctx.found(FindingCode.TRACKED_DELETED)
    reader.ctx.left_out.add(node)
    # A field may begin or end in what was deleted; its signs must still be counted.
    for char in node.iter(w("fldChar")):
        _field_char(reader, char, deleted=True)


def _bookmark(reader: InlineReader, node: Element) -> None:
    name = node.get(w("name"))
    if name:
        reader.bookmarks.append(name)


HANDLERS: dict[str, Handler] = {
    w("r"): InlineReader.run,
    w("t"): _text,
    w("tab"): lambda reader, node: reader.text("\t"),
    w("ptab"): lambda reader, node: reader.text("\t"),
    w("br"): _break,
    w("cr"): lambda reader, node: reader.node({"type": "break"}),
    w("noBreakHyphen"): lambda reader, node: reader.text("\u2011"),
    w("softHyphen"): lambda reader, node: reader.text("\u00ad"),
    w("sym"): _symbol,
    SYMBOL_EX: _symbol,
    w("fldChar"): _field_char,
    w("instrText"): _instruction,
    w("fldSimple"): _simple_field,
    w("hyperlink"): _hyperlink,
    w("drawing"): read_drawing,
    w("pict"): read_pict,
    w("object"): read_pict,
    f"{{{ns.MC}}}AlternateContent": _alternate,
    w("sdt"): _content_control,
    w("smartTag"): InlineReader.read,
    w("customXml"): InlineReader.read,
    w("dir"): InlineReader.read,
    w("bdo"): _turned,
    **dict.fromkeys(INSERTED, _inserted),
    **dict.fromkeys(DELETED, _deleted),
    w("ruby"): _ruby,
    w("bookmarkStart"): _bookmark,
    f"{{{ns.M}}}oMath": _math,
    f"{{{ns.M}}}oMathPara": _math,
}
"""By its name, how an element in a paragraph is read. Tables and notes are entered by read.py: they hold
paragraphs."""


class ParagraphReader(InlineReader):
    """The reader of all that may be in a paragraph."""

    handlers = HANDLERS
