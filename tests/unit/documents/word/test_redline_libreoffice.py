"""What a redline marks otherwise so that LibreOffice reads the same as Word. What LibreOffice makes of it was
looked at once; here it is that the marks stand so, and that accepted and refused the texts are as meant."""

from __future__ import annotations

import pytest
from lxml import etree

from documents.word import ns
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from tests.support.documents.word.build import word_file
from tests.support.documents.word.redline import both, count, lines, p, root_of, table

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId '
    'w:val="1"/></w:numPr>'
    '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lower"><w:name w:val="lower"/><w:basedOn '
    'w:val="Heading1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Plain"><w:name w:val="plain"/></w:style>'
)
BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC </w:instrText></w:r><w:r><w:fldChar '
    'w:fldCharType="separate"/></w:r>'
)
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


STEP, OTHER = (table([f"Чекор {n}", f"Службеникот {n} разговара со лицето"]) for n in (1, 2))


def looks(data: bytes) -> list[tuple[str, str, bool]]:
    """By paragraph of the body: the mark of its end, its style, and whether its look changed."""
    found = []
    for paragraph in next(root_of(data).iter(ns.w("body"))).iterchildren(ns.w("p")):
        look = ns.child(paragraph, "pPr")
        end = ns.child(look, "rPr")
        mark = etree.QName(end[0]).localname if end is not None and len(end) else ""
        found.append((mark, ns.val(look, "pStyle") or "", ns.child(look, "pPrChange") is not None))
    return found


@pytest.mark.parametrize("comes", [False, True])
def test_what_libreoffice_leaves_between_tables_has_no_number(comes: bool) -> None:
    """It can't take out the last paragraph before a table where no paragraph stands before it."""
    whole = (
        styled("Помош") + p("Заштита.") + STEP + styled("Враќање") + p("Крај.") + OTHER + styled("Следење")
    )
    short = styled("Помош") + p("Заштита.") + STEP + styled("Следење")
    old, new = (short, whole) if comes else (whole, short)
    data = made(old, new)
    assert both(data) == (lines(word_file(new)), lines(word_file(old)))
    mark = "ins" if comes else "del"
    assert looks(data)[2:4] == [(mark, "Heading1" if comes else "", True), (mark, "", False)]
    assert [look for _, _, look in looks(data)].count(True) == 1
    # Where a paragraph stands before it, it can, and nothing but the marks is written.
    data = made(*(body.replace(STEP, STEP + p("Меѓу нив.")) for body in (old, new)))
    assert not any(changed for _, _, changed in looks(data))


def test_a_heading_between_tables_that_is_another_one_is_one_that_changed() -> None:
    old = styled("Помош") + STEP + styled("Прв контакт") + OTHER
    new = old.replace("Прв контакт", "Разговор насамо")
    data = made(old + p("Крај."), new + p("Крај."))
    assert both(data) == (lines(word_file(new + p("Крај."))), lines(word_file(old + p("Крај."))))
    assert [mark for mark, _, _ in looks(data)] == ["", "", ""] and count(data, "ins", "del") == 2
    # With a table that goes before it too.
    data = made(styled("Помош") + STEP + STEP.replace("1", "3") + styled("Прв контакт") + OTHER, new)
    assert looks(data)[1][:2] == ("", "Heading1")


def test_of_the_empty_paragraphs_around_a_chapter_that_goes_the_one_behind_a_table_stays() -> None:
    kept = styled("Помош") + p("Заштита.") + STEP + p()
    old = kept + styled("Враќање") + p("Крај.") + OTHER + p() + styled("Следење")
    new = kept + styled("Следење")
    data = made(old, new)
    assert both(data) == (lines(word_file(new)), lines(word_file(old)))
    # The end before goes with each: that of the empty one too, which stays by having none of its own.
    assert [mark for mark, _, _ in looks(data)] == ["", "", "del", "del", "", "del", ""]
    assert looks(data)[3] == ("del", "", True)


def test_what_moves_together_moves_with_its_title_its_tables_and_short_lines() -> None:
    chapter = styled("Помош") + p("Заштитата се дава од првиот знак.") + STEP + p() + p("Тоа е сѐ.")
    link = p('<w:hyperlink w:anchor="a"><w:r><w:t>Види го прилогот на крајот</w:t></w:r></w:hyperlink>')
    others = "".join(p(f"Став {n} за работата на комисијата во таа година.") for n in range(9))
    first, last = styled("Вовед") + p("Оваа постапка важи за сите."), styled("Следење") + p("Крај.")
    for moved, together, ends in ((chapter, 3, 1), (chapter + link, 4, 2), (link, 1, 0)):
        old, new = first + moved + others + last, first + others + moved + last
        data = made(old, new)
        assert both(data) == (lines(word_file(new)), lines(word_file(old)))
        assert count(data, "moveFromRangeStart") == count(data, "moveToRangeStart") == together
        # Behind the table the ends moved too; of a link that moves alone LibreOffice would leave an empty
        # paragraph then.
        assert [mark for mark, _, _ in looks(data)].count("moveTo") == ends


def test_an_inner_item_that_is_left_between_tables_has_no_number_where_it_came() -> None:
    """The level of one that went would be lost when the redline is refused."""
    inner = p("Разговор насамо", ppr='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    short, whole = STEP + p("Крај."), STEP + inner + OTHER + p("Крај.")
    assert [changed for _, _, changed in looks(made(short, whole))] == [True, False]
    assert not any(changed for _, _, changed in looks(made(whole, short)))


def test_an_empty_numbered_paragraph_that_stays_keeps_its_number() -> None:
    empty = p(ppr='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    old, new = p("Вовед") + empty + empty, p("Вовед") + empty + p("Разговор насамо") + OTHER + p("Крај.")
    for before, after in ((old, new), (new, old)):
        data = made(before, after)
        for accept, body in ((True, after), (False, before)):
            settled = root_of(resolve(open_package(data), accept=accept))
            numbered = [
                ns.child(ns.child(one, "pPr"), "numPr") is not None for one in settled.iter(ns.w("p"))
            ]
            assert numbered.count(True) == body.count("<w:numPr>")
