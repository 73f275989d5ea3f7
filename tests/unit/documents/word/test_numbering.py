"""Labels as Word shows them."""

from __future__ import annotations

import pytest

from documents.word import FindingCode
from documents.word.definitions.number_format import format_number
from documents.word.definitions.styles import twips
from tests.support.documents.word.build import (
    abstract,
    labels,
    level,
    num,
    numbered,
    outline,
    p,
    read,
    word_file,
)

DECIMAL = abstract(
    0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "lowerRoman", "%1.%2.%3")
)


@pytest.mark.parametrize(
    ("fmt", "number", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("lowerLetter", 27, "aa"),
        ("upperLetter", 28, "BB"),
        ("russianLower", 1, "а"),
        ("russianLower", 10, "к"),
        ("russianUpper", 29, "Я"),
        ("russianLower", 30, "аа"),
        ("ordinal", 22, "22nd"),
        ("ordinal", 11, "11th"),
        ("chicago", 5, "**"),
        ("hex", 255, "FF"),
        ("none", 5, ""),
        ("upperRoman", 2_000_000_000, "2000000000"),
        ("lowerLetter", 2_000_000_000, "2000000000"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircle", 36, "㊱"),
    ],
)
def test_formats(fmt: str, number: int, shown: str) -> None:
    assert format_number(number, fmt) == (shown, True)


def test_a_custom_format_pads() -> None:
    assert format_number(7, "custom", "001, 002, 003, ...") == ("007", True)


def test_levels_count_restart_and_name_one_another() -> None:
    places = [(0, "a"), (1, "b"), (1, "c"), (2, "d"), (0, "e"), (1, "f"), (2, "g")]
    body = "".join(numbered(text, 1, ilvl) for ilvl, text in places)
    result = read(word_file(body, numbering=DECIMAL + num(1, 0)))
    assert labels(result) == ["1.", "a)", "b)", "1.b.i", "2.", "a)", "2.a.i"]


def test_a_level_that_comes_first_shows_its_parents_start() -> None:
    definition = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
    result = read(word_file(numbered("x", 1, 1) + numbered("y", 1, 1), numbering=definition + num(1, 0)))
    assert labels(result) == ["1.1", "1.2"]


def test_nums_on_one_definition_count_on_unless_restarted() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = DECIMAL + num(1, 0) + num(2, 0) + num(3, 0, restart)
    body = numbered("a", 1) + numbered("b", 2) + numbered("c", 3) + numbered("d", 3) + numbered("e", 1)
    assert labels(read(word_file(body, numbering=numbering))) == ["1.", "2.", "5.", "6.", "7."]


def test_an_override_may_bring_a_level_of_its_own() -> None:
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "Дел %1")}</w:lvlOverride>'
    result = read(word_file(numbered("a", 1) + numbered("b", 1), numbering=DECIMAL + num(1, 0, own)))
    assert labels(result) == ["Дел I", "Дел II"]


def test_restart_after_a_named_level_or_never() -> None:
    never = abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    body = numbered("a", 1) + numbered("b", 1, 1) + numbered("c", 1) + numbered("d", 1, 1)
    assert labels(read(word_file(body, numbering=never + num(1, 0)))) == ["1.", "1)", "2.", "2)"]


def test_legal_numbering_shows_digits() -> None:
    definition = abstract(0, level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    result = read(word_file(numbered("a", 1) + numbered("b", 1, 1), numbering=definition + num(1, 0)))
    assert labels(result) == ["I", "1.1"]


def test_bullets_of_symbol_fonts_become_letters() -> None:
    font = (
        '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/><w:rPr><w:rFonts '
        'w:ascii="{}"/></w:rPr></w:lvl>'
    )
    numbering = abstract(0, font.format("\uf0b7", "Symbol")) + abstract(1, font.format("\uf0a7", "Wingdings"))
    numbering += abstract(2, font.format("o", "Courier New")) + num(1, 0) + num(2, 1) + num(3, 2)
    result = read(word_file(numbered("a", 1) + numbered("b", 2) + numbered("c", 3), numbering=numbering))
    assert labels(result) == ["•", "▪", "◦"]


STYLED = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="Наслов"/><w:pPr><w:numPr><w:numId '
    'w:val="1"/></w:numPr>'
    '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="Поднаслов"/><w:basedOn w:val="H1"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
)


