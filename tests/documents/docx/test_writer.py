"""Files for download: read back as the same, valid, the same bytes each time, and with nothing in them but the text."""

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
from documents.word.write.document_file import DocumentFile, Words
from documents.word.write.lists import TYPED, Rule, find_rule
from documents.word.write.write import write_docx
from tests.documents.docx.build import (
    bare,
    cell,
    item,
    listing,
    para,
    parts_of,
    png,
    read,
    section,
    sha256,
    table,
    text,
)
from tests.services.office import Office
from tests.support.properties import examples

UIDS = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"section {n}")) for n in range(8)]
PICTURE = png(200, 100)
LINK = {"type": "link", "attrs": {"href": "https://example.org/a?b=1&c=2"}}
FIGURE = {"type": "figure", "attrs": {"sha256": sha256(PICTURE), "alt": "Мапа"}, "content": [text("Слика 1")]}
STEP = {
    "type": "step",
    "attrs": {"title": "Раздвојте го лицето", "who": "полициски службеник", "limit": "веднаш"},
    "content": [para("Текст."), listing(False, item("–", para("x")), item("–", para("y")))],
}
TREE = SectionTree(
    "mk",
    "Стандардни оперативни процедури",
    (
        section(UIDS[0], 1, "section", "", "", para("Врз основа на член 5 од Законот, Владата ја донесе:")),
        section(
            UIDS[1],
            1,
            "chapter",
            "1",
            "Цел и примена",
            para(
                "Оваа ",
                text("процедура", "bold"),
                text(" важи", LINK),
                {"type": "note", "attrs": {"id": "n1"}},
                {"type": "break"},
                "ред\tтаб",
            ),
            listing(
                True,
                item("а)", para("прв")),
                item(
                    "б)",
                    para("втор"),
                    para("уште"),
                    listing(True, item("i.", para("a")), item("ii.", para("b"))),
                ),
                item("в)", para("трет")),
            ),
            listing(False, item("•", para("точка")), item("•", para("точка"))),
            para("Цитат", style="quote"),
            para("Вовед", style="lead"),
            para("Центар", style="centred"),
            notes={"n1": [para("Белешка ", text("врска", LINK)), para("Втор пасус.")]},
        ),
        section(
            UIDS[2],
            2,
            "step",
            "1.1",
            "Прв разговор",
            STEP,
            {"type": "callout", "attrs": {"tone": "warn"}, "content": [para("Внимание")]},
            {"type": "callout", "content": [para("Инфо")]},
        ),
        section(
            UIDS[3],
            1,
            "article",
            "Член 5",
            "",
            para("Види ", text("дел 1.1", {"type": "xref", "attrs": {"uid": UIDS[2]}})),
            table(
                [cell("А", header=True), cell("Б", header=True, colspan=2)],
                [cell("долу", rowspan=2), cell("1"), cell("2")],
                [cell(listing(True, item("1.", para("q")))), cell(table([cell("внатре")]))],
            ),
            FIGURE,
        ),
        section(
            UIDS[4],
            1,
            "annex",
            "Прилог А",
            [text("Образец "), text("нов", "italic")],
            listing(True, *(item(f"{letter})", para("x")) for letter in "абвгдѓ")),
            {"type": "opaque", "attrs": {"text": "Еден\nДва", "kind": "chart"}},
        ),
        section(UIDS[5], 2, "section", "", "5. Не е број"),
    ),
)
DOCUMENT = DocumentFile(
    TREE,
    meta=("Влада на Република Северна Македонија", "Во сила од 1 јуни 2024"),
    notice="НАЦРТ – не е усвоен",
    classification="Јавно",
    edition_hash="ab" * 32,
    address="https://kodeks.example/mk/i/mk/sop/2/",
    remarks=("* Ова не ги прејудицира ставовите.",),
    blobs={sha256(PICTURE): Blob(PICTURE, "image/png", "image")},
    words=Words("Содржина", "Страница", "Кој", "Рок", "Отпечаток", "Адреса"),
)


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
