"""The numbers of items in an own file are those of the text, where Word by itself would count others."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from openxml_audit import OpenXmlValidator

from documents.text import SectionText, SectionTree, normalise_body
from documents.text.ooxml import drop_stale_ooxml
from documents.word.list_numbers import counted_on, labels_in
from tests.documents.docx.build import (
    HEADINGS,
    abstract,
    heading,
    level,
    num,
    numbered,
    p,
    parts_of,
    word_file,
)
from tests.documents.docx.test_list_numbers import item, paragraph
from tests.documents.docx.test_own import own, read

Json = dict[str, Any]
LEVELS = abstract(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"))
OVERRIDDEN = num(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "russianLower", "%1)")}</w:lvlOverride>')
TABLE = "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


def source(*between: str, numbering: str = LEVELS + num(1, 0)) -> bytes:
    """Lists of two items that go on from one another, with that between them."""
    body, count = heading("Мере"), 0
    for piece in (*between, ""):
        body += numbered(f"ставка {count}") + numbered(f"ставка {count + 1}") + piece
        count += 2
    return word_file(body + heading("Рокови") + p("Осам дана."), styles=HEADINGS, numbering=numbering)


def edited(tree: SectionTree, edit: Callable[[list[Json]], None]) -> SectionTree:
    """As the first section is saved on the desk."""
    first, *rest = tree.sections
    body = copy.deepcopy(first.text.body)
    edit(body["blocks"])
    made = counted_on(first.text.body, normalise_body(body))
    body = drop_stale_ooxml(made, first.text.body)
    return replace(tree, sections=(replace(first, text=SectionText(first.text.label, body)), *rest))


def labels(tree: SectionTree) -> str:
    return " | ".join(" ".join(labels_in(section.text.body)) for section in tree)


def tear(blocks: list[Json]) -> None:
    rest = blocks[0]["content"][1:]
    del blocks[0]["content"][1:]
    blocks[1:1] = [paragraph("гола линија"), {**blocks[0], "content": rest}]


def put_in(blocks: list[Json]) -> None:
    blocks[0]["content"].insert(1, item("1.", "нова"))


def take_out(blocks: list[Json]) -> None:
    del blocks[0]["content"][0]


@pytest.mark.parametrize(
    ("between", "edit", "wanted"),
    [
        ([p("између")], tear, "1. 2. 3. 4. | "),
        ([p("између"), p("и опет")], tear, "1. 2. 3. 4. 5. 6. | "),
        ([TABLE.format(p("ћелија"))], tear, "1. 2. 3. 4. | "),
        ([heading("Друга")], put_in, "1. 2. 3. | 3. 4. | "),
        ([heading("Друга")], take_out, "1. | 3. 4. | "),
        ([heading("Друга"), p("између")], take_out, "1. | 3. 4. 5. 6. | "),
    ],
)
def test_what_goes_on_behind_a_piece_that_was_written_anew_or_in_another_section(
    between: list[str], edit: Callable[[list[Json]], None], wanted: str, tmp_path: Path
) -> None:
    data = source(*between)
    tree = edited(read(data), edit)
    made = own(tree, data)
    assert labels(tree) == wanted == labels(read(made.data))
    assert not made.unlike
    files = tmp_path / "source.docx", tmp_path / "own.docx"
    faults = []
    for file, content in zip(files, (data, made.data), strict=True):
        file.write_bytes(content)
        faults.append(len(OpenXmlValidator().validate(file).errors))
    assert faults[1] <= faults[0]
    document = parts_of(made.data)["word/document.xml"]
    assert b"KodeksLabel" not in document, "no number is typed"
    assert document.count(p("Осам дана.").encode()) == 1


def test_the_look_of_a_number_of_its_own_stays() -> None:
    """The list's own definition says how it counts, and what begins anew counts as it does."""
    data = source(heading("Друга"), numbering=LEVELS + OVERRIDDEN)
    tree = edited(read(data), take_out)
    assert labels(tree) == "а) | в) г) | " == labels(read(own(tree, data).data))


def test_where_numbers_stay_unlike_the_section_is_named() -> None:
    data = source(heading("Друга"))
    tree = edited(read(data), take_out)
    assert own(tree, data).numbered == ()
    with patch("documents.word.source_patch.write.counted_right", return_value={}):
        made = own(tree, data)
    assert made.numbered == (tree.sections[1].uid,)
