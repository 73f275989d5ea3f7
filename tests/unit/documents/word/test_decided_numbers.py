"""Headings that a person set to another level before the text was taken in: their numbers are those of that
level in the preview, in the text and in its own file, and no two headings have the same."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from documents.word import open_package
from documents.word.read.outline.decisions import (
    Decision,
    decisions_as_json,
    decisions_from_json,
    lines_as_json,
    lines_from_json,
)
from documents.word.read.outline.outline import decide, outline_of, renumbered, renumbers
from documents.word.read.read import read_package
from documents.word.read.result import ReadResult
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import HEADINGS, abstract, heading, level, num, numbered, p, word_file
from tests.support.documents.word.own import document
from tests.support.documents.word.own_levels import LINKED, OUTLINE, styles_of

Shown = list[tuple[int, str, str]]


def taken(data: bytes, **said: int | Decision) -> tuple[Shown, Shown, Shown, bytes]:
    """By level, number and words: the outline as it is shown, the text, and its own file read without any
    decision; and that file. ``said``: a level, or a decision, for the line that begins with the word."""
    plain = read_package(open_package(data), lines=True)
    at = {line.text.split()[0]: line.at for line in plain.lines if line.text}
    wanted = {at[key]: Decision(one) if isinstance(one, int) else one for key, one in said.items()}
    decisions = decide(plain.lines, {}, wanted)
    assert decisions_from_json(decisions_as_json(decisions)) == decisions
    read = read_package(open_package(data), decisions=decisions, lines=True)
    lines = list(plain.lines)
    if renumbers(lines, decisions):
        lines = renumbered(lines, decisions, read.lines)
    assert lines_from_json(lines_as_json(lines)) == lines
    outline = [(o.head.level, o.head.label, o.head.text) for o in outline_of(lines, decisions)]
    uids = [section.uid for section in read.tree]
    own = write_own_file(data, read.tree, uids, decisions=decisions)
    again = read_package(open_package(own))
    assert [section.uid for section in again.tree] == uids
    return outline, shape(read), shape(again), own


def shape(read: ReadResult) -> Shown:
    return [(s.level, s.text.label, s.text.heading) for s in read.tree]


def chapters() -> bytes:
    lines = (("Aims", 1), ("Scope", 2), ("Words", 2), ("Steps", 1), ("First", 2), ("Deep", 3), ("Then", 2))
    body = "".join(heading(text, at) + p(f"Text of {text}.") for text, at in lines)
    return word_file(body, styles=LINKED, numbering=OUTLINE)


def test_a_section_that_becomes_a_chapter_is_counted_as_one_and_all_behind_it_too() -> None:
    outline, text, own, data = taken(chapters(), Words=1)
    assert text == [
        (1, "1", "Aims"), (2, "1.1", "Scope"), (1, "2", "Words"), (1, "3", "Steps"), (2, "3.1", "First"),
        (3, "3.1.1", "Deep"), (2, "3.2", "Then"),
    ]  # fmt: skip
    assert outline == text == own
    assert styles_of(data)[2] == "Heading1"


def test_a_chapter_that_becomes_a_section_is_counted_under_the_one_before() -> None:
    outline, text, own, data = taken(chapters(), Steps=2, First=3)
    assert text == [
        (1, "1", "Aims"), (2, "1.1", "Scope"), (2, "1.2", "Words"), (2, "1.3", "Steps"), (3, "1.3.1", "First"),
        (3, "1.3.2", "Deep"), (2, "1.4", "Then"),
    ]  # fmt: skip
    assert outline == text == own
    # What nobody decided about leaves byte for byte.
    assert p("Text of Aims.").encode() in document(data)


def test_a_level_that_no_heading_of_the_file_has_is_the_next_one_of_its_list() -> None:
    body = "".join(heading(text, 1) + p(f"Text of {text}.") for text in ("Aims", "Scope", "Words"))
    outline, text, own, _ = taken(word_file(body, styles=LINKED, numbering=OUTLINE), Scope=2)
    assert text == [(1, "1", "Aims"), (2, "1.1", "Scope"), (1, "2", "Words")]
    assert outline == text == own


def test_where_nothing_stays_a_chapter_all_go_up_and_are_counted_as_chapters() -> None:
    body = (
        heading("Aims", 1) + p("Text.") + heading("Scope", 2) + p("More.") + heading("Words", 2) + p("Rest.")
    )
    outline, text, own, _ = taken(word_file(body, styles=LINKED, numbering=OUTLINE), Aims=2)
    assert text == [(1, "1", "Aims"), (1, "2", "Scope"), (1, "3", "Words")]
    assert outline == text == own


def test_a_joined_heading_keeps_its_number_in_the_text_and_an_annex_the_one_that_word_shows() -> None:
    outline, text, own, _ = taken(chapters(), Scope=0, Then=Decision(2, "annex"))
    assert [label for _, label, _ in text] == ["1", "1.2", "2", "2.1", "2.1.1", "2.2"]
    assert outline == text == own


def test_what_is_counted_in_a_list_and_becomes_a_heading_is_counted_with_the_headings() -> None:
    body = heading("Aims", 1) + numbered("alpha", 2) + numbered("beta", 2) + heading("Steps", 1) + p("End.")
    lists = abstract(1, level(0, "decimal", "%1."))
    data = word_file(body, styles=LINKED, numbering=lists + OUTLINE + num(2, 1))
    outline, text, own, _ = taken(data, beta=1)
    assert text == [(1, "1", "Aims"), (1, "2", "beta"), (1, "3", "Steps")]
    assert outline == text == own


TYPED = re.sub(r'<w:pPr><w:numPr><w:ilvl w:val="1"/>.*?</w:pPr>', "", LINKED)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("1.1 Scope", ("2", "Scope")),  # the typed number would stand behind the counted one
        ("Annex A: Scope", ("Annex A", "Scope")),  # a word says what it is: Word counts nothing there
        ("Scope", ("2", "Scope")),
    ],
)
def test_a_number_that_is_typed_goes_where_word_counts_and_a_named_one_stays(
    words: str, shown: tuple[str, str]
) -> None:
    body = heading("Aims", 1) + p("Text.") + heading(words, 2) + p("More.") + heading("Steps", 1) + p("End.")
    data = word_file(body, styles=TYPED, numbering=OUTLINE)
    outline, text, own, _ = taken(data, Scope=1)
    assert text[1] == (1, *shown)
    assert text[2][1] == ("2" if shown[0].startswith("Annex") else "3")
    assert outline == text == own


def test_numbers_that_are_all_typed_stay_and_nothing_but_bookmarks_is_put_in() -> None:
    body = heading("1. Aims", 1) + p("Text.") + heading("1.1 Scope", 2) + p("More.") + heading("2. Steps", 1)
    data = word_file(body + p("End."), styles=HEADINGS)
    outline, text, own, written = taken(data, Scope=1)
    assert [label for _, label, _ in text] == ["1.", "1.1", "2."]
    assert outline == text == own
    before, after = (etree.canonicalize(document(each).decode()) for each in (data, written))
    assert re.sub(r"<w:bookmark(?:Start|End)[^>]*></w:bookmark(?:Start|End)>", "", after) == before


def test_what_was_decided_before_there_were_such_numbers_reads_as_it_did() -> None:
    plain = read_package(open_package(chapters()), lines=True)
    at = {line.text: line.at for line in plain.lines}
    old = decisions_from_json({str(at["Words"]): [1, "", True]})
    read = read_package(open_package(chapters()), decisions=old)
    assert (1, "1.2", "Words") in shape(read)
    for wrong in ([1, "", True, "x"], [1, "", True, -10], [1, "", True, 2, 3]):
        with pytest.raises(ValueError):
            decisions_from_json({"1": wrong})
