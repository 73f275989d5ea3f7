"""Word files made to harm, or made by programs that know no rules: each has to be read or refused with a
reason, quickly."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from bench.hostile_build import MAIN, document
from bench.hostile_markup import markup
from bench.hostile_parts import parts
from bench.hostile_size import size
from bench.hostile_structure import structure
from tests.support.documents.word.build import NAMES, archive, p, png, word_file

MB = 1024 * 1024
STYLES = "word/styles.xml"


def local_headers_only(data: bytes) -> bytes:
    """An archive whose sizes stand behind the data, as programs write that can't go back."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            self.data += bytes(piece)  # type: ignore[call-overload]
            return len(bytes(piece))  # type: ignore[call-overload]

    target = Pipe()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(name, source.read(name))
    return target.data


def twice(data: bytes, name: str, other: bytes) -> bytes:
    """The same name two times in one archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        made._didModify = True  # type: ignore[attr-defined]
        for info in source.namelist():
            made.writestr(info, source.read(info))
        made.NameToInfo.pop(name)
        made.writestr(name, other)
    return target.getvalue()


def overlapping(data: bytes) -> bytes:
    """Two entries of the directory that point to the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for info in source.namelist():
            made.writestr(info, source.read(info))
        first = made.infolist()[-1]
        for number in range(200):
            again = zipfile.ZipInfo(f"word/x{number}.xml")
            for key in ("header_offset", "CRC", "compress_size", "file_size"):
                setattr(again, key, getattr(first, key))
            made.filelist.append(again)
            made.NameToInfo[again.filename] = again
    return target.getvalue()


def bomb(name: str, size: int, start: bytes = b"", end: bytes = b"") -> bytes:
    """A part that unpacks to ``size`` bytes, made without holding them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        with zipfile.ZipFile(io.BytesIO(word_file(p("x")))) as source:
            for other in source.namelist():
                if other != name:
                    made.writestr(other, source.read(other))
        with made.open(name, "w", force_zip64=True) as handle:
            handle.write(start)
            piece = b" " * MB
            for _ in range(size // MB):
                handle.write(piece)
            handle.write(end)
    return target.getvalue()


def _archives() -> Iterator[tuple[str, Callable[[], bytes]]]:
    fine = word_file(p("Words."))
    yield "empty", lambda: b""
    yield "text", lambda: b"Dear Sir"
    yield "png", png
    yield "pdf", lambda: b"%PDF-1.7 x"
    yield "rtf", lambda: b"{\\rtf1 x}"
    yield "html", lambda: b"<html><body>x</body></html>"
    yield (
        "word 2003 xml",
        lambda: (
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
            b"<w:wordDocument "
            b'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body/></w:wordDocument>'
        ),
    )
    yield (
        "flat opc",
        lambda: (
            b'<?xml version="1.0"?><pkg:package '
            b'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>'
        ),
    )
    yield "old doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    yield "encrypted", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    yield "zip without parts", lambda: archive({})
    yield "zip of something else", lambda: archive({"a.txt": "x"})
    yield "cut in the middle", lambda: fine[: len(fine) // 2]
    yield "junk before", lambda: b"MZ" + b"\0" * 100 + fine
    yield "junk behind", lambda: fine + b"\0" * 100
    yield "dot dot", lambda: word_file(p("x"), parts={"../../evil": "x"})
    yield "absolute name", lambda: word_file(p("x"), parts={"/tmp/evil": "x"})
    yield "NUL in a name", lambda: word_file(p("x"), parts={"word/a\0b.xml": "x"})
    yield "long name", lambda: word_file(p("x"), parts={"word/" + "a" * 60_000: "x"})
    yield "twice", lambda: twice(fine, MAIN, document(p("other")).encode())
    yield "overlapping", lambda: overlapping(fine)
    yield "sizes behind", lambda: local_headers_only(fine)
    yield (
        "wrong checksum",
        lambda: fine.replace(struct.pack("<I", zlib.crc32(document(p("Words.")).encode())), b"\1\2\3\4"),
    )
    yield "many parts", lambda: word_file(p("x"), parts={f"word/x{n}.xml": "<a/>" for n in range(20_000)})
    yield "a zip in a zip", lambda: word_file(p("x"), parts={"word/embeddings/a.docx": fine * 100})
    yield "bomb of blanks", lambda: bomb(MAIN, 2048 * MB)
    yield "bomb in styles", lambda: bomb(STYLES, 500 * MB)
    yield "bomb in a picture", lambda: bomb("word/media/image1.png", 2048 * MB)
    yield (
        "blanks in the text",
        lambda: bomb(
            MAIN,
            50 * MB,
            f"<w:document {NAMES}><w:body><w:p><w:r><w:t>".encode(),
            b"</w:t></w:r></w:p></w:body></w:document>",
        ),
    )


CASES: dict[str, Callable[[], bytes]] = {
    **dict(_archives()),
    **dict(markup()),
    **dict(structure()),
    **dict(parts()),
    **dict(size()),
}
"""Each file by what is wrong with it."""
