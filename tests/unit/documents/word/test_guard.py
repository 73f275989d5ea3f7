"""What is refused at the door, and with which reason."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
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
C = RefusalCode
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c '
    '"&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {NAMES}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)
FILE_ENTITY = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {NAMES}><w:body>&x;</w:body></w:document>'
NUL = f"<w:document {NAMES}><w:body><w:p><w:r><w:t>a\0b</w:t></w:r></w:p></w:body></w:document>"
OTHER = f'<Relationship Id="r2" Type="{OFFICE}officeDocument" Target="word/other.xml"/>'
ELSEWHERE = f'<Relationship Id="r1" Type="{OFFICE}officeDocument" Target="http://127.0.0.1:9/d.xml" TargetMode="External"/>'


def with_part(name: str, content: str | bytes) -> bytes:
    return word_file(p("x"), styles="", parts={name: content})


def changed(data: bytes, at: int, change: Callable[[int], int]) -> bytes:
    made = bytearray(data)
    made[at] = change(made[at])
    return bytes(made)


def listed_otherwise(role: str) -> bytes:
    """A file whose directory names, sizes or places a part otherwise than the part itself."""
    data = bytearray(word_file(p("some words")))
    listed = data.index(b"word/document.xml", data.index(b"PK\x01\x02"))
    if role == "name":
        data[listed : listed + 4] = b"text"
    else:
        struct.pack_into(
            "<I", data, listed - 46 + {"size": 24, "offset": 42}[role], 20 if role == "size" else 3
        )
    return bytes(data)


def encrypted() -> bytes:
    data = word_file(p("x"))
    return changed(data, data.index(b"PK\x01\x02") + 8, lambda byte: byte | 1)


def wrong_checksum() -> bytes:
    data = word_file(p("some words"))
    at = data.index(b"word/document.xml") + len(b"word/document.xml") + 8
    return changed(data, at, lambda byte: byte ^ 0xFF)


def lying_size() -> bytes:
    """The directory says 10 bytes, and 30 MB come out."""
    big = word_file(p("x"), parts={"word/media/image1.png": b"\0" * (30 * MB)})
    return big.replace(struct.pack("<I", 30 * MB), struct.pack("<I", 10))


def part_twice() -> bytes:
    target = io.BytesIO(word_file(p("x")))
    with zipfile.ZipFile(target, "a") as made, pytest.warns(UserWarning):
        made.writestr(MAIN, "<a/>")
    return target.getvalue()


Case = tuple[str, Callable[[], bytes], RefusalCode, dict[str, int]]
CASES: list[Case] = [
    ("empty", lambda: b"", C.EMPTY, {}),
    ("zeros", lambda: b"\0" * 4000, C.NOT_DOCX, {}),
    ("words", lambda: b"Just words.", C.NOT_DOCX, {}),
    ("pdf", lambda: b"%PDF-1.7\n...", C.NOT_DOCX, {}),
    ("rtf", lambda: b"{\\rtf1\\ansi words}", C.NOT_DOCX, {}),
    ("html", lambda: b"<!DOCTYPE html><html><body>Word saved me</body></html>", C.NOT_DOCX, {}),
    ("html with a mark", lambda: b"\xef\xbb\xbf <html><body/></html>", C.NOT_DOCX, {}),
    ("ole", lambda: OLE, C.NOT_DOCX, {}),
    ("odt", lambda: archive({"content.xml": "<a/>", "mimetype": "application/vnd.oasis"}), C.NOT_DOCX, {}),
    ("xlsx", lambda: word_file(types={MAIN: SHEET}, parts={MAIN: "<workbook/>"}), C.NOT_DOCX, {}),
    ("doc", lambda: OLE + "WordDocument".encode("utf-16-le"), C.OLD_DOC, {}),
    ("password", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), C.ENCRYPTED, {}),
    ("encrypted part", encrypted, C.ENCRYPTED, {}),
    *((f"cut at {n}", lambda n=n: word_file(p("x" * 3000))[:n], C.BROKEN, {}) for n in (30, 200, -200, -30, -1)),
    ("checksum", wrong_checksum, C.BROKEN, {}),
    *((f"other {role}", lambda role=role: listed_otherwise(role), C.BROKEN, {}) for role in ("name", "size", "offset")),
    *(
        (name, lambda name=name: with_part(name, b"<a/>"), C.MACROS, {})
        for name in ("word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml")
    ),
    ("macro type", lambda: word_file(p("x"), types={MAIN: MACROS}), C.MACROS, {}),
    ("bomb", lambda: with_part("word/media/i.png", b"\0" * (40 * MB)), C.BOMB, {}),
    (
        "many small parts",
        lambda: word_file(p("x"), parts={f"word/media/{n}.bin": b"\0" * MB for n in range(30)}),
        C.BOMB,
        {"unpacked_bytes": 20 * MB},
    ),
    ("many parts", lambda: word_file(p("x"), parts={f"word/x{n}.txt": "" for n in range(60)}), C.TOO_MANY_PARTS, {"parts": 50}),
    *(
        (f"entities in {part} in {encoding}", lambda p_=part, e=encoding: with_part(p_, LAUGHS.encode(e)), C.ENTITIES, {})
        for part in (MAIN, "word/styles.xml", "[Content_Types].xml", "_rels/.rels")
        for encoding in ("utf-8", "utf-16")
    ),
    ("entity for a file", lambda: word_file(parts={MAIN: FILE_ENTITY}), C.ENTITIES, {}),
    ("control character", lambda: word_file(parts={MAIN: NUL}), C.BROKEN, {}),
    ("two texts", lambda: word_file(p("x"), root_relations=OTHER, parts={"word/other.xml": "<a/>"}), C.TWO_DOCUMENTS, {}),
    (
        "two texts by type",
        lambda: word_file(p("x"), types={"word/other.xml": WORD + "document.main+xml"}, parts={"word/other.xml": "<a/>"}),
        C.TWO_DOCUMENTS,
        {},
    ),
    ("part twice", part_twice, C.BROKEN, {}),
    *(
        (name, lambda name=name: with_part(name, "x"), C.BAD_NAMES, {})
        for name in ("../evil.xml", "word/../../evil.xml", "/etc/passwd", "C:/evil.xml", "word\\..\\..\\e")
    ),
    ("text elsewhere", lambda: with_part("_rels/.rels", relationships(ELSEWHERE)), C.EXTERNAL, {}),
    (
        "tables in tables",
        lambda: word_file("<w:tbl><w:tr><w:tc>" * 25 + p("x") + (p() + "</w:tc></w:tr></w:tbl>") * 25),
        C.TOO_DEEP,
        {},
    ),
    (
        "elements in elements",
        lambda: word_file("<w:p>" + "<w:smartTag>" * 5000 + "</w:smartTag>" * 5000 + "</w:p>"),
        C.TOO_DEEP,
        {},
    ),
    ("many paragraphs", lambda: word_file(p("x") * 60), C.TOO_LONG, {"blocks": 50}),
    ("no body", lambda: word_file(parts={MAIN: f"<w:document {NAMES}/>"}), C.BROKEN, {}),
]  # fmt: skip


def refusal(data: bytes, **limits: int) -> RefusalCode:
    with pytest.raises(Refused) as caught:
        read(data, limits=replace(DEFAULT_LIMITS, **limits))
    assert caught.value.message_en
    assert "%(" not in caught.value.message_en
    return caught.value.code


@pytest.mark.parametrize(
    ("made", "code", "limits"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_refused(made: Callable[[], bytes], code: RefusalCode, limits: dict[str, int]) -> None:
    assert refusal(made(), **limits) is code


def test_a_declared_size_is_not_believed() -> None:
    assert refusal(lying_size()) in (C.BROKEN, C.BOMB)


def test_a_file_that_is_too_big_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.docx"
    path.write_bytes(b"PK\x03\x04" + b"x" * 2000)
    with pytest.raises(Refused) as caught:
        open_package(path, replace(DEFAULT_LIMITS, file_bytes=1000))
    assert caught.value.code is C.TOO_BIG


def test_each_code_has_words() -> None:
    assert set(MESSAGES) == set(RefusalCode)


def test_backslashes_in_part_names_are_read() -> None:
    """Some programs of the region write them."""
    target = io.BytesIO()
    data = word_file(p("Words that are read."))
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for info in source.infolist():
            made.writestr(info.filename.replace("/", "\\"), source.read(info))
    assert read(target.getvalue()).tree.sections[0].text.plain == "Words that are read."


LATENT = '<w:latentStyles w:count="1"><w:lsdException w:name="heading 1"/></w:latentStyles>'
STYLE = '<w:style w:type="paragraph" w:default="1" w:styleId="X"><w:name w:val="mine"/></w:style>'


@pytest.mark.parametrize(
    "styles", [LATENT + STYLE, f"<!-- {LATENT[:30]} -->{LATENT}{STYLE}", f"{STYLE}<!-- {LATENT} -->"]
)
def test_styles_are_read_without_words_own_list(styles: str) -> None:
    root = open_package(word_file(p("x"), styles=styles)).styles()
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
    body = '<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    made = parts_of(word_file(body, footnotes=note))
    made["WORD/DOCUMENT.XML"] = made.pop("word/document.xml")
    rels = "word/_rels/document.xml.rels"
    made[rels] = made[rels].replace(b'"footnotes.xml"', b'"FootNotes.XML"')
    assert list(read(archive(made)).tree.sections[0].text.body["notes"]) == ["n1"]
    # Written anew, no part is there twice.
    again = parts_of(resolve(open_package(archive(made)), accept=True))
    assert {name.lower() for name in again} == {name.lower() for name in made} and len(again) == len(made)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
def test_a_text_in_another_encoding_is_not_cut_into_bytes(encoding: str) -> None:
    document = f"<w:document {NAMES}><w:body>{p('а')}</w:body></w:document>"
    assert cut(f'<?xml version="1.0" encoding="{encoding}"?>{document}'.encode(encoding)) is None
