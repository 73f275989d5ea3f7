"""Two languages side by side in a Word table, for translators who work in Word: out, and back in.

A row a slot: its number, the source's words, the translation's. Before the slots of a section there is a row
with its heading and, as hidden text, its mark. That is the section's uid and the first digits of both texts'
hashes. What is not text (a link, a note, bold) is ⟦1⟧…⟦/1⟧ or ⟦2⟧. The translator puts it where it belongs.
Hidden text survives in every program that shows tables; a file with visible marks is read too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from docx import Document
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.run import Run

from documents.translation.codes import Piece
from documents.translation.exchange import (
    MOST_ROWS,
    Exchange,
    NotReadable,
    Received,
    ReceivedFile,
    SectionUnits,
)
from documents.word.file import ns
from documents.word.file.guard import DEFAULT_LIMITS, Limits, open_package
from documents.word.file.refusal import Refused

DIGITS = 16
"""How many digits of a hash a section's mark shows."""
_CODE = re.compile(r"⟦(/?)(\d{1,6})⟧")
_MARK = re.compile(r"§ ([0-9a-f-]{36}) ([0-9a-f]{16}|-) ([0-9a-f]{16}|-)")
_FILE = re.compile(r"§§ (\S+) (\S+) (\S+)")
_NUMBER = re.compile(r"(\d+)\.(\S+)")
_GREY = RGBColor(0x4A, 0x55, 0x60)
_WIDTHS = (Cm(2), Cm(12.3), Cm(12.3))


@dataclass(frozen=True)
class Words:
    """What the file says itself, in the language of the translation."""

    source: str
    target: str
    help: str
    done: str = ""
    older: str = ""
    missing: str = ""
    before: str = ""
    """The state of a text, below its number. And the label before the former original."""


def write_bilingual(exchange: Exchange, words: Words) -> bytes:
    """The .docx, A4 landscape."""
    document = Document()
    _page(document)
    document.core_properties.author = ""
    document.core_properties.title = exchange.title
    document.add_heading(exchange.title, 1)
    mark = f" §§ {exchange.original} {exchange.source_tag} {exchange.target_tag}"
    document.add_paragraph(words.help).add_run(mark).font.hidden = True
    table = document.add_table(rows=1, cols=3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("№", words.source, words.target), strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for index, section in enumerate(exchange.sections, 1):
        _write_section(table, index, section, exchange, words)
    _widths(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: WordFile) -> None:
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin = page.right_margin = Cm(1.5)


def _widths(table: Table) -> None:
    table.autofit = False
    # Word goes by the cells, LibreOffice by the grid.
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
    for row in table._tbl.tr_lst:
        cells = row.tc_lst
        for cell, width in zip(cells, _WIDTHS, strict=False):
            if len(cells) == 3:
                cell.width = width


def _write_section(table: Table, index: int, section: SectionUnits, exchange: Exchange, words: Words) -> None:
    head = _across(_new_row(table))
    head.paragraphs[0].add_run(f"{section.label} {section.heading}".strip()).bold = True
    mark = f" § {section.uid} {section.source_hash[:DIGITS] or '-'} {section.target_hash[:DIGITS] or '-'}"
    head.paragraphs[0].add_run(mark).font.hidden = True
    for unit in section.units:
        number, source, target = _new_row(table).cells
        _small(number.paragraphs[0].add_run(f"{index}.{unit.name}"))
        state = (
            words.older if unit.older else words.done if unit.done else "" if unit.target else words.missing
        )
        if state:
            status = number.add_paragraph().add_run(state)
            _small(status)
            status.bold = unit.older
        if unit.name == "h" and section.label:
            # For the eye: the translation has a number of its own, and only its column is read again.
            _small(source.paragraphs[0].add_run(f"{section.label} "))
        _write_words(source, unit.source_pieces, exchange.source_tag)
        if unit.former_words:
            _small(source.add_paragraph().add_run(f"{words.before} {unit.former_words}".strip()))
        _write_words(target, unit.target_pieces, exchange.target_tag)


def _new_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _across(row: _Row) -> _Cell:
    """The new row's one cell, as wide as all three. (python-docx's own merging looks through every row above,
    each time.)"""
    first, *others = row._tr.tc_lst
    for other in others:
        row._tr.remove(other)
    first.grid_span = 3
    first.width = Length(sum(_WIDTHS))
    return row.cells[0]


def _small(run: Run) -> None:
    run.font.size, run.font.color.rgb = Pt(7), _GREY


def _write_words(cell: _Cell, pieces: Sequence[Piece], tag: str) -> None:
    text = "".join(
        piece.text if piece.kind == "text" else f"⟦{'/' if piece.kind == 'close' else ''}{piece.number}⟧"
        for piece in pieces
    )
    run = cell.paragraphs[0].add_run(text)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), tag)
    run._r.get_or_add_rPr().append(language)


