"""What several test files of documents/word begin with: own."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from documents.text import SectionText, SectionTree, normalise_body
from documents.word.file.guard import open_package
from documents.word.read.read import read_package
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import HEADINGS, bare, parts_of, word_file

FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12 May</w:t></w:r><w:r><w:fldChar '
    'w:fldCharType="end"/></w:r>'
)


BODY = (
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Aims</w:t></w:r></w:p>'
    '<w:p w:rsidR="00AB12CD"  ><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t xml:space="preserve">Red '
    "words stay </w:t></w:r>"
    f'<w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>{FIELD}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    "<w:p   ><w:r><w:t>Not touched, with odd   spacing in its tags.</w:t></w:r></w:p>"
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Steps</w:t></w:r></w:p>'
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId '
    'w:val="1"/></w:numPr></w:pPr><w:r><w:t>first</w:t></w:r></w:p>'
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId '
    'w:val="1"/></w:numPr></w:pPr><w:r><w:t>second</w:t></w:r></w:p>'
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
)


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


FOOTNOTES = '<w:footnote w:id="2"><w:p><w:r><w:t>The law of 2019.</w:t></w:r></w:p></w:footnote>'


SOURCE = word_file(BODY, styles=HEADINGS, numbering=NUMBERING, footnotes=FOOTNOTES)


def read(data: bytes) -> SectionTree:
    return read_package(open_package(data)).tree


def document(data: bytes) -> bytes:
    return parts_of(data)["word/document.xml"]


def change(tree: SectionTree, place: int, edit: Any) -> SectionTree:
    """The tree with the body of one section changed by ``edit``, as a save leaves it: without the mark of
    Word's XML."""
    section = tree.sections[place]
    body = copy.deepcopy(section.text.body)
    before = copy.deepcopy(body["blocks"])
    edit(body)
    for block in body["blocks"]:
        if block not in before:
            block.get("attrs", {}).pop("ooxml", None)
    sections = list(tree.sections)
    sections[place] = replace(section, text=SectionText(section.text.label, normalise_body(body)))
    return replace(tree, sections=tuple(sections))


def own(tree: SectionTree, source: bytes = SOURCE, uids: list[str] | None = None) -> bytes:
    return write_own_file(source, tree, uids or [section.uid for section in tree])


def same(data: bytes, tree: SectionTree) -> None:
    """Sections in order, with uid, label, heading and every block."""
    again = read(data)
    assert [s.uid for s in again] == [s.uid for s in tree]
    for one, other in zip(tree, again, strict=True):
        assert (one.level, one.kind, one.text.label) == (other.level, other.kind, other.text.label)
        assert bare(one.text.body) == bare(other.text.body)
