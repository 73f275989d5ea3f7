"""The joiner that LibreOffice hangs a row's change on, in what `kodeks accept` and `kodeks reject` write."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from documents.word.file.guard import open_package
from documents.word.ns import w
from documents.word.resolve import resolve
from tests.support.documents.word.build import p as para
from tests.support.documents.word.build import parts_of, word_file
from tests.support.documents.word.resolve import cell, gone, ins, p, row, table
from tests.support.services.office import Office

J = "\u200d"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/"
PERSIAN = f"\u0647{J}"
"""The sign of a year of the Hijri calendar: a letter that only a joiner gives its shape."""


def file_of(body: str, program: str = "LibreOffice/7.4") -> bytes:
    properties = (
        f'<Properties xmlns="{KINDS}extended-properties"><Application>{program}</Application></Properties>'
    )
    relation = f'<Relationship Id="rApp" Type="{KINDS}extended-properties" Target="docProps/app.xml"/>'
    return word_file(body, root_relations=relation, parts={"docProps/app.xml": properties})


def words(data: bytes, *, accept: bool = True) -> list[str]:
    made = resolve(open_package(data), accept=accept)
    root = etree.fromstring(parts_of(made)["word/document.xml"])
    return ["".join(node.text or "" for node in found.iter(w("t"))) for found in root.iter(w("tc"))]


def new_row(*cells: str) -> str:
    return row(*(cell(p(ins(words))) for words in cells), mark="ins")


@pytest.mark.parametrize("typed", [f"New{J}", f"{J}New"])
def test_a_new_row_has_only_what_was_typed(typed: str) -> None:
    body = table(row(cell(p(ins(f"One{J}")))), new_row(typed, f"two{J}")) + p("")
    assert words(file_of(body)) == [f"One{J}", "New", f"two{J}"]
    assert words(file_of(body, "Microsoft Office Word")) == [f"One{J}", "New", f"two{J}"]


def test_a_joiner_that_a_language_needs_stays() -> None:
    body = table(new_row(PERSIAN)) + p("")
    assert words(file_of(body, "Microsoft Office Word")) == [PERSIAN]
    assert words(file_of(table(new_row(PERSIAN + J)) + p(""))) == [PERSIAN]


def test_an_empty_row_that_was_taken_out_comes_back_empty() -> None:
    body = table(row(cell(p(gone(J))), cell(p("")), mark="del"), row(cell(p(gone(PERSIAN))), mark="del")) + p(
        ""
    )
    assert words(file_of(body), accept=False) == ["", "", PERSIAN]


def test_a_row_that_was_put_in_with_libreoffice(soffice: Office, tmp_path: Path) -> None:
    path = tmp_path / "table.docx"
    path.write_bytes(word_file(table(row(cell(para("One")), cell(para("two")))) + para("Behind.")))
    edits: list[list[object]] = [
        ["author", "Ana Petrova"],
        ["tracking", True],
        ["new_row", "One", "New", "words"],
    ]
    data = soffice.edit(path, edits).read_bytes()
    assert J in parts_of(data)["word/document.xml"].decode()
    assert words(data) == ["One", "two", "New", "words"]