def read_bilingual(data: bytes, limits: Limits = DEFAULT_LIMITS) -> ReceivedFile:
    """The returned texts; tracked changes count as made. Raises NotReadable."""
    try:
        package = open_package(data, limits)
        if package.read(package.main).count(b"<w:tr") > MOST_ROWS:
            raise NotReadable("too_big")
        body = package.xml(package.main)
    except Refused as refused:
        raise NotReadable("broken", refused.message_en) from None
    about = next((_FILE.search(_words(p)) for p in body.iter(ns.w("p")) if "§§" in _words(p)), None)
    if about is None:
        raise NotReadable("kind")
    sections = {}
    for uid, source_hash, target_hash, units in _sections(body):
        if uid in sections:
            raise NotReadable("twice", uid)
        sections[uid] = Received(uid, source_hash, target_hash, units)
    if not sections:
        raise NotReadable("kind")
    return ReceivedFile(about[1], about[2], about[3], tuple(sections.values()))


def _sections(body: ns.Element) -> Iterator[tuple[str, str, str, dict[str, Sequence[Piece]]]]:
    found: tuple[str, str, str, dict[str, Sequence[Piece]]] | None = None
    for row in body.iter(ns.w("tr")):
        cells = ["\n".join(_words(p) for p in cell.iter(ns.w("p"))) for cell in row.iterchildren(ns.w("tc"))]
        mark = _MARK.search(" ".join(cells))
        if mark:
            if found:
                yield found
            uid, source_hash, target_hash = (
                value.replace("-", "") if value == "-" else value for value in mark.groups()
            )
            found = (uid, source_hash, target_hash, {})
        elif found and len(cells) >= 3 and (number := _NUMBER.search(cells[0])):
            if number[2] in found[3]:
                raise NotReadable("twice", number[0])
            if cells[2].strip():
                found[3][number[2]] = _pieces(cells[2].strip())
    if found:
        yield found


def _words(paragraph: ns.Element) -> str:
    parts = []
    for node in paragraph.iter(ns.w("t"), ns.w("br"), ns.w("tab"), ns.w("noBreakHyphen")):
        if next(node.iterancestors(ns.w("moveFrom"), ns.w("del")), None) is not None:
            continue
        tag = node.tag
        parts.append(
            node.text or ""
            if tag == ns.w("t")
            else "\n"
            if tag == ns.w("br")
            else "\u2011"
            if tag == ns.w("noBreakHyphen")
            else "\t"
        )
    return "".join(parts)


def _pieces(text: str) -> list[Piece]:
    """The pieces of a cell. A pair's number is that of a mark or a single code: the codes decide which. Here
    a number that is closed later is a pair."""
    closed = {match[2] for match in _CODE.finditer(text) if match[1]}
    pieces, at = [], 0
    for match in _CODE.finditer(text):
        if match.start() > at:
            pieces.append(Piece("text", text=text[at : match.start()]))
        kind: Literal["open", "close", "single"] = "single"
        if match[2] in closed:
            kind = "close" if match[1] else "open"
        pieces.append(Piece(kind, number=int(match[2])))
        at = match.end()
    if at < len(text):
        pieces.append(Piece("text", text=text[at:]))
    return pieces
