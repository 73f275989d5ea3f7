"""Files for download: read back as the same, valid, the same bytes each time, and with nothing in them but
the text."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from documents.text import Section, SectionTree
from documents.word import Blob, FindingCode, Severity
from documents.word.write.document_file import DocumentFile
from documents.word.write.lists import TYPED, Rule, find_rule
from documents.word.write.write import write_docx
from tests.support.documents.word.build import (
    bare,
    cell,
    item,
    listing,
    para,
    parts_of,
    read,
    section,
    sha256,
    table,
    text,
)
from tests.support.documents.word.writer import DOCUMENT, TREE
from tests.support.properties import examples
from tests.support.services.office import Office


def same(one: Section, other: Section) -> None:
    assert (one.uid, one.level, one.kind, one.text.label) == (
        other.uid,
        other.level,
        other.kind,
        other.text.label,
    )
    assert bare(one.text.body) == bare(other.text.body)


def test_what_is_written_is_read_back_as_the_same() -> None:
    result = read(write_docx(DOCUMENT), "mk")
    assert result.tree.title == TREE.title
    assert len(result.tree) == len(TREE)
    for one, other in zip(TREE, result.tree, strict=True):
        same(one, other)
    left_out = {finding.code for finding in result.report.of(Severity.LEFT_OUT)}
    assert left_out == {FindingCode.CONTENTS_LIST, FindingCode.HEADERS_FOOTERS}
    assert result.report.of(Severity.CHANGED) == ()


def test_the_same_text_gives_the_same_bytes() -> None:
    assert write_docx(DOCUMENT) == write_docx(replace(DOCUMENT))


def test_the_judge_finds_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    path.write_bytes(write_docx(DOCUMENT))
    found = OpenXmlValidator().validate(path)
    assert found.is_valid, found.errors


def test_notice_classification_hash_and_address_stand_in_the_file() -> None:
    parts = {
        name: data.decode() for name, data in parts_of(write_docx(DOCUMENT)).items() if name.endswith("xml")
    }
    assert parts["word/header1.xml"].count(DOCUMENT.notice) >= 2  # in the head, and across the page
    assert DOCUMENT.classification in parts["word/header1.xml"]
    assert "NUMPAGES" in parts["word/footer1.xml"]
    for words in (
        DOCUMENT.edition_hash,
        DOCUMENT.address,
        *DOCUMENT.meta,
        *DOCUMENT.remarks,
        'TOC \\o "1-3"',
    ):
        assert words in parts["word/document.xml"]
    assert 'w:val="mk-MK"' in parts["word/styles.xml"]


def test_without_a_notice_nothing_stands_across_the_page() -> None:
    header = parts_of(write_docx(replace(DOCUMENT, notice="")))["word/header1.xml"]
    assert b"textpath" not in header


def test_the_language_is_named_in_words_own_way() -> None:
    for language, tag in (("sr", "sr-Cyrl-RS"), ("cnr", "sr-Latn-ME"), ("sq", "sq-AL")):
        written = write_docx(replace(DOCUMENT, language=language))
        assert f'w:val="{tag}"'.encode() in parts_of(written)["word/styles.xml"]
    latin = write_docx(replace(DOCUMENT, language_tag="sr-Latn-RS"))
    assert b'w:val="sr-Latn-RS"' in parts_of(latin)["word/styles.xml"]


def test_no_person_and_no_date_stands_in_the_file() -> None:
    for name, data in parts_of(write_docx(DOCUMENT)).items():
        assert not re.search(rb"w:author|w:rsid|w:date|dcterms:|<w:(ins|del|comment)\b", data), name
    core = parts_of(write_docx(DOCUMENT))["docProps/core.xml"].decode()
    assert re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>(.*?)<", core) == ["Kodeks", "Kodeks"]


def test_kept_xml_of_word_does_not_leak() -> None:
    secret = b"<w:p><w:del w:author='A person'>secret</w:del></w:p>"
    blobs = dict(DOCUMENT.blobs) | {sha256(secret): Blob(secret, "application/xml", "ooxml")}
    body = {"heading": [], "blocks": [para("x") | {"attrs": {"ooxml": sha256(secret)}}], "notes": {}}
    one = replace(TREE.sections[0], text=replace(TREE.sections[0].text, body=body))
    written = write_docx(replace(DOCUMENT, tree=replace(TREE, sections=(one,)), blobs=blobs))
    assert all(b"secret" not in data for data in parts_of(written).values())


def test_a_picture_that_is_not_there_is_shown_by_its_description() -> None:
    plain = read(write_docx(replace(DOCUMENT, blobs={})), "mk").tree.sections[3].text.plain
    assert "[Мапа]" in plain


@pytest.mark.parametrize("content_type", ["image/png", "image/jpeg", "image/gif", "image/bmp"])
@pytest.mark.parametrize("rest", [b"", b"<script>", b"\xff" * 40, bytes(range(256)) * 4])
def test_a_picture_that_begins_as_one_and_is_none_leaves_the_file_whole(
    content_type: str, rest: bytes
) -> None:
    """Of an uploaded picture only the first bytes were looked at: what follows them may be anything."""
    signs = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff\xe0", "gif": b"GIF89a", "bmp": b"BM"}
    data = signs[content_type.partition("/")[2]] + rest
    for length in range(len(data) - len(rest), len(data) + 1, 7):
        blob = Blob(data[:length], content_type, "image")
        body = {"heading": [], "blocks": [{"type": "figure", "attrs": {"sha256": "a" * 64}}], "notes": {}}
        one = replace(TREE.sections[0], text=replace(TREE.sections[0].text, body=body))
        document = replace(DOCUMENT, tree=replace(TREE, sections=(one,)), blobs={"a" * 64: blob})
        assert read(write_docx(document), "mk").tree.sections


@pytest.mark.parametrize(
    ("labels", "ordered", "rule"),
    [
        (["1.", "2.", "3."], True, Rule("decimal", "", ".", 1)),
        (["4)", "5)"], True, Rule("decimal", "", ")", 4)),
        (["1.2", "1.3"], True, Rule("decimal", "1.", "", 2)),
        (["(iv)", "(v)"], True, Rule("lowerRoman", "(", ")", 4)),
        (["а)", "б)", "в)"], True, Rule("russianLower", "", ")", 1)),
        (["а)", "б)", "в)", "г)", "д)", "ѓ)"], True, TYPED),
        (["1.", "3."], True, TYPED),
        (["100%", "101%"], True, TYPED),
        (["–", "–"], False, Rule("bullet", "–")),
        (["–", "•"], False, TYPED),
        (["", ""], True, Rule("decimal", "", ".", 1)),
        (["", ""], False, Rule("bullet", "•")),
    ],
)
def test_rules_for_labels(labels: list[str], ordered: bool, rule: Rule) -> None:
    assert find_rule(labels, ordered) == rule


WORDS = st.text("аbв гđ1.)\u2011\t–", min_size=1, max_size=30).filter(
    lambda words: words.strip() == words and words
)
MARKS = st.lists(
    st.sampled_from(["bold", "italic", "underline", "strike", "superscript"]), max_size=2, unique=True
)
RUNS = st.lists(st.builds(lambda words, marks: text(words, *marks), WORDS, MARKS), min_size=1, max_size=4)
PARAGRAPHS = st.builds(
    lambda runs, style: para(*runs, style=style), RUNS, st.sampled_from(["", "", "lead", "centred"])
)
SIGNS = st.sampled_from(["1.", "2.", "а)", "ѓ)", "iv.", "12)", "§ 3"])


def _lists(content: st.SearchStrategy[list[dict[str, object]]]) -> st.SearchStrategy[dict[str, object]]:
    def build(first: list[dict[str, object]], rest: list[dict[str, object]], sign: str) -> dict[str, object]:
        return item(sign, para(*first), *rest)

    return st.lists(st.builds(build, RUNS, content, SIGNS), min_size=1, max_size=3).map(
        lambda items: listing(True, *items)
    )


LISTS = _lists(_lists(st.just([])).map(lambda inner: [inner]) | st.just([]))
CELLS = st.lists(PARAGRAPHS | LISTS, min_size=1, max_size=2)
TABLES = (
    st.integers(1, 3)
    .flatmap(
        lambda width: st.lists(
            st.lists(CELLS.map(lambda c: cell(*c)), min_size=width, max_size=width), min_size=1, max_size=3
        )
    )
    .map(lambda rows: table(*rows))
)
CALLOUTS = st.lists(PARAGRAPHS, min_size=1, max_size=2).map(
    lambda inner: {"type": "callout", "content": inner}
)
BLOCKS = st.lists(PARAGRAPHS | LISTS | TABLES | CALLOUTS, max_size=5)
HEADS = st.tuples(
    st.integers(1, 4),
    st.sampled_from(["chapter", "section", "article", "step", "annex"]),
    st.sampled_from(["", "1", "1.2", "Член 3", "А.1"]),
    WORDS,
)


@given(st.lists(st.tuples(HEADS, BLOCKS), min_size=1, max_size=5))
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_back_as_it_was(
    rows: list[tuple[tuple[int, str, str, str], list[dict[str, object]]]],
) -> None:
    sections = tuple(
        section(str(uuid.UUID(int=n + 1)), level, kind, label, words.replace("\t", " "), *blocks)
        for n, ((level, kind, label, words), blocks) in enumerate(rows)
    )
    tree = SectionTree("mk", "Наслов", sections)
    result = read(write_docx(DocumentFile(tree)), "mk")
    assert len(result.tree) == len(tree)
    for one, other in zip(tree, result.tree, strict=True):
        same(one, other)


def test_libreoffice_shows_the_same_labels(soffice: Office, tmp_path: Path) -> None:
    path = tmp_path / "out.docx"
    path.write_bytes(write_docx(DOCUMENT))
    shown = soffice.convert(path, "txt:Text (encoded):UTF8").read_text("utf-8-sig")
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    for line in (
        "1 Цел и примена",
        "Член 5",
        "а) прв",
        "б) втор",
        "ii. b",
        "в) трет",
        "• точка",
        "ѓ) x",
        "Еден",
    ):
        assert line in lines, line
