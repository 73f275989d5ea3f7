"""A table of contents with its heading: left out in whatever way the file keeps it, and no section is written
into its field."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.text import Section, SectionText
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import heading, p, word_file
from tests.support.documents.word.own import document, read
from tests.support.documents.word.own_levels import LINKED, OUTLINE

BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
FIELD = p("1 Aims 2").replace("<w:r>", BEGIN + "<w:r>", 1)
AIMS = heading("Aims").replace("<w:r>", END + "<w:r>", 1)
"""As Word has it: the field of the contents ends where the next heading begins."""
CONTROL = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    f"<w:sdtContent>{FIELD.replace('</w:p>', END + '</w:p>')}</w:sdtContent></w:sdt>"
)
FRONT = heading("Foreword") + p("Words before.")
BEHIND = p("Words of the aims.") + heading("Steps") + p("Words of the steps.")


def made(*parts: str) -> bytes:
    return word_file("".join(parts), styles=LINKED, numbering=OUTLINE)


def shown(data: bytes) -> list[tuple[str, str]]:
    return [(section.text.label, section.text.heading) for section in read(data)]


WITHOUT = [("1", "Foreword"), ("3", "Aims"), ("4", "Steps")]


@pytest.mark.parametrize("behind", ["", p("Here the text begins.")])
def test_a_numbered_heading_of_contents_is_left_out_with_a_field_and_with_a_control(behind: str) -> None:
    head = heading("Table of Contents")
    as_field = read(
        made(FRONT, head, FIELD.replace("</w:p>", END + "</w:p>"), behind, heading("Aims"), BEHIND)
    )
    as_control = read(made(FRONT, head, CONTROL, behind, heading("Aims"), BEHIND))
    assert [(s.text.label, s.text.heading, s.text.plain) for s in as_field] == [
        (s.text.label, s.text.heading, s.text.plain) for s in as_control
    ]
    assert [(s.text.label, s.text.heading) for s in as_control] == WITHOUT


def test_a_heading_of_contents_that_nothing_is_left_under_goes_with_its_number() -> None:
    assert shown(made(FRONT, heading("Contents"), heading("Aims"), BEHIND)) == WITHOUT


def test_a_new_section_stands_behind_the_contents_and_not_in_their_field() -> None:
    source = made(FRONT, heading("Table of Contents"), FIELD, AIMS, BEHIND)
    tree = read(source)
    assert shown(source) == WITHOUT
    new = Section("00000000-0000-4000-8000-0000000000f1", 1, "chapter", SectionText("3", {"heading": [{"type": "text", "text": "Contents"}], "blocks": [], "notes": {}}))  # fmt: skip
    first, *rest = tree.sections
    counted = (
        replace(s, text=replace(s.text, label=label)) for s, label in zip(rest, ("4", "5"), strict=True)
    )
    wider = replace(tree, sections=(first, new, *counted))
    own = write_own_file(source, wider, [section.uid for section in tree])
    assert shown(own) == [("1", "Foreword"), ("3", "Contents"), ("4", "Aims"), ("5", "Steps")]
    xml = document(own).decode()
    assert xml.index('fldCharType="end"') < xml.index(">Contents<")
    assert xml.count('fldCharType="end"') == 1
    # Where nothing comes between, the end stays where the file has it.
    plain = document(write_own_file(source, tree, [section.uid for section in tree])).decode()
    assert END + "<w:r>" in plain


def test_a_section_that_is_moved_leaves_the_end_of_the_field_behind() -> None:
    source = made(FRONT, FIELD, AIMS, BEHIND)
    tree = read(source)
    first, aims, steps = tree.sections
    own = write_own_file(source, replace(tree, sections=(first, steps, aims)), [s.uid for s in tree])
    assert [heading for _label, heading in shown(own)] == ["Foreword", "Steps", "Aims"]
    xml = document(own).decode()
    assert xml.index('fldCharType="end"') < xml.index(">Steps<")
