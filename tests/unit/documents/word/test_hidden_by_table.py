"""Text that the style of its table hides, the whole table's or that of some of its rows and columns."""

from __future__ import annotations

import pytest

from documents.word.file.guard import open_package
from documents.word.read.context import Extras
from documents.word.read.read import read_package
from tests.support.documents.word.build import HEADINGS, heading, p, read, word_file
from tests.support.documents.word.reading import C, tr

HIDE, SHOW = "<w:rPr><w:vanish/></w:rPr>", '<w:rPr><w:vanish w:val="0"/></w:rPr>'
ALL = ["a1", "a2", "a3", "b1", "b2", "b3", "c1", "c2", "c3"]


def style(said: str, base: str = "", name: str = "T") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="table" w:styleId="{name}"><w:name w:val="{name}"/>{based}{said}</w:style>'


def part(kind: str, said: str = HIDE) -> str:
    return f'<w:tblStylePr w:type="{kind}">{said}</w:tblStylePr>'


def cell(words: str) -> str:
    return f"<w:tc>{p(words)}</w:tc>"


def table(look: str = "", rows: int = 3, named: str = "T") -> str:
    made = "".join(tr(*(cell(f"{letter}{n}") for n in (1, 2, 3))) for letter in "abc"[:rows])
    return f'<w:tbl><w:tblPr><w:tblStyle w:val="{named}"/>{look}</w:tblPr>{made}</w:tbl>'


def file(styles: str, body: str) -> bytes:
    return word_file(heading("A") + body + p("after"), styles=HEADINGS + styles)


def shown(styles: str, body: str) -> list[str]:
    *found, after = read(file(styles, body)).tree.sections[0].text.plain.split("\n")
    assert after == "after"
    return found


def look(*names: str) -> str:
    said = "".join(f' w:{name}="1"' for name in names)
    return f"<w:tblLook{said}/>"


def test_the_style_of_a_table_hides_all_its_text_and_the_report_says_so() -> None:
    data = file(style(HIDE), table())
    result = read(data)
    assert result.tree.sections[0].text.plain == "after"
    assert result.report.count(C.HIDDEN_TEXT) == 9
    extras = Extras()
    read_package(open_package(data), extras=extras)
    assert extras.hidden == ALL


def test_one_style_stands_on_another_and_the_default_counts_for_tables_that_name_none() -> None:
    base = style(HIDE, name="Base")
    assert shown(base + style("", "Base"), table()) == []
    assert shown(base + style(SHOW, "Base"), table()) == ALL
    default = base.replace('w:type="table"', 'w:type="table" w:default="1"')
    assert shown(default, table(named="None")) == []


@pytest.mark.parametrize(
    ("kind", "asked", "hidden"),
    [
        ("firstRow", look("firstRow"), ["a1", "a2", "a3"]),
        ("firstRow", '<w:tblLook w:val="0020"/>', ["a1", "a2", "a3"]),
        ("firstRow", '<w:tblLook w:val="0040"/>', []),
        ("firstRow", "", []),
        ("lastRow", look("lastRow"), ["c1", "c2", "c3"]),
        ("firstCol", look("firstColumn"), ["a1", "b1", "c1"]),
        ("lastCol", look("lastColumn"), ["a3", "b3", "c3"]),
        ("band1Horz", look("firstRow"), ["b1", "b2", "b3"]),
        ("band2Horz", look(), ["b1", "b2", "b3"]),
        ("band2Horz", look("noHBand"), []),
        ("band2Vert", look("firstColumn"), ["a3", "b3", "c3"]),
        ("nwCell", look("firstRow", "firstColumn"), ["a1"]),
        ("seCell", look("lastRow", "lastColumn"), ["c3"]),
        ("seCell", look("lastRow"), []),
    ],
)
def test_parts_of_a_table_are_hidden_where_it_asks_for_their_look(
    kind: str, asked: str, hidden: list[str]
) -> None:
    assert shown(style(part(kind)), table(asked)) == [words for words in ALL if words not in hidden]


def test_a_stronger_part_shows_what_the_whole_hides() -> None:
    assert shown(style(HIDE + part("firstRow", SHOW)), table(look("firstRow"))) == ["a1", "a2", "a3"]


def test_bands_of_two_rows() -> None:
    said = '<w:tblPr><w:tblStyleRowBandSize w:val="2"/></w:tblPr>' + part("band1Horz")
    assert shown(style(said), table(look())) == ["c1", "c2", "c3"]


def test_a_table_in_a_hidden_one_and_what_stands_behind_it() -> None:
    inner = f"<w:tbl>{tr(cell('in'))}</w:tbl>"
    outer = (
        f"<w:tbl><w:tblPr><w:tblStyle "
        f'w:val="T"/></w:tblPr><w:tr><w:tc>{p("x")}{inner}{p("y")}</w:tc></w:tr></w:tbl>'
    )
    assert shown(style(HIDE), outer) == ["in"]


def test_a_run_that_says_it_is_shown_is_shown() -> None:
    seen = p("open", "", '<w:vanish w:val="0"/>')
    row = f"<w:tr><w:tc>{seen}{p('secret')}</w:tc></w:tr>"
    assert shown(style(HIDE), f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>{row}</w:tbl>') == ["open"]
