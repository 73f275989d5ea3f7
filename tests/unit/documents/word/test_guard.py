"""What is refused at the door, and with which reason."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from documents.word import DEFAULT_LIMITS, MESSAGES, RefusalCode, Refused, open_package
from documents.word.file.ns import w
from documents.word.resolve import resolve
from documents.word.source_patch.source.slices import cut
from tests.support.documents.word.build import (
    NAMES,
    OFFICE,
    WORD,
    archive,
    p,
    parts_of,
    read,
    relationships,
    word_file,
)

MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MAIN = "word/document.xml"


def refusal(data: bytes, **limits: int) -> RefusalCode:
    chosen = replace(DEFAULT_LIMITS, **limits)
    with pytest.raises(Refused) as caught:
        read(data, limits=chosen)
    assert caught.value.message_en
    assert "%(" not in caught.value.message_en
    return caught.value.code


def test_an_empty_file_is_refused_as_empty() -> None:
    assert refusal(b"") is RefusalCode.EMPTY


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 4000,
        b"Just words.",
        b"%PDF-1.7\n...",
        b"{\\rtf1\\ansi words}",
        b"<!DOCTYPE html><html><body>Word saved me as .docx</body></html>",
        b"\xef\xbb\xbf <html><body/></html>",
        OLE,
        archive({"content.xml": "<a/>", "mimetype": "application/vnd.oasis.opendocument.text"}),
    ],
)
def test_another_format_is_no_word_document(data: bytes) -> None:
    assert refusal(data) is RefusalCode.NOT_DOCX


def test_a_spreadsheet_is_no_word_document() -> None:
    data = word_file(
        types={MAIN: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"},
        parts={MAIN: "<workbook/>"},
    )
    assert refusal(data) is RefusalCode.NOT_DOCX


def test_an_old_word_file_is_named_as_such() -> None:
    assert refusal(OLE + "WordDocument".encode("utf-16-le")) is RefusalCode.OLD_DOC


def test_a_password_protected_file_is_named_as_such() -> None:
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le")) is RefusalCode.ENCRYPTED


def test_an_encrypted_part_is_refused() -> None:
    data = bytearray(word_file(p("x")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) is RefusalCode.ENCRYPTED


@pytest.mark.parametrize("keep", [30, 200, -200, -30, -1])
def test_a_truncated_file_is_broken(keep: int) -> None:
    assert refusal(word_file(p("x" * 3000))[:keep]) is RefusalCode.BROKEN


def test_a_part_with_a_wrong_checksum_is_broken() -> None:
    data = bytearray(word_file(p("some words")))
    at = data.index(b"word/document.xml") + len(b"word/document.xml") + 8
    data[at] ^= 0xFF
    assert refusal(bytes(data)) is RefusalCode.BROKEN


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml"])
def test_macros_are_refused_whatever_the_file_is_called(name: str) -> None:
    assert refusal(word_file(p("x"), parts={name: b"<a/>"})) is RefusalCode.MACROS


def test_a_macro_enabled_type_is_refused() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert refusal(word_file(p("x"), types={MAIN: kind})) is RefusalCode.MACROS


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    data = word_file(p("x"), parts={"word/media/image1.png": b"\0" * (40 * MB)})
    assert len(data) < MB
    assert refusal(data) is RefusalCode.BOMB


def test_many_small_parts_are_a_bomb_too() -> None:
    parts = {f"word/media/{n}.bin": b"\0" * MB for n in range(30)}
    assert refusal(word_file(p("x"), parts=parts), unpacked_bytes=20 * MB) is RefusalCode.BOMB


def test_a_declared_size_is_not_believed() -> None:
    """The directory says 10 bytes, and 30 MB come out."""
    big = word_file(p("x"), parts={"word/media/image1.png": b"\0" * (30 * MB)})
    lying = big.replace(struct.pack("<I", 30 * MB), struct.pack("<I", 10))
    assert lying != big
    assert refusal(lying) in (RefusalCode.BROKEN, RefusalCode.BOMB)


def test_too_many_parts() -> None:
    parts = {f"word/x{n}.txt": "" for n in range(60)}
    assert refusal(word_file(p("x"), parts=parts), parts=50) is RefusalCode.TOO_MANY_PARTS


def test_too_big(tmp_path: Path) -> None:
    path = tmp_path / "big.docx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 2000)
    with pytest.raises(Refused) as caught:
        open_package(path, replace(DEFAULT_LIMITS, file_bytes=1000))
    assert caught.value.code is RefusalCode.TOO_BIG


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c '
    '"&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {NAMES}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", [MAIN, "word/styles.xml", "[Content_Types].xml", "_rels/.rels"])
def test_declarations_of_entities_are_refused_in_every_part(part: str, encoding: str) -> None:
    data = word_file(p("x"), styles="", parts={part: LAUGHS.encode(encoding)})
    assert refusal(data) is RefusalCode.ENTITIES


def test_an_entity_for_a_file_is_refused() -> None:
    xml = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document '
        f"{NAMES}><w:body>&x;</w:body></w:document>"
    )
    assert refusal(word_file(parts={MAIN: xml})) is RefusalCode.ENTITIES


def test_lone_control_characters_are_broken() -> None:
    xml = f"<w:document {NAMES}><w:body><w:p><w:r><w:t>a\0b</w:t></w:r></w:p></w:body></w:document>"
    assert refusal(word_file(parts={MAIN: xml})) is RefusalCode.BROKEN


def test_two_texts_are_refused() -> None:
    other = f'<Relationship Id="r2" Type="{OFFICE}officeDocument" Target="word/other.xml"/>'
    data = word_file(p("x"), root_relations=other, parts={"word/other.xml": "<a/>"})
    assert refusal(data) is RefusalCode.TWO_DOCUMENTS
    data = word_file(
        p("x"), types={"word/other.xml": WORD + "document.main+xml"}, parts={"word/other.xml": "<a/>"}
    )
    assert refusal(data) is RefusalCode.TWO_DOCUMENTS


def test_a_part_that_comes_twice_is_refused() -> None:
    target = io.BytesIO(word_file(p("x")))
    with zipfile.ZipFile(target, "a") as made, pytest.warns(UserWarning):
        made.writestr(MAIN, "<a/>")
    assert refusal(target.getvalue()) is RefusalCode.BROKEN


@pytest.mark.parametrize(
    "name", ["../evil.xml", "word/../../evil.xml", "/etc/passwd", "C:/evil.xml", "word\\..\\..\\e"]
)
def test_names_that_lead_out_of_the_file_are_refused(name: str) -> None:
    assert refusal(word_file(p("x"), parts={name: "x"})) is RefusalCode.BAD_NAMES


def test_a_text_that_is_elsewhere_is_refused() -> None:
    rels = (
        f'<Relationship Id="r1" Type="{OFFICE}officeDocument" Target="http://127.0.0.1:9/d.xml" '
        f'TargetMode="External"/>'
    )
    assert refusal(word_file(p("x"), parts={"_rels/.rels": relationships(rels)})) is RefusalCode.EXTERNAL


def test_tables_in_tables_without_end_are_too_deep() -> None:
    depth = 25
    body = "<w:tbl><w:tr><w:tc>" * depth + p("x") + (p() + "</w:tc></w:tr></w:tbl>") * depth
    assert refusal(word_file(body)) is RefusalCode.TOO_DEEP


def test_elements_in_elements_without_end_are_too_deep() -> None:
    body = "<w:p>" + "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "</w:p>"
    assert refusal(word_file(body)) is RefusalCode.TOO_DEEP


def test_too_many_paragraphs() -> None:
    assert refusal(word_file(p("x") * 60), blocks=50) is RefusalCode.TOO_LONG


def test_no_body_is_broken() -> None:
    assert refusal(word_file(parts={MAIN: f"<w:document {NAMES}/>"})) is RefusalCode.BROKEN


def test_each_code_has_words() -> None:
    assert set(MESSAGES) == set(RefusalCode)


def test_backslashes_in_part_names_are_read() -> None:
    """Some programs of the region write them."""
    data = word_file(p("Words that are read."))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for info in source.infolist():
            made.writestr(info.filename.replace("/", "\\"), source.read(info))
    assert read(target.getvalue()).tree.sections[0].text.plain == "Words that are read."


@pytest.mark.parametrize("role", ["name", "size", "offset"])
def test_a_part_that_is_another_than_the_list_says_is_broken(role: str) -> None:
    data = bytearray(word_file(p("some words")))
    listed = data.index(b"word/document.xml", data.index(b"PK\x01\x02"))
    if role == "name":
        data[listed : listed + 4] = b"text"
    elif role == "size":
        struct.pack_into("<I", data, listed - 46 + 24, 20)
    else:
        struct.pack_into("<I", data, listed - 46 + 42, 3)
    assert refusal(bytes(data)) is RefusalCode.BROKEN


LATENT = '<w:latentStyles w:count="1"><w:lsdException w:name="heading 1"/></w:latentStyles>'
STYLE = '<w:style w:type="paragraph" w:default="1" w:styleId="X"><w:name w:val="mine"/></w:style>'


@pytest.mark.parametrize(
    "styles", [LATENT + STYLE, f"<!-- {LATENT[:30]} -->{LATENT}{STYLE}", f"{STYLE}<!-- {LATENT} -->"]
)
def test_styles_are_read_without_the_list_of_those_that_word_has_itself(styles: str) -> None:
    package = open_package(word_file(p("x"), styles=styles))
    root = package.styles()
    assert root is not None
    assert [style.get(w("styleId")) for style in root.iterchildren(w("style"))] == ["X"]
    assert "heading 1" not in str(etree.tostring(root)) or styles.count(LATENT[:30]) > 1


def test_whoever_writes_has_all_of_the_styles() -> None:
    package = open_package(word_file(p("x"), styles=LATENT + STYLE))
    package.styles()
    whole = package.needed_xml(package.main, "styles")
    assert whole is not None and whole.find(w("latentStyles")) is not None
    assert package.styles() is whole


def test_names_of_parts_are_the_same_without_regard_to_capitals() -> None:
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>'
    made = parts_of(
        word_file('<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="1"/></w:r></w:p>', footnotes=note)
    )
    made["WORD/DOCUMENT.XML"] = made.pop("word/document.xml")
    rels = "word/_rels/document.xml.rels"
    made[rels] = made[rels].replace(b'"footnotes.xml"', b'"FootNotes.XML"')
    result = read(archive(made))
    assert list(result.tree.sections[0].text.body["notes"]) == ["n1"]
    # Written anew, no part is there twice.
    again = parts_of(resolve(open_package(archive(made)), accept=True))
    assert {name.lower() for name in again} == {name.lower() for name in made} and len(again) == len(made)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_a_text_in_another_encoding_is_not_cut_into_bytes(encoding: str) -> None:
    declared = (
        f'<?xml version="1.0" encoding="{encoding}"?><w:document '
        f"{NAMES}><w:body>{p('а')}</w:body></w:document>"
    )
    assert cut(declared.encode(encoding)) is None
