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


FONT = (
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/><w:rPr><w:rFonts '
    'w:ascii="{}"/></w:rPr></w:lvl>'
)
SIGNS = "".join(
    abstract(at, FONT.format(sign, font)) + num(at + 1, at)
    for at, (sign, font) in enumerate((("\uf0b7", "Symbol"), ("\uf0a7", "Wingdings"), ("o", "Courier New")))
)
RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
OWN = f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "Дел %1")}</w:lvlOverride>'
LIST_STYLE = (
    '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId '
    'w:val="1"/></w:numPr></w:pPr></w:style>'
)
LINK = '<w:numStyleLink w:val="L"/>'
ONE = num(1, 0)
HUGE = abstract(
    0, level(0, "upperRoman", "%1.", start=2_000_000_000), level(8, "lowerLetter", "%9", start=10**8)
)
COUNTED = [
    # (what it is, definitions, items as num.level, labels)
    ("levels name one another", DECIMAL + ONE, "1.0 1.1 1.1 1.2 1.0 1.1 1.2", "1. a) b) 1.b.i 2. a) 2.a.i"),
    ("a level that comes first shows its parent's start", abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%1.%2")) + ONE, "1.1 1.1", "1.1 1.2"),
    ("nums on one definition count on unless restarted", DECIMAL + ONE + num(2, 0) + num(3, 0, RESTART), "1.0 2.0 3.0 3.0 1.0", "1. 2. 5. 6. 7."),
    ("an override brings a level of its own", DECIMAL + num(1, 0, OWN), "1.0 1.0", "Дел_I Дел_II"),
    ("a level that never restarts", abstract(0, level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')) + ONE, "1.0 1.1 1.0 1.1", "1. 1) 2. 2)"),
    ("legal numbering shows digits", abstract(0, level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")) + ONE, "1.0 1.1", "I 1.1"),
    ("signs of fonts become letters", SIGNS, "1.0 2.0 3.0", "• ▪ ◦"),
    ("a definition by a numbering style", abstract(0, level(0, "upperLetter", "%1.")) + abstract(1, extra=LINK) + ONE + num(2, 1), "2.0 2.0", "A. B."),
    ("impossible levels and starts", HUGE + ONE, "1.0 1.99 1.-5", "2000000000. 100000000 2000000001."),
    ("an unknown format", abstract(0, level(0, "klingon", "%1.")) + ONE, "1.0", "1."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("numbering", "items", "shown"), [row[1:] for row in COUNTED], ids=[row[0] for row in COUNTED]
)
def test_labels(numbering: str, items: str, shown: str) -> None:
    places = (place.split(".") for place in items.split())
    body = "".join(numbered("x", int(of), int(ilvl)) for of, ilvl in places)
    result = read(word_file(body, styles=LIST_STYLE, numbering=numbering))
    assert " ".join(label.replace(" ", "_") for label in labels(result)) == shown
    assert result.report.count(FindingCode.NUMBER_FORMAT) == ("klingon" in numbering)


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


def test_loops_among_styles_and_lists_end() -> None:
    styles = (
        LIST_STYLE
        + '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="C"/></w:style>'
    )
    numbering = abstract(0, extra=LINK) + abstract(1, extra=LINK) + num(1, 1) + num(2, 0)
    body = (
        numbered("a", 1)
        + numbered("b", 2)
        + p("c", '<w:pStyle w:val="A"/>')
        + p("d", '<w:pStyle w:val="C"/>')
    )
    assert "d" in read(word_file(body, styles=styles, numbering=numbering)).tree.sections[0].text.plain


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