def test_lists_linked_to_styles_number_headings() -> None:
    definition = abstract(
        0,
        level(0, "decimal", "%1.", '<w:pStyle w:val="H1"/>'),
        level(1, "russianLower", "%1.%2)", '<w:pStyle w:val="H2"/>'),
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>')
        for style, text in (("H1", "A"), ("H2", "B"), ("H2", "C"), ("H1", "D"))
    )
    result = read(word_file(body, styles=STYLED, numbering=definition + num(1, 0)))
    assert outline(result.tree) == [
        (1, "chapter", "1.", "A"),
        (2, "section", "1.а)", "B"),
        (2, "section", "1.б)", "C"),
        (1, "chapter", "2.", "D"),
    ]


def test_headings_may_have_numbers_in_circles() -> None:
    definition = abstract(0, level(0, "decimalEnclosedCircle", "%1", '<w:pStyle w:val="H1"/>'))
    body = "".join(p(text, '<w:pStyle w:val="H1"/>') for text in ("A", "B"))
    result = read(word_file(body, styles=STYLED, numbering=definition + num(1, 0)))
    assert [(label, words) for _, _, label, words in outline(result.tree)] == [("①", "A"), ("②", "B")]


def test_a_definition_may_be_that_of_a_numbering_style() -> None:
    style = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId '
        'w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = abstract(0, level(0, "upperLetter", "%1.")) + abstract(1, extra='<w:numStyleLink w:val="L"/>')
    result = read(
        word_file(
            numbered("a", 2) + numbered("b", 2), styles=style, numbering=numbering + num(1, 0) + num(2, 1)
        )
    )
    assert labels(result) == ["A.", "B."]


def test_loops_among_styles_and_lists_end() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId '
        'w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="C"/></w:style>'
    )
    link = '<w:numStyleLink w:val="L"/>'
    numbering = abstract(0, extra=link) + abstract(1, extra=link) + num(1, 1) + num(2, 0)
    body = (
        numbered("a", 1)
        + numbered("b", 2)
        + p("c", '<w:pStyle w:val="A"/>')
        + p("d", '<w:pStyle w:val="C"/>')
    )
    assert "d" in read(word_file(body, styles=styles, numbering=numbering)).tree.sections[0].text.plain


def test_impossible_levels_and_starts_are_bounded() -> None:
    definition = abstract(
        0, level(0, "upperRoman", "%1.", start=2_000_000_000), level(8, "lowerLetter", "%9", start=10**8)
    )
    body = numbered("a", 1) + numbered("b", 1, 99) + numbered("c", 1, -5)
    result = read(word_file(body, numbering=definition + num(1, 0)))
    assert all(len(label) < 30 for label in labels(result))
    assert labels(result)[0] == "2000000000."


def test_an_unknown_format_is_told() -> None:
    result = read(word_file(numbered("a", 1), numbering=abstract(0, level(0, "klingon", "%1.")) + num(1, 0)))
    assert labels(result) == ["1."]
    assert result.report.count(FindingCode.NUMBER_FORMAT) == 1


def test_num_zero_takes_a_number_off() -> None:
    definition = abstract(0, level(0, "decimal", "%1.", '<w:pStyle w:val="H1"/>'))
    off = '<w:pStyle w:val="H1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    body = p("A", '<w:pStyle w:val="H1"/>') + p("B", off) + p("C", '<w:pStyle w:val="H1"/>')
    result = read(word_file(body, styles=STYLED, numbering=definition + num(1, 0)))
    assert [label for _, _, label, _ in outline(result.tree)] == ["1.", "", "2."]


def test_measures_of_the_strict_form() -> None:
    assert [twips(text, 0) for text in ("720", "36pt", "1in", "2.54cm", "-3pt", "much", "1e999pt")] == [
        720, 720, 1440, 1440, 0, 0, 0,
    ]  # fmt: skip
