"""Paragraphs that were parted and joined, in a redline."""

from __future__ import annotations

import pytest
from lxml import etree

from documents.word.file import ns
from documents.word.file.guard import open_package
from documents.word.resolve import resolve
from tests.support.documents.word.build import word_file
from tests.support.documents.word.redline import both, count, lines, made, p, r, root_of

PARTED = [
    # (old, new, how many marks, what is inserted and deleted but for the ends of paragraphs)
    (p("Рокот е кус. Секој знае."), p("Рокот е кус.") + p("Секој знае."), 2, " "),
    (p("Рокот е кус.") + p("Секој знае."), p("Рокот е кус.Секој знае."), 1, ""),
    # Of a text of which a word changed too.
    (p("едно два три") + p("четири пет шест"), p("едно два три четири пет осум"), 4, " шестосум"),
    (p("а ", r("б в", "<w:b/>"), " г"), p("а ", r("б", "<w:b/>")) + p(r("в", "<w:b/>"), " г"), 2, " "),
    (p("а", "<w:r><w:tab/><w:t>б</w:t><w:tab/><w:t>в</w:t></w:r>"), p("а", "<w:r><w:tab/><w:t>б</w:t></w:r>") + p("в"), 2, ""),
    (p("еден два три четири пет шест") , p("еден два три", ppr="<w:keepNext/>") + p("четири пет осум"), 4, " шестосум"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "marks", "words"), PARTED)
def test_of_a_paragraph_that_was_parted_or_joined_its_end_alone_is_marked(
    old: str, new: str, marks: int, words: str
) -> None:
    data = made(old, new)
    accepted, refused = both(data)
    assert (accepted, refused) == (lines(word_file(new)), lines(word_file(old)))
    assert count(data, "ins", "del") == marks
    told = [node for mark in root_of(data).iter(ns.w("ins"), ns.w("del")) for node in mark.iter()]
    assert "".join(n.text or "" for n in told if n.tag in (ns.w("t"), ns.w("delText"))) == words


def looks(root: etree._Element) -> list[list[str]]:
    return [[node.tag for node in look if node.tag != ns.w("rPr")] for look in root.iter(ns.w("pPr"))]


def test_properties_of_the_parts_of_a_paragraph() -> None:
    one, two = p("Рокот е кус. Секој знае.", ppr='<w:jc w:val="right"/>'), '<w:jc w:val="center"/>'
    parts = p("Рокот е кус.", ppr="<w:keepNext/>") + p("Секој знае.", ppr=two)
    for old, new in ((one, parts), (parts, one)):
        for accept, meant in ((True, new), (False, old)):
            root = root_of(resolve(open_package(made(old, new)), accept=accept))
            assert looks(root) == looks(root_of(word_file(meant)))


def test_a_bookmark_goes_with_its_paragraph() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="{1}"/>{2}<w:bookmarkEnd w:id="{0}"/>'
    one, two = p(mark.format(1, "first", r("Прв дел."))), p(mark.format(2, "second", r("Втор дел.")))
    for old, new in ((one + two, two), (two, one + two)):
        for accept, meant in ((True, new), (False, old)):
            root = root_of(resolve(open_package(made(old, new)), accept=accept))
            names = [node.get(ns.w("name")) for node in root.iter(ns.w("bookmarkStart"))]
            wanted = [
                node.get(ns.w("name")) for node in root_of(word_file(meant)).iter(ns.w("bookmarkStart"))
            ]
            assert names == wanted
            assert len(list(root.iter(ns.w("bookmarkEnd")))) == len(wanted)


def test_what_a_bookmark_of_ours_says_of_a_deleted_heading_is_not_brought() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="kodeks_at_chapter_2_1_f2ffe1b8"/><w:bookmarkEnd w:id="1"/>'
    data = made(p("а") + p(mark, r("Прв дел.")), p("а"))
    assert both(data) == (["а"], ["а", "Прв дел."])
    assert count(data, "bookmarkStart", "bookmarkEnd") == 0
