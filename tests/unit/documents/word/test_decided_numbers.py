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
from tests.support.documents.word.own_levels import LINKED, OUTLINE

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


def file_of(*lines: tuple[str, int], styles: str = LINKED, behind: str = "") -> bytes:
    body = "".join(heading(text, at) + p(f"Text of {text}.") for text, at in lines)
    return word_file(body + behind, styles=styles, numbering=OUTLINE)


LISTED = word_file(
    heading("Aims", 1) + numbered("alpha", 2) + numbered("beta", 2) + heading("Steps", 1) + p("End."),
    styles=LINKED,
    numbering=abstract(1, level(0, "decimal", "%1.")) + OUTLINE + num(2, 1),
)
DECIDED = [
    # (what it is, file, what is decided, the text)
    ("a section becomes a chapter", chapters(), {"Words": 1}, "1 Aims/1.1 Scope/2 Words/3 Steps/3.1 First/3.1.1 Deep/3.2 Then"),
    ("a chapter becomes a section", chapters(), {"Steps": 2, "First": 3}, "1 Aims/1.1 Scope/1.2 Words/1.3 Steps/1.3.1 First/1.3.2 Deep/1.4 Then"),
    ("a level that no heading has", file_of(("Aims", 1), ("Scope", 1), ("Words", 1)), {"Scope": 2}, "1 Aims/1.1 Scope/2 Words"),
    ("nothing stays a chapter", file_of(("Aims", 1), ("Scope", 2), ("Words", 2)), {"Aims": 2}, "1 Aims/2 Scope/3 Words"),
    ("joined, and an annex", chapters(), {"Scope": 0, "Then": Decision(2, "annex")}, "1 Aims/1.2 Words/2 Steps/2.1 First/2.1.1 Deep/2.2 Then"),
    ("an item becomes a heading", LISTED, {"beta": 1}, "1 Aims/2 beta/3 Steps"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "said", "wanted"), [row[1:] for row in DECIDED], ids=[row[0] for row in DECIDED]
)
def test_numbers_are_those_of_the_level(data: bytes, said: dict[str, int | Decision], wanted: str) -> None:
    outline, text, own, written = taken(data, **said)
    assert "/".join(f"{label} {words}" for _, label, words in text) == wanted
    assert outline == text == own
    # What nobody decided about leaves byte for byte.
    assert all(
        each in document(written)
        for each in re.findall(rb"<w:p>(?:(?!</w:p>).)*Text of .*?</w:p>", document(data))
    )


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
    data = file_of(("Aims", 1), (words, 2), ("Steps", 1), styles=TYPED)
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
