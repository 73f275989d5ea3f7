"""What was lost without a word: fields without a result, and words in places where the schema allows none."""

from __future__ import annotations

import pytest

from documents.text.extraction import body_text
from documents.word import FindingCode as C
from documents.word.read.result import ReadResult
from tests.support.documents.word.build import NAMES, bare, blocks, cell, p, para, read, table, word_file
from tests.support.documents.word.reading import CHAR, doc, tc, tr

FOREIGN = 'xmlns:x="urn:x" mc:Ignorable="x"'


def instruction(words: str, rpr: str = "") -> str:
    return f'<w:r><w:rPr>{rpr}</w:rPr><w:instrText xml:space="preserve">{words}</w:instrText></w:r>'


def unfinished(words: str, rpr: str = "") -> str:
    """A field as Word writes those that keep no result."""
    return CHAR.format("begin") + instruction(words, rpr) + CHAR.format("end")


def lines(result: ReadResult) -> list[str]:
    return body_text(result.tree.sections[0].text.body).split("\n")


def places(result: ReadResult, code: C) -> tuple[str, ...]:
    return next((finding.places for finding in result.report.findings if finding.code is code), ())


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (" MACROBUTTON NoMacro [Упишите име овде] ", "[Упишите име овде]"),
        (r" MACROBUTTON NoMacro Упишите име \* MERGEFORMAT ", "Упишите име"),
        (" GOTOBUTTON прилог види прилог ", "види прилог"),
        (r" SYMBOL 0x20ac \u ", "€"),
        (r' SYMBOL 252 \f "Wingdings" \s 12 ', "✓"),
    ],
)
def test_what_word_shows_of_a_field_without_a_result_is_kept(words: str, shown: str) -> None:
    result = doc(f"<w:p>{unfinished(words)}</w:p>")
    assert lines(result) == [shown]
    assert result.report.count(C.FIELDS) == 1
    assert result.report.count(C.FIELDS_LEFT_OUT) == 0


@pytest.mark.parametrize(
    "words",
    [
        r" EQ \f(1,2) ",
        " AUTONUM ",
        " LISTNUM ",
        " SYMBOL 163 ",
        r" SYMBOL 9 \f Wingdings ",
        r" SYMBOL 65 \j ",
    ],
)
def test_what_cannot_be_known_of_such_a_field_is_told_as_left_out(words: str) -> None:
    result = doc(f"<w:p>{unfinished(words)}<w:r><w:t>а</w:t></w:r></w:p>")
    assert lines(result) == ["а"]
    assert places(result, C.FIELDS_LEFT_OUT) == (words.strip(),)
    assert result.report.count(C.FIELDS) == 0


@pytest.mark.parametrize(
    "body",
    [
        unfinished(" MACROBUTTON X тајна ", "<w:vanish/>"),
        CHAR.format("begin")
        + instruction(" SET a ")
        + unfinished(" MACROBUTTON X тајна ")
        + CHAR.format("end"),
        CHAR.format("begin")
        + instruction(" PRIVATE ")
        + CHAR.format("separate")
        + unfinished(" MACROBUTTON X тајна ")
        + CHAR.format("end"),
        unfinished(" ASK a тајна "),
        unfinished(" MACROBUTTON тајна "),
        f'<w:ins w:id="1">{CHAR.format("begin")}{instruction(" MACROBUTTON X тајна ")}</w:ins>'
        f'<w:del w:id="2">{CHAR.format("end")}</w:del>',
    ],
)
def test_what_word_does_not_show_of_fields_stays_out(body: str) -> None:
    assert lines(doc(f"<w:p><w:r><w:t>а</w:t></w:r>{body}</w:p>")) == ["а"]


def test_a_result_that_is_there_is_kept_as_it_is() -> None:
    result = doc(
        '<w:p><w:fldSimple w:instr=" MACROBUTTON X дугме "><w:r><w:t>било</w:t></w:r></w:fldSimple></w:p>'
        '<w:p><w:fldSimple w:instr=" MACROBUTTON X дугме "/></w:p>'
    )
    assert lines(result) == ["било", "дугме"]


