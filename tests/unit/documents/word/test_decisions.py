"""What a person decides about an outline reaches the text, and the own file of that text."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx import Document

from documents.text import SectionTree
from documents.word import open_package
from documents.word.read.outline.decisions import (
    Decision,
    Line,
    decisions_as_json,
    decisions_from_json,
    lines_as_json,
    lines_from_json,
)
from documents.word.read.outline.outline import decide, outline_of
from documents.word.read.read import read_package
from documents.word.read.result import ReadResult
from documents.word.source_patch.write import write_own_file


@pytest.fixture(scope="module")
def data() -> bytes:
    document = Document()
    document.add_paragraph("Strategija", style="Title")
    document.add_paragraph("A preamble that is long enough to be no cover of anything. " * 3)
    document.add_heading("First", 2)
    document.add_paragraph("One.")
    document.add_paragraph("A heading that is only bold")
    document.add_paragraph("Two.")
    document.add_heading("Not a heading", 3)
    document.add_paragraph("Three.")
    document.add_paragraph("alpha", style="List Number")
    document.add_paragraph("beta", style="List Number")
    document.add_table(1, 1).cell(0, 0).text = "cell"
    document.add_heading("Last", 2)
    document.add_paragraph("Four.")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def shape(tree: SectionTree) -> list[tuple[int, str, str, str]]:
    return [(s.level, s.kind, s.text.heading, s.text.plain) for s in tree]


def test_decisions_shape_the_text_the_preview_and_the_own_file(data: bytes) -> None:
    plain = read_package(open_package(data), lines=True)
    assert [s.level for s in plain.tree] == [1, 1, 2, 1]
    at = {line.text: line.at for line in plain.lines}
    assert at["cell"] == -1
    decisions = decide(
        plain.lines,
        {},
        {
            at["A heading that is only bold"]: Decision(3),
            at["Not a heading"]: Decision(0),
            at["beta"]: Decision(2, heading=False),
            at["Last"]: Decision(2, "annex"),
            at["First"]: Decision(2),  # what the file says anyway
            plain.lines[0].at: Decision(0),  # there is no section before the first one
        },
    )
    assert len(decisions) == 4
    assert decisions_from_json(decisions_as_json(decisions)) == decisions
    assert lines_from_json(lines_as_json(plain.lines)) == list(plain.lines)
    preview = outline_of(plain.lines, decisions)
    read = read_package(open_package(data), decisions=decisions)
    assert [(o.head.level, o.head.kind) for o in preview] == [(s.level, s.kind) for s in read.tree]
    assert [o.head.text for o in preview if o.head.heading] == [
        s.text.heading for s in read.tree if s.text.heading
    ]
    assert [(s.level, s.kind, s.text.heading) for s in read.tree][1:] == [
        (1, "chapter", "First"),
        (2, "section", "A heading that is only bold"),
        (1, "section", ""),
        (1, "annex", "Last"),
    ]
    assert "Not a heading" in read.tree.sections[2].text.plain
    # The own file: nothing but bookmarks was put into it, and it reads as the text again without any
    # decision.
    uids = [section.uid for section in read.tree]
    own = write_own_file(data, read.tree, uids, decisions=decisions)
    again = read_package(open_package(own))
    assert [s.uid for s in again.tree] == uids and shape(again.tree) == shape(read.tree)
    before, after = (zipfile.ZipFile(io.BytesIO(each)).read("word/document.xml") for each in (data, own))
    assert after != before and re.sub(rb"<w:bookmark(?:Start|End)[^>]*/>", b"", after) == before


def test_a_title_page_that_was_shown_as_text_stays_text(data: bytes) -> None:
    document = Document()
    for words in (
        "Ministry of Interior",
        "Skopje, 2026",
        "Rules",
        "A sentence that says something of the rules.",
    ):
        document.add_paragraph(words)
    stream = io.BytesIO()
    document.save(stream)
    plain = read_package(open_package(stream.getvalue()), lines=True)
    at = {line.text: line.at for line in plain.lines}
    read = read_package(open_package(stream.getvalue()), decisions={at["Rules"]: Decision(1)})
    shown = {line.text for line in plain.lines}
    assert shown <= set("\n".join(f"{s.text.heading}\n{s.text.plain}" for s in read.tree).split("\n"))


def test_results_travel_and_nonsense_is_refused(data: bytes) -> None:
    read = read_package(open_package(data), lines=True)
    assert ReadResult.from_bytes(read.to_bytes()).lines == read.lines
    for wrong in (
        {"1": [10, "", True]},
        {"1": [1, "nonsense", True]},
        {"x": [1, "", True]},
        {"1": [1]},
        {"1": [-1, "", True]},
    ):
        with pytest.raises(ValueError):
            decisions_from_json(wrong)
    assert decide([Line(3, "a", level=1)], {}, {4: Decision(1)}) == {}
    assert outline_of([], {}) == []
