"""What a redline marks otherwise so that LibreOffice reads the same as Word. What LibreOffice makes of it was looked at once; here
it is that the marks stand so, and that accepted and refused the texts are as meant."""

from __future__ import annotations

import pytest

from documents.docx import ns
from documents.docx.file.guard import open_package
from documents.docx.redline import redline
from tests.documents.docx.build import word_file
from tests.documents.docx.test_redline import both, count, lines, p, root_of

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
    '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lower"><w:name w:val="lower"/><w:basedOn w:val="Heading1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="plain"/></w:style>'
)
BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
CONTENTS = p(BEGIN + "<w:r><w:t>Цели</w:t></w:r>") + p("Мерки")


def styled(words: str, style: str = "Heading1", more: str = "") -> str:
    return p(words, ppr=f'<w:pStyle w:val="{style}"/>{more}')


def made(old: str, new: str) -> bytes:
    files = (open_package(word_file(body, styles=STYLES)) for body in (old, new))
    return redline(*files)


def breaks(data: bytes) -> list[str]:
    """By paragraph, whether its end is inserted or deleted."""
    marked = (paragraph.find(f"{ns.w('pPr')}/{ns.w('rPr')}") for paragraph in root_of(data).iter(ns.w("p")))
    return ["".join(node.tag[-3:] for node in look) if look is not None else "" for look in marked]


@pytest.mark.parametrize("more", ["", p("И нов став под него.")])
def test_a_heading_that_comes_or_goes_at_the_end_of_the_contents_takes_the_end_before_it(more: str) -> None:
    rest = p(END + "<w:r><w:t>Цели на стратегијата</w:t></w:r>", ppr='<w:pStyle w:val="Heading1"/>') + p(
        "Текст."
    )
    short, long = CONTENTS + rest, CONTENTS + styled("Содржина") + more + rest
    for old, new, mark in ((short, long, "ins"), (long, short, "del")):
        data = made(old, new)
        assert both(data) == (lines(word_file(new)), lines(word_file(old)))
        told = breaks(data)
        assert told[1] == mark and not any(told[-2:])


@pytest.mark.parametrize(("style", "changed"), [("Heading1", True), ("Lower", True), ("Plain", False)])
def test_words_of_a_paragraph_numbered_by_its_style_change_to_its_end_where_its_look_changes(
    style: str, changed: bool
) -> None:
    old = styled("Рокот за одлука е кус", style) + p("Текст.")
    new = styled("Рокот за решение е кус", style, '<w:jc w:val="center"/>') + p("Текст.")
    data = made(old, new)
    assert both(data) == (lines(word_file(new)), lines(word_file(old)))
    last = next(root_of(data).iter(ns.w("p")))[-1]
    assert (last.tag in (ns.w("ins"), ns.w("del"))) == changed
    # Where the look stays, the words alone change.
    same = made(old, old.replace("одлука", "решение"))
    assert next(root_of(same).iter(ns.w("p")))[-1].tag == ns.w("r") and count(same, "ins", "del") == 2
