"""Files of the kind that ministries send, made from a section tree for the demonstration.

Unlike in a file for download, nothing in them is typed that Word can make. Headings are numbered by a
multilevel list linked to their styles, articles and annexes by lists of their own. There are no bookmarks
with uids. A cover page, a table of contents, page heads and feet, footnotes and tables with merged cells have
their usual places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from documents.text import Section, SectionTree
from documents.text.numbering import ANNEX, ARTICLE, numbers_of
from documents.text.types import Block, Json
from documents.word.file.markup import e, field_runs
from documents.word.file.ns import VAL, Element, w
from documents.word.read.result import Blob
from documents.word.write.blocks import BlockWriter
from documents.word.write.document_file import DocumentFile, Words
from documents.word.write.inlines import text_run, write_inlines
from documents.word.write.lists import TYPED, ListNumbers, Rule, find_rule
from documents.word.write.styles import base_styles, paragraph_style, spacing
from documents.word.write.write import Writer, styled

HEADINGS, ARTICLES, ANNEXES = 1, 2, 3
CYRILLIC = frozenset({"mk", "sr"})


@dataclass(frozen=True)
class MinistryFrame:
    """What is around the text: on the cover, at the head of each page, and the words of the frame."""

    institution: str = ""
    date_line: str = ""
    header: str = ""
    words: Words = field(default_factory=Words)
    blobs: Mapping[str, Blob] = field(default_factory=dict, repr=False)


def ministry_docx(tree: SectionTree, frame: MinistryFrame | None = None) -> bytes:
    """The bytes of a ministry's Word file with that text. Its labels are those of
    :func:`documents.text.numbering.number_sections`, made by Word's numbering, whatever labels the tree has.
    A section without a heading has no number, unless it is an article or annex."""
    frame = frame or MinistryFrame()
    document = DocumentFile(
        tree, classification=frame.header or frame.institution, blobs=frame.blobs, words=frame.words
    )
    return _MinistryWriter(document, frame).write()


@dataclass(frozen=True)
class _MinistryBlocks(BlockWriter):
    """Blocks as a clerk makes them: steps and callouts are plain tables."""

    def rule(self, labels: Sequence[str], ordered: bool) -> Rule:
        found = find_rule(labels, ordered)
        return Rule("decimal", after=".") if found is TYPED else found

    def _step(self, block: Block) -> list[Element]:
        attrs = block.get("attrs") or {}

        def cell(text: str, *marks: Json, **attributes: int) -> Json:
            node = {"type": "text", "text": text} | ({"marks": list(marks)} if marks else {})
            return {
                "type": "cell",
                "attrs": attributes,
                "content": [{"type": "paragraph", "content": [node]}],
            }

        bold = {"type": "bold"}
        rows: list[Json] = []
        if attrs.get("title"):
            rows.append({"type": "row", "content": [cell(attrs["title"], bold, colspan=2)]})
        for word, text in ((self.words.who, attrs.get("who")), (self.words.limit, attrs.get("limit"))):
            if text:
                rows.append({"type": "row", "content": [cell(word), cell(text)]})
        content = block.get("content") or []
        rows.append(
            {"type": "row", "content": [{"type": "cell", "attrs": {"colspan": 2}, "content": content}]}
        )
        return self._table({"type": "table", "content": rows})

    def _callout(self, block: Block) -> list[Element]:
        cell = {"type": "cell", "content": block.get("content") or []}
        return self._table({"type": "table", "content": [{"type": "row", "content": [cell]}]})

    def _opaque(self, block: Block) -> list[Element]:
        text = (block.get("attrs") or {}).get("text", "")
        return [self.paragraph([text_run(line)]) for line in text.split("\n")]


class _MinistryWriter(Writer):
    def __init__(self, document: DocumentFile, frame: MinistryFrame) -> None:
        super().__init__(document)
        self.frame = frame
        self.numbers = ListNumbers(first_num=10)
        self.sink = replace(self.sink, anchor=reference_name)
        self.note_sink = replace(self.note_sink, anchor=reference_name)
        self.blocks = _MinistryBlocks(self.sink, self.numbers, document.words)
        outline = [(s.level, s.kind, bool(s.text.body.get("heading"))) for s in document.tree]
        labels = numbers_of(outline, document.tree.language)
        self.labels = {s.uid: label for s, label in zip(document.tree, labels, strict=True) if label}
        self.in_annex = False

    def styles(self) -> Element:
        root = base_styles(self.document.tag)
        for properties in root.iterfind(f"{w('style')}/{w('pPr')}"):
            level = properties.find(w("outlineLvl"))
            if level is not None:
                properties.insert(2, e("numPr", e("ilvl", val=level.get(VAL) or 0), e("numId", val=HEADINGS)))
        bold = [e("b"), e("sz", val=24)]
        numbered = {"Article": ARTICLES, "Annex": ANNEXES}
        for style_id, num in numbered.items():
            ppr = [
                e("keepNext"),
                e("numPr", e("ilvl", val=0), e("numId", val=num)),
                spacing(280, 120),
                e("jc", val="center" if num == ARTICLES else "left"),
                e("outlineLvl", val=0),
            ]
            root.append(paragraph_style(style_id, style_id, after="Normal", ppr=ppr, rpr=bold))
        centred = [e("keepNext"), spacing(200, 200), e("jc", val="center")]
        root.append(paragraph_style("Cover", "Cover", ppr=centred, rpr=[e("sz", val=26)]))
        return root

    def numbering(self) -> Element:
        language = self.document.tree.language
        letters = "russianUpper" if language in CYRILLIC else "upperLetter"
        outline = [("decimal", ".".join(f"%{n}" for n in range(1, level + 1))) for level in range(1, 10)]
        article = [("decimal", f"{ARTICLE.get(language, 'Article')} %1")]
        annex = [
            (letters, f"{ANNEX.get(language, 'Annex')} %1"),
            *(("decimal", text) for _, text in outline[1:]),
        ]
        lists = (
            (HEADINGS, outline, [f"Heading{n}" for n in range(1, 10)]),
            (ARTICLES, article, ["Article"]),
            (ANNEXES, annex, ["Annex"]),
        )
        own = [_multilevel(number, levels, styles) for number, levels, styles in lists]
        nums = [e("num", e("abstractNumId", val=number), numId=number) for number, _, _ in lists]
        return self.numbers.xml(own, nums)

    def front(self) -> list[Element]:
        lines = [self.frame.institution] if self.frame.institution else []
        made = [styled("Cover", text_run(line)) for line in lines]
        made.append(styled("Title", text_run(self.document.shown_title)))
        if self.frame.date_line:
            made.append(styled("Cover", text_run(self.frame.date_line)))
        made.append(e("p", e("r", e("br", type="page"))))
        made.append(styled("KodeksContents", text_run(self.document.words.contents)))
        made.extend(self._contents_lines())
        made.append(e("p", e("r", e("br", type="page"))))
        return made

    def _contents_lines(self) -> list[Element]:
        """A table of contents without a content control around it, as older Words made them."""
        lines, words = [], 0
        for section in self.document.tree:
            if section.level <= 3 and section.uid in self.labels:
                entry = f"{self.labels[section.uid]}  {section.text.heading}\t{3 + words // 350}"
                lines.append(styled(f"TOC{section.level}", text_run(entry)))
            words += len(section.text.plain.split())
        if not lines:
            return []
        runs = field_runs('TOC \\o "1-3" \\h \\z \\u')
        for run in reversed(runs[:-1]):
            lines[0].insert(1, run)
        return [*lines, e("p", runs[-1])]

    def section_elements(self, section: Section) -> list[Element]:
        if section.level == 1:
            self.in_annex = section.kind == "annex"
        blocks = self.blocks.write(section.text.body.get("blocks") or [])
        heading = section.text.body.get("heading") or []
        if section.uid not in self.labels:
            return blocks
        ppr = e("pPr")
        if section.kind == "article":
            ppr.append(e("pStyle", val="Article"))
            ppr.append(e("outlineLvl", val=min(section.level, 9) - 1))
        elif self.in_annex and section.level == 1:
            ppr.append(e("pStyle", val="Annex"))
        else:
            ppr.append(e("pStyle", val=f"Heading{min(section.level, 9)}"))
            if self.in_annex:
                ppr.append(e("numPr", e("ilvl", val=min(section.level, 9) - 1), e("numId", val=ANNEXES)))
        start, end, *_ = self.bookmarks_of(section)
        start.set(f"{{{start.nsmap['w']}}}name", reference_name(section.uid))
        return [e("p", ppr, start, *write_inlines(self.sink, heading), end), *blocks]


def reference_name(uid: str) -> str:
    """A bookmark's name such as Word gives for a cross-reference."""
    return f"_Ref{int(uid.replace('-', '')[:12], 16) % 10**9:09d}"


def _multilevel(number: int, levels: Sequence[tuple[str, str]], styles: Sequence[str]) -> Element:
    made = e(
        "abstractNum",
        e("nsid", val=f"{0x4D000000 + number:08X}"),
        e("multiLevelType", val="multilevel"),
        e("tmpl", val=f"{0x4E000000 + number:08X}"),
        abstractNumId=number,
    )
    for index, (fmt, text) in enumerate(levels):
        made.append(
            e(
                "lvl",
                e("start", val=1),
                e("numFmt", val=fmt),
                e("pStyle", val=styles[index]) if index < len(styles) else None,
                e("suff", val="space") if "%1" in text and not text.startswith("%") else None,
                e("lvlText", val=text),
                e("lvlJc", val="left"),
                e("pPr", e("ind", left=0, firstLine=0)),
                ilvl=index,
            )
        )
    return made
