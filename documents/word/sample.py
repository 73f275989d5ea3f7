"""Files of the kind that ministries send, made from a section tree: for the demonstration and for tests.

Unlike a file for download, nothing in them is typed that Word can make: headings are numbered by a multilevel
list linked to their styles, articles and annexes by lists of their own, and there are no bookmarks with uids.
A cover page, a table of contents, page heads and feet, footnotes and tables with merged cells stand where a
clerk would put them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.numbering import ANNEX, ARTICLE, number_sections, numbers_of
from documents.text.types import Block, Body, Json
from documents.word.markup import e, field_runs
from documents.word.ns import Element
from documents.word.read.result import Blob
from documents.word.sample_words import PHRASES
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
    """What stands around the text: on the cover, at the head of each page, and the words of the frame."""

    institution: str = ""
    date_line: str = ""
    header: str = ""
    words: Words = field(default_factory=Words)
    blobs: Mapping[str, Blob] = field(default_factory=dict, repr=False)


def ministry_docx(tree: SectionTree, frame: MinistryFrame | None = None) -> bytes:
    """The bytes of a ministry's Word file with that text. Its labels are those of
    :func:`documents.text.numbering.number_sections`, made by Word's numbering, whatever labels the tree has;
    a section without words in its heading has no number, unless it is an article or annex."""
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
        root = base_styles(self.document.tag, numbered_headings=True)
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


def long_tree(sections: int = 150, words: int = 350, language: str = "mk", seed: int = 1) -> SectionTree:
    """A long text for tests (by default a good 100 pages): chapters, sections, lists, tables and notes, the
    same for the same arguments."""
    chance = Random(seed)  # noqa: S311 (no secret)
    phrases = PHRASES.get(language, PHRASES["en"])
    made: list[tuple[int, str, Body]] = []
    for index in range(sections):
        level, kind = (1, "chapter") if index % 10 == 0 else (2 if index % 10 % 3 == 1 else 3, "section")
        blocks: list[Json] = []
        notes: Json = {}
        count = 0
        while count < words:
            text = " ".join(chance.choice(phrases) for _ in range(chance.randint(3, 6)))
            count += len(text.split())
            content: list[Json] = [{"type": "text", "text": text}]
            if chance.random() < 0.2:
                note = f"n{len(notes) + 1}"
                notes[note] = [
                    {"type": "paragraph", "content": [{"type": "text", "text": chance.choice(phrases)}]}
                ]
                content.append({"type": "note", "attrs": {"id": note}})
            blocks.append({"type": "paragraph", "content": content})
            if chance.random() < 0.25:
                blocks.append(_some_list([chance.choice(phrases) for _ in range(4)], chance.random() < 0.5))
            if chance.random() < 0.08:
                blocks.append(_some_table([chance.choice(phrases) for _ in range(7)]))
        heading = chance.choice(phrases).rstrip(".")
        body = {
            "heading": [{"type": "text", "text": f"{heading} {index + 1}"}],
            "blocks": blocks,
            "notes": notes,
        }
        made.append((level, kind, normalise_body(body)))
    labels = number_sections([(level, kind) for level, kind, _ in made], language)
    return SectionTree(
        language,
        phrases[0].rstrip("."),
        tuple(
            Section(
                str(uuid.UUID(int=chance.getrandbits(128), version=4)), level, kind, SectionText(label, body)
            )
            for (level, kind, body), label in zip(made, labels, strict=True)
        ),
    )


def _some_list(texts: list[str], ordered: bool) -> Json:
    items = [
        {
            "type": "item",
            "attrs": {"label": f"{number}." if ordered else "•"},
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
        }
        for number, text in enumerate(texts, 1)
    ]
    return {"type": "list", "attrs": {"ordered": ordered}, "content": items}


def _some_table(texts: list[str]) -> Json:
    def cell(text: str, **attrs: Any) -> Json:
        return {
            "type": "cell",
            "attrs": attrs,
            "content": [{"type": "paragraph", "content": [{"type": "text", "text": text}]}],
        }

    rows = [
        [cell(texts[0], header=True), cell(texts[1], header=True, colspan=2)],
        [cell(texts[2], rowspan=2), cell(texts[3]), cell(texts[4])],
        [cell(texts[5]), cell(texts[6])],
    ]
    return {"type": "table", "content": [{"type": "row", "content": row} for row in rows]}