@pytest.mark.parametrize(
    ("body", "lost"),
    [
        ("<w:p><w:r><w:t>а</w:t></w:r><w:p><w:r><w:t>у пасусу</w:t></w:r></w:p></w:p>", ("у пасусу",)),
        (p("а") + "<w:r><w:t>у телу</w:t></w:r><w:t>без низа</w:t>", ("у телу", "без низа")),
        (p("а") + "<w:strange><w:p><w:r><w:t>непознато</w:t></w:r></w:p></w:strange>", ("непознато",)),
        (p("а") + f"</w:body><w:body>{p('друго тело')}", ("друго тело",)),
    ],
)
def test_words_where_none_can_stand_are_told(body: str, lost: tuple[str, ...]) -> None:
    result = doc(body)
    assert lines(result) == ["а"]
    assert places(result, C.MISPLACED) == lost


def test_words_in_rows_and_cells_where_none_can_stand_are_told() -> None:
    row = f"<w:tr>{p('у реду')}<w:tc>{p('а')}<w:r><w:t>у ћелији</w:t></w:r></w:tc></w:tr>"
    result = doc(f"<w:tbl>{p('у табели')}{row}</w:tbl>")
    assert set(places(result, C.MISPLACED)) == {"у реду", "у ћелији", "у табели"}


def test_of_two_notes_of_one_number_the_lost_one_is_told() -> None:
    notes = f'<w:footnote w:id="1">{p("прва")}</w:footnote><w:footnote w:id="1">{p("друга")}</w:footnote>'
    result = read(word_file('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', footnotes=notes))
    assert places(result, C.MISPLACED) == ("прва",)


def test_words_of_a_note_where_none_can_stand_are_told() -> None:
    notes = f'<w:footnote w:id="1">{p("нота")}<w:r><w:t>изгубљено</w:t></w:r></w:footnote>'
    result = read(word_file('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', footnotes=notes))
    assert places(result, C.MISPLACED) == ("изгубљено",)


def test_a_table_in_a_paragraph_and_rows_in_alternate_contents_are_kept() -> None:
    inner = f"<w:tbl>{tr(tc('таб'))}</w:tbl>"
    chosen = (
        f"<mc:AlternateContent><mc:Choice "
        f'Requires="wps">{tr(tc("ред"))}</mc:Choice><mc:Fallback/></mc:AlternateContent>'
    )
    result = doc(f"<w:p><w:r><w:t>а</w:t></w:r>{inner}</w:p><w:tbl>{tr(tc('б'))}{chosen}</w:tbl>")
    assert blocks(result) == [
        para("а"),
        bare(table([cell("таб")])),
        bare(table([cell("б")], [cell("ред")])),
    ]
    assert result.report.count(C.MISPLACED) == 0


def test_content_that_a_file_says_counts_is_read() -> None:
    root = f'<w:document {NAMES} {FOREIGN} mc:ProcessContent="x:wrap"><w:body>'
    body = f"<x:wrap>{p('блок')}</x:wrap><w:p><x:wrap><w:r><w:t>реч</w:t></w:r></x:wrap></w:p><x:other>{p('не')}</x:other>"
    data = word_file("", parts={"word/document.xml": f"{root}{body}</w:body></w:document>"})
    result = read(data)
    assert lines(result) == ["блок", "реч"]
    assert places(result, C.MISPLACED) == ("не",)


def test_what_is_left_out_knowingly_is_not_told_twice() -> None:
    deleted = '<w:del w:id="1"><w:r><w:t>а</w:t></w:r></w:del>'
    row = f'<w:tr><w:trPr><w:del w:id="2"/></w:trPr><w:tc>{p("б")}</w:tc></w:tr>'
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('в')}</w:sdtContent></w:sdt>"
    )
    choice = (
        f"<mc:AlternateContent><mc:Choice "
        f'Requires="wps">{p("г")}</mc:Choice><mc:Fallback>{p("д")}</mc:Fallback></mc:AlternateContent>'
    )
    body = f"<w:p><w:r><w:t>а</w:t></w:r>{deleted}</w:p><w:tbl>{row}{tr(tc('е'))}</w:tbl>{contents}{choice}"
    assert doc(body + p("ж", rpr="<w:vanish/>")).report.count(C.MISPLACED) == 0


def test_a_text_box_of_a_strict_file_is_read() -> None:
    """Word calls what holds its text by another name there."""
    box = (
        f"<e:txbxContent "
        f'xmlns:e="http://schemas.microsoft.com/office/word/2006/wordml">{p("оквир")}</e:txbxContent>'
    )
    result = doc(f"<w:p><w:r><w:t>а</w:t><w:drawing><wp:anchor>{box}</wp:anchor></w:drawing></w:r></w:p>")
    assert lines(result) == ["а", "оквир"]
