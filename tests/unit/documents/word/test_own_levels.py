"""A document's own file after sections were set to another level: the headings look and count as others of
that level do."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.text import Section, SectionTree
from documents.text.numbering import number_sections
from documents.word.file.guard import open_package
from documents.word.read.context import Trace
from documents.word.read.read import read_package
from documents.word.review.read import read_returned
from tests.support.documents.word.build import HEADINGS, abstract, heading, level, num, p, parts_of, word_file
from tests.support.documents.word.own import document, own, read, same
from tests.support.documents.word.own_levels import LINKED, OUTLINE, chapters, styles_of


def set_levels(tree: SectionTree, **levels: int) -> SectionTree:
    """The tree with these sections, by their headings, at other levels, and numbered anew as the desk does
    it."""
    sections: list[Section] = [replace(s, level=levels.get(s.text.heading, s.level)) for s in tree]
    labels = number_sections([(s.level, s.kind) for s in sections], tree.language)
    if any(s.text.label for s in tree):
        sections = [replace(s, text=replace(s.text, label=x)) for s, x in zip(sections, labels, strict=True)]
    return replace(tree, sections=tuple(sections))


def looks_of(data: bytes) -> list[int]:
    trace = Trace()
    tree = read_package(open_package(data), trace=trace).tree
    return [trace.looks[section.uid][1] for section in tree if section.text.heading]


def test_a_heading_takes_style_and_number_of_its_new_level_and_the_rest_stays() -> None:
    source = word_file(chapters(), styles=LINKED, numbering=OUTLINE)
    tree = set_levels(read(source), Words=1, Then=3)
    made = own(tree, source)
    same(made, tree)
    assert [s.text.label for s in read(made)] == ["1", "1.1", "2", "3", "3.1", "3.1.1"]
    assert styles_of(made) == [f"Heading{n}" for n in (1, 2, 1, 1, 2, 3)]
    assert looks_of(made) == [1, 2, 1, 1, 2, 3]
    for paragraph in re.findall(rb"<w:p>(?:(?!</w:p>).)*Text of.*?</w:p>", document(source)):
        assert paragraph in document(made)


def test_brought_back_untouched_no_heading_has_another_look() -> None:
    source = word_file(chapters(), styles=LINKED, numbering=OUTLINE)
    tree = set_levels(read(source), Words=1, Then=3)
    assert not read_returned(own(tree, source), tree).review.cards


def test_a_level_that_no_heading_had_gets_the_files_style_of_that_level_or_ours() -> None:
    without = LINKED[: LINKED.index('<w:style w:type="paragraph" w:styleId="Heading3"')]
    for styles in (LINKED, without):
        source = word_file(chapters(), styles=styles, numbering=OUTLINE)
        made = own(set_levels(read(source), Words=3), source)
        assert styles_of(made)[2] == "Heading3" and looks_of(made)[2] == 3
        assert read(made).sections[2].text.label == "1.1.1"
        assert b'styleId="Heading3"' in parts_of(made)["word/styles.xml"]


def test_where_the_first_headings_are_of_the_second_level_others_count_from_there() -> None:
    source = word_file(chapters(2), styles=HEADINGS)
    tree = read(source)
    assert [s.level for s in tree] == [1, 2, 2, 1, 2, 2]
    made = own(set_levels(tree, Words=1, Then=3), source)
    assert styles_of(made) == [f"Heading{n}" for n in (2, 3, 2, 2, 3, 4)]


def test_numbers_that_paragraphs_say_themselves_come_from_the_list_beside() -> None:
    def line(text: str, ilvl: int, num_id: int) -> str:
        ppr = (
            f'<w:numPr><w:ilvl w:val="{ilvl}"/><w:numId w:val="{num_id}"/></w:numPr>'
            f'<w:outlineLvl w:val="{ilvl}"/>'
        )
        return p(text, ppr, "<w:b/>" if not ilvl else '<w:i/><w:sz w:val="22"/>') + p("Words.")

    levels = [level(n, "decimal", ".".join(f"%{k}" for k in range(1, n + 2))) for n in range(3)]
    source = word_file(
        line("Aims", 0, 1) + line("Scope", 1, 1) + line("Words", 1, 1) + line("Then", 0, 1),
        styles=HEADINGS,
        numbering=abstract(0, *levels) + num(1, 0),
    )
    tree = set_levels(read(source), Words=1, Then=2)
    made = own(tree, source)
    assert [s.text.label for s in read(made)] == ["1", "1.1", "2", "2.1"]
    assert looks_of(made) == [1, 2, 1, 2]
    runs = {
        t: r
        for r, t in re.findall(
            r"<w:r(?: [^>]*)?>(?:<w:rPr>((?:(?!</w:rPr>).)*)</w:rPr>)?<w:t[^>]*>(\w+)<",
            document(made).decode(),
        )
    }
    assert "<w:b/>" in runs["Words"] and "w:sz " not in runs["Words"]
    assert "<w:b/>" not in runs["Then"] and 'w:sz w:val="22"' in runs["Then"]


def test_a_typed_number_goes_where_the_new_level_counts_and_comes_where_it_is_typed() -> None:
    counted = re.sub(r'(styleId="Heading2".*?/>)<w:pPr>.*?</w:pPr>', r"\1", LINKED)
    source = word_file(
        heading("Aims", 1) + p("Words.") + heading("1.1 Scope", 2) + p("Words.") + heading("1.2 Words", 2)
        + p("Words.") + heading("Then", 1) + p("Words."),
        styles=counted,
        numbering=OUTLINE,
    )  # fmt: skip
    tree = set_levels(read(source), Words=1, Then=2)
    made = own(tree, source)
    assert [(s.text.label, s.text.heading) for s in read(made)] == [
        ("1", "Aims"), ("1.1", "Scope"), ("2", "Words"), ("2.1", "Then"),
    ]  # fmt: skip
    text = document(made).decode()
    assert ">1.2" not in text and ">2.1 " in text and ">2 " not in text
