"""What a file is, by its content alone."""

from __future__ import annotations

import io
import zipfile

import pytest

from files.kinds import Kind, kind_of
from tests.support.documents.word.build import p, png, word_file


def zipped(*names: str, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, b"x" * 20_000)
        archive.comment = comment
    return out.getvalue()


def inside(data: bytes) -> bytes:
    """A zip with a Word file that is not packed once more: its names are near the end, too."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.docx", data)
    return out.getvalue()


FILES = {
    Kind.WORD: (word_file(p("x")), zipped(*(f"a{n}" for n in range(3)), "[Content_Types].xml", "word/document.xml")),
    Kind.SHEET: (zipped("[Content_Types].xml", "xl/workbook.xml"),),
    Kind.OFFICE: (zipped("[Content_Types].xml", "other/text.xml"), zipped("[Content_Types].xml")[:-30]),
    Kind.ZIP: (zipped("word/a.docx"), zipped(), inside(word_file(p("x")))),
    Kind.OPEN_DOCUMENT: (b"PK\3\4" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text",),
    Kind.OLD_OFFICE: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99,),
    Kind.PDF: (b"%PDF-1.7\n",),
    Kind.PNG: (png(),),
    Kind.SVG: (
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><!DOCTYPE svg><s:svg xmlns:s='http://www.w3.org/2000/svg'/>",
        "<?xml version='1.0'?><svg/>".encode("utf-16"),
    ),
    Kind.HTML: (b"<!DOCTYPE html><p>x", b" \n<HTML>", b"<!-- x --><b>x</b><script>alert(1)</script>"),
    Kind.XLIFF: (b"<?xml version='1.0'?><xliff version='2.0'/>",),
    Kind.XML: (b"<?xml version='1.0'?><feed/>",),
    Kind.TEXT: ("Ако".encode(), b"=1+1"),
    Kind.PROGRAM: (b"MZ\x90\0", b"\x7fELF\2", b"#!/bin/sh\n"),
    Kind.MP3: (b"ID3\4", b"\xff\xfb\x90d"),
    Kind.WAV: (b"RIFF\0\0\0\0WAVE",),
    Kind.WEBP: (b"RIFF\0\0\0\0WEBP",),
    Kind.MP4: (b"\0\0\0\x18ftypmp42",),
    Kind.EMPTY: (b"",),
    Kind.OTHER: (b"\0\1\2\3\4", bytes(range(128, 256))),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_what_it_holds(kind: Kind) -> None:
    for data in FILES[kind]:
        stream = io.BytesIO(data)
        stream.read(3)
        assert kind_of(stream) == kind
        assert stream.tell() == 0, "left at its beginning"
