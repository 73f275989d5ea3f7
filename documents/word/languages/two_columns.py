"""Makes a .docx in two languages. It is a table of two columns, section by section, with the state of its
text at each.

Where a section has the same kinds of blocks in both languages, each block is next to its own. Else the two
texts of the section begin at the same height. Headings of the first language make the contents and the
outline. The notes of both are below the page. The rest is as :mod:`documents.word.write.write` does it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from documents.text import Section
from documents.text.types import Block
from documents.word.file.markup import e, ensured
from documents.word.file.ns import VAL, Element, w
from documents.word.write.blocks import BlockWriter
from documents.word.write.document_file import DocumentFile
from documents.word.write.inlines import label_run, text_run, write_inlines
from documents.word.write.styles import HEADING_LEVELS, base_styles, paragraph_style, spacing
from documents.word.write.write import Writer, styled

WIDTH = 9638
"""The width of a page's text, in twentieths of a point."""
LEFT = WIDTH // 2
RULE = "B8C4D2"
EMU_PER_TWIP = 635


def write_two_columns(
    left: DocumentFile, right: DocumentFile, states: tuple[Mapping[str, str], Mapping[str, str]]
) -> bytes:
    """The bytes of the file. ``states``: for each side, by uid, the state of a section's text ("older than
    the original"). Both documents are of the same edition; the sections are those of ``left``."""
    return TwoColumns(left, right, states).write()


class TwoColumns(Writer):
    """Writes ``left`` as its document, with ``right`` next to it."""

    def __init__(
        self,
        left: DocumentFile,
        right: DocumentFile,
        states: tuple[Mapping[str, str], Mapping[str, str]],
    ) -> None:
        notices = dict.fromkeys(filter(None, (left.notice, right.notice)))
        super().__init__(replace(left, notice=" · ".join(notices), blobs={**right.blobs, **left.blobs}))
        self.left, self.right, self.states = left, right, states
        self.sink.widest = (LEFT - 300) * EMU_PER_TWIP
        self.second = BlockWriter(self.sink, self.numbers, right.words, width=LEFT - 300)
        self.blocks = replace(self.blocks, width=LEFT - 300)
        self.rows = self._table()

    def styles(self) -> Element:
        root = base_styles(self.document.tag)
        # A title that fills a page's width is too tall for half of it.
        for size in root.iterfind(f"{w('style')}[@{w('styleId')}='Title']/{w('rPr')}/*"):
            if size.tag in (w("sz"), w("szCs")):
                size.set(VAL, "32")
        for level in range(1, HEADING_LEVELS + 1):
            ppr = [e("outlineLvl", val=9)]
            root.append(
                paragraph_style(
                    f"KodeksBeside{level}",
                    f"Heading beside {level}",
                    based=f"Heading{level}",
                    after="Normal",
                    ppr=ppr,
                    rpr=[],
                )
            )
        root.append(
            paragraph_style(
                "KodeksState",
                "State of the text",
                ppr=[e("keepNext"), spacing(0, 100, 240)],
                rpr=[e("i"), e("color", val="595959"), e("sz", val=18)],
            )
        )
        return root

    def front(self) -> list[Element]:
        """Titles and facts side by side, then the contents."""
        sides = []
        for document in (self.left, self.right):
            made = [styled("Title", text_run(document.shown_title))] if document.shown_title else []
            lines = [line for line in (document.classification, *document.meta, *document.remarks) if line]
            sides.append(made + [styled("KodeksMeta", text_run(line)) for line in lines])
        facts = [
            styled("KodeksMeta", text_run(f"{word}: {value}"))
            for word, value in (
                (self.left.words.hash, self.left.edition_hash),
                (self.left.words.address, self.left.address),
            )
            if value
        ]
        return [self._table(self._row(*sides)), *facts, *self._contents(), styled("Normal"), self.rows]

    def section_elements(self, section: Section) -> list[Element]:
        """Puts the section's rows into the table; it adds nothing outside of it."""
        marks = self.bookmarks_of(section)
        other = self.right.tree.by_uid.get(section.uid)
        first = self._heading(section, f"Heading{min(section.level, 9)}", self.states[0], marks)
        second = (
            self._heading(other, f"KodeksBeside{min(section.level, 9)}", self.states[1], ()) if other else []
        )
        self.rows.append(self._row(first, second, begins=True))
        mine, theirs = _blocks(section), _blocks(other) if other else []
        if [block["type"] for block in mine] == [block["type"] for block in theirs]:
            pairs = [([a], [b]) for a, b in zip(mine, theirs, strict=True)]
        else:
            pairs = [(mine, theirs)]
        for ours, others in pairs:
            self.section = section
            left = self.blocks.cell(ours)
            self.section = other or section
            self.rows.append(self._row(left, self.second.cell(others)))
        return []

    def _heading(
        self, section: Section, style: str, states: Mapping[str, str], marks: Sequence[Element]
    ) -> list[Element]:
        self.section = section
        runs = write_inlines(self.sink, section.text.body.get("heading") or [])
        if section.text.label:
            runs.insert(0, label_run(section.text.label))
        made = [styled(style if runs else "Normal", *marks, *runs)]
        if states.get(section.uid):
            made.append(styled("KodeksState", text_run(states[section.uid])))
        return made

    def _table(self, *rows: Element) -> Element:
        names = [_named(document) for document in (self.left, self.right)]
        head = self._row(*([styled("KodeksState", text_run(name))] for name in names))
        head.insert(0, e("trPr", e("cantSplit"), e("tblHeader")))
        return e(
            "tbl",
            e(
                "tblPr",
                e("tblW", w=WIDTH, type="dxa"),
                e("tblBorders", e("insideV", val="single", sz=4, space=0, color=RULE)),
                e("tblLayout", type="fixed"),
                e("tblCellMar", e("left", w=100, type="dxa"), e("right", w=100, type="dxa")),
                e("tblLook", val="0000"),
            ),
            e("tblGrid", e("gridCol", w=LEFT), e("gridCol", w=WIDTH - LEFT)),
            head,
            *rows,
        )

    def _row(self, left: Sequence[Element], right: Sequence[Element], *, begins: bool = False) -> Element:
        for element in right:
            _speak(element, self.right.tag)
        cells = []
        for content, width in ((left, LEFT), (right, WIDTH - LEFT)):
            line = e("tcBorders", e("top", val="single", sz=4, space=0, color=RULE)) if begins else None
            inner = list(content) or [e("p")]
            if inner[-1].tag != w("p"):
                inner.append(e("p"))
            cells.append(e("tc", e("tcPr", e("tcW", w=width, type="dxa"), line), *inner))
        return e("tr", e("trPr", e("cantSplit")) if begins else None, *cells)


def _blocks(section: Section) -> list[Block]:
    return list(section.text.body.get("blocks") or [])


def _named(document: DocumentFile) -> str:
    return document.language_name or document.tag


def _speak(element: Element, tag: str) -> None:
    """Marks the language of every run. A screen reader then changes its voice, a spelling check its words."""
    for run in element.iter(w("r")):
        properties = ensured(run, "rPr")
        if properties.find(w("lang")) is None:
            language = e("lang")
            language.set(VAL, tag)
            properties.append(language)
