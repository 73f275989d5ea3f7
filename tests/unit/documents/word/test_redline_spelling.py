"""What two programs spell differently and mean the same: a redline marks none of it."""

from __future__ import annotations

import pytest
from lxml import etree

from documents.word.file.guard import open_package
from documents.word.redline import redline
from tests.support.documents.word.build import archive, parts_of, word_file
from tests.support.documents.word.redline import count, lines, made, p, r, root_of, table

MARKS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
LINK = '<w:hyperlink w:anchor="a" {}>' + r("чл. 5", "<w:b{}/><w:u w:val='single'/>") + "</w:hyperlink>"


def text(on: str = "", off: str = "0", more: str = "") -> str:
    look = f'<w:b{on}/><w:i w:val="{off}"/><w:sz w:val="24"/>'
    properties = f'<w:keepNext{on}/><w:widowControl w:val="{off}"/><w:jc w:val="right"/>'
    return (
        p(r("Рок: ", look), r("30 дена."), LINK.format(more, on), ppr=properties)
        + table([p(r("Орган", look), ppr=properties), p("Рок")])
        + p("Крај", ppr=properties)
    )


@pytest.mark.parametrize("on", [' w:val="1"', ' w:val="true"', ' w:val="on"'])
@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_switches_spelled_otherwise_are_the_same(on: str, off: str) -> None:
    for old, new in ((text(), text(on, off)), (text(on, off, 'w:history="1"'), text())):
        assert count(made(old, new), *MARKS) == 0
    assert count(made(text(), text(' w:val="0"')), "rPrChange", "pPrChange") == 5, "what changed is marked"


def test_blanks_between_elements_are_none() -> None:
    old = text() + p(r("Прво", "<w:b/>"), '<w:r><w:t xml:space="preserve"> </w:t></w:r>', "и второ")
    data = word_file(old)
    root = root_of(data)
    etree.indent(root, "    ")
    indented = archive(parts_of(data) | {"word/document.xml": etree.tostring(root)})
    assert b">\n" in parts_of(indented)["word/document.xml"]
    for one, other in ((data, indented), (indented, data)):
        marked = redline(open_package(one), open_package(other))
        assert count(marked, *MARKS) == 0
        assert lines(marked) == lines(data), "the blank between the words stays"


def test_properties_in_another_order_and_empty_ones_are_the_same() -> None:
    old = p(
        r("Рок", '<w:b/><w:color w:val="FF0000" w:themeColor="accent1"/>'),
        r(" и"),
        ppr="<w:keepNext/><w:keepLines/>",
    )
    new = p(
        r("Рок", '<w:color w:themeColor="accent1" w:val="FF0000"/><w:b/>'),
        "<w:r><w:rPr/><w:t xml:space='preserve'> и</w:t></w:r>",
        ppr="<w:keepLines/><w:keepNext/>",
    )
    assert count(made(old, new), *MARKS) == 0


def test_a_cell_over_one_column_is_a_cell() -> None:
    old = table(["Орган", "Рок: 30 дена"])
    new = old.replace("30", "15").replace("<w:tcPr>", '<w:tcPr><w:gridSpan w:val="1"/>')
    data = made(old, new)
    assert count(data, "trPr") == 0 and count(data, "ins") == count(data, "del") == 1
