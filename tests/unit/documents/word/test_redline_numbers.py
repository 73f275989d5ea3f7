"""What a redline marks otherwise so that LibreOffice settles it as Word does: numbers, notes, links that
move, content controls, insertions that meet. What LibreOffice made of each was looked at; here it is that the
marks stand so, and that the texts are right."""

from __future__ import annotations

import pytest
from lxml import etree

from documents.word import ns
from tests.support.documents.word.build import word_file
from tests.support.documents.word.redline import both, count, lines, made, p, r, root_of, table

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
    f'<w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    for n in (1, 2)
)
NOTES = "".join(f'<w:footnote w:id="{n}"><w:p><w:r><w:t>{n}</w:t></w:r></w:p></w:footnote>' for n in (1, 2))
NUMBERS = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
ROLES = {"styles": STYLES, "numbering": NUMBERS, "footnotes": NOTES}
CENTRED = '<w:jc w:val="center"/>'
SHORT, LINKED = p("прво"), p("еден два три четири ", f'<w:hyperlink w:anchor="a">{r("врска")}</w:hyperlink>')
NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def item(level: int, more: str = "") -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>{more}'


def style(name: str, more: str = "") -> str:
    return f'<w:pStyle w:val="{name}"/>{more}'


def told(old: str, new: str) -> bytes:
    """The redline, settled as meant both ways."""
    data = made(old, new, **ROLES)
    assert both(data) == (lines(word_file(new)), lines(word_file(old)))
    return data


def ends(data: bytes) -> list[str]:
    """By paragraph, what its end is marked as."""
    looks = (paragraph.find(f"{ns.w('pPr')}/{ns.w('rPr')}") for paragraph in root_of(data).iter(ns.w("p")))
    return [
        "".join(str(etree.QName(node).localname) for node in look) if look is not None else ""
        for look in looks
    ]


def deleted(data: bytes) -> str:
    return "".join(node.text or "" for node in root_of(data).iter(ns.w("delText")))


def test_of_an_item_on_a_deeper_level_whose_look_changes_the_end_is_marked() -> None:
    old, new = (p("едно два", ppr=item(1, look)) + SHORT for look in ("", CENTRED))
    data = told(old, new)
    assert ends(data) == ["ins", "del", ""] and not count(data, "pPrChange") and not deleted(data)
    # On the first level, and where no paragraph follows, the change of the look is told.
    for before, after in ((old.replace('ilvl w:val="1"', 'ilvl w:val="0"'), new.replace('ilvl w:val="1"', 'ilvl w:val="0"')), (old.removesuffix(SHORT), new.removesuffix(SHORT))):  # fmt: skip
        assert count(told(before, after), "pPrChange") == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (item(1), ""),
        (item(1), item(0)),
        (style("Heading1"), style("Heading2")),
        (style("Heading1"), style("Heading1", '<w:numPr><w:numId w:val="0"/></w:numPr>')),
    ],
)
def test_a_paragraph_whose_number_and_words_change_is_deleted_and_inserted(before: str, after: str) -> None:
    old, new = p("едно два три четири", ppr=before) + SHORT, p("едно два три пет", ppr=after) + SHORT
    data = told(old, new)
    assert ends(data) == ["del", "ins", ""] and deleted(data) == "едно два три четири"
    # With the same words LibreOffice would take them for moved.
    data = told(old, new.replace("пет", "четири"))
    assert ends(data) == ["", ""] and count(data, "pPrChange") == 1


@pytest.mark.parametrize(("before", "after"), [(item(0), item(1)), ("", item(1)), (style("Heading1"), "")])
def test_a_number_that_libreoffice_gives_back_is_a_change_of_the_look(before: str, after: str) -> None:
    data = told(p("едно два", ppr=before) + SHORT, p("едно три", ppr=after) + SHORT)
    assert ends(data) == ["", ""] and count(data, "pPrChange") == 1


def test_the_end_before_a_paragraph_with_the_first_note_is_marked_in_the_place_of_its_own() -> None:
    noted, second = (p(f"текст {n} ", NOTE.format(n)) for n in (1, 2))
    assert ends(told(SHORT + noted + p("крај"), SHORT + p("крај"))) == ["del", "", ""]
    assert ends(told(SHORT + p("крај"), SHORT + noted + p("крај"))) == ["ins", "", ""]
    # Of another note's it is not lost, and where nothing before it stays there is none to mark.
    assert ends(told(noted + SHORT + second + p("крај"), noted + SHORT + p("крај"))) == ["", "", "del", ""]
    assert ends(told(noted + SHORT, SHORT)) == ["del", ""]


def test_a_paragraph_with_a_link_that_moves_stays_a_move() -> None:
    old, new = LINKED + SHORT + p("второ") + p("крај"), SHORT + p("второ") + LINKED + p("крај")
    data = told(old, new)
    assert ends(data) == ["del", "", "", "ins", ""] and count(data, "moveFrom", "moveTo") > 2
    # With a number, which LibreOffice would give to the next one, it is none.
    numbered = LINKED.replace("<w:p>", f"<w:p><w:pPr>{item(0)}</w:pPr>")
    data = told(old.replace(LINKED, numbered), new.replace(LINKED, numbered))
    assert not count(data, "moveFrom", "moveTo")


def test_a_paragraph_that_moves_to_the_end_has_the_end_before_it_inserted() -> None:
    long = p("еден два три четири")
    data = told(long + SHORT + p("второ"), SHORT + p("второ") + long)
    assert ends(data)[1:] == ["", "ins", ""] and count(data, "moveTo")
    data = told(SHORT + p("второ") + long, long + SHORT + p("второ"))
    assert ends(data)[2:] == ["del", ""] and count(data, "moveFrom")


def test_an_insertion_at_the_end_before_another_one_stands_before_what_it_is_for() -> None:
    new = p("едно три") + p("ново", ppr="<w:sectPr/>") + p("крај")
    first = next(root_of(told(p("едно два") + p("крај"), new)).iter(ns.w("p")))
    assert [etree.QName(node).localname for node in first] == ["r", "ins", "del"]
    # Before anything else it stands behind it, as people write.
    first = next(root_of(told(p("едно два") + p("крај"), p("едно три") + p("крај"))).iter(ns.w("p")))
    assert [etree.QName(node).localname for node in first] == ["r", "del", "ins"]


@pytest.mark.parametrize(("changed", "opened"), [(0, True), (1, False)])
def test_a_control_in_whose_first_paragraph_words_change_is_opened(changed: int, opened: bool) -> None:
    words = ["едно", "два", "три"]
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>" + SHORT
    old = control.format("".join(map(p, words)))
    words[changed] = "ново"
    assert count(told(old, control.format("".join(map(p, words)))), "sdt") == (not opened)


@pytest.mark.parametrize("turned", [False, True])
def test_a_table_that_comes_stands_before_the_paragraphs_that_go_in_its_place(turned: bool) -> None:
    gone, come = p("едно") + p("два"), table(["а", "б"])
    for before, marks in (("", ["tbl", "p", "p", "p"]), (table(["в"]), ["tbl", "p", "p", "tbl", "p"])):
        old, new = (before + middle + SHORT for middle in (gone, come))
        body = next(root_of(told(new, old) if turned else told(old, new)).iter(ns.w("body")))
        if not (turned and before):
            assert [etree.QName(node).localname for node in body] == marks
