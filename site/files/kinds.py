"""Name what a file is by its content. Its name and the browser's word count for nothing.

Only the first and last pieces are read. What a file holds is looked at by its reader, in a confined process.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import IO


class Kind(StrEnum):
    WORD = "word"
    SHEET = "sheet"
    SLIDES = "slides"
    OFFICE = "office"
    """An Office file whose main part has a name of its own."""
    OPEN_DOCUMENT = "open document"
    OLD_OFFICE = "old office"
    """Of before 2007, or protected by a password."""
    ZIP = "zip"
    PDF = "pdf"
    RTF = "rtf"
    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    AVIF = "avif"
    SVG = "svg"
    HTML = "html"
    XLIFF = "xliff"
    XML = "xml"
    TEXT = "text"
    WAV = "wav"
    FLAC = "flac"
    MP3 = "mp3"
    OGG = "ogg"
    MP4 = "mp4"
    WEBM = "webm"
    PROGRAM = "program"
    EMPTY = "empty"
    OTHER = "other"


HEAD, TAIL = 16 * 1024, 256 * 1024
"""The list of a zip's files stands at its end."""
STARTS = {
    b"%PDF-": Kind.PDF,
    b"{\\rtf": Kind.RTF,
    b"\x89PNG\r\n\x1a\n": Kind.PNG,
    b"\xff\xd8\xff": Kind.JPEG,
    b"GIF87a": Kind.GIF,
    b"GIF89a": Kind.GIF,
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": Kind.OLD_OFFICE,
    b"fLaC": Kind.FLAC,
    b"OggS": Kind.OGG,
    b"\x1a\x45\xdf\xa3": Kind.WEBM,
    b"ID3": Kind.MP3,
    b"MZ": Kind.PROGRAM,
    b"\x7fELF": Kind.PROGRAM,
    b"#!": Kind.PROGRAM,
    b"\xca\xfe\xba\xbe": Kind.PROGRAM,
    b"\xcf\xfa\xed\xfe": Kind.PROGRAM,
    b"PK\x05\x06": Kind.ZIP,
}
PARTS = {b"word/": Kind.WORD, b"xl/": Kind.SHEET, b"ppt/": Kind.SLIDES}
TYPES = b"[Content_Types].xml"
ENTRY, MOST_NAMES = b"PK\x01\x02", 10_000
ROOT = re.compile(r"<(?!\?)(?:!doctype\s+)?(?:[\w.-]+:)?([a-z!][\w.-]*)", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
ELEMENTS = {"svg": Kind.SVG, "xliff": Kind.XLIFF, "html": Kind.HTML}
OF_HTML = re.compile(r"<(?:script|body|head|iframe|object|embed|form|meta|img|a|div|p)[\s/>]", re.IGNORECASE)


def kind_of(file: IO[bytes]) -> Kind:
    """What a file is. It is read from its beginning and left there."""
    file.seek(0)
    head = file.read(HEAD)
    tail = b""
    if head.startswith(b"PK\x03\x04"):
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read(TAIL)
    file.seek(0)
    return kind_of_bytes(head, tail)


def kind_of_bytes(head: bytes, tail: bytes = b"") -> Kind:
    if not head:
        return Kind.EMPTY
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(head, tail or head)
    for start, kind in STARTS.items():
        if head.startswith(start):
            return kind
    return _of_box(head) or _of_text(head[:HEAD])


def _of_zip(head: bytes, tail: bytes) -> Kind:
    if b"mimetypeapplication/vnd.oasis.opendocument" in head[:200]:
        return Kind.OPEN_DOCUMENT
    names = _names(tail)
    if not names:  # cut off: the first file has its name at the beginning
        return Kind.OFFICE if head[30:].startswith((TYPES, *PARTS)) else Kind.ZIP
    if TYPES not in names:
        return Kind.ZIP
    found = (kind for part, kind in PARTS.items() if any(name.startswith(part) for name in names))
    return next(found, Kind.OFFICE)


def _names(tail: bytes) -> list[bytes]:
    """The names in the list at the end of a zip, as far as the tail has it."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return []
    size = int.from_bytes(tail[end + 12 : end + 16], "little")
    place = max(0, end - size)
    names: list[bytes] = []
    if size > end:  # the list begins before the tail
        place = max(0, tail.find(ENTRY))
    while tail[place : place + 4] == ENTRY and len(names) < MOST_NAMES:
        name, extra, comment = (
            int.from_bytes(tail[place + at : place + at + 2], "little") for at in (28, 30, 32)
        )
        names.append(tail[place + 46 : place + 46 + name])
        place += 46 + name + extra + comment
    return names


def _of_box(head: bytes) -> Kind | None:
    """Containers that name themselves after some bytes, and sound without one."""
    if head[:4] == b"RIFF":
        return {b"WAVE": Kind.WAV, b"WEBP": Kind.WEBP}.get(head[8:12])
    if head[4:8] == b"ftyp":
        return Kind.AVIF if head[8:12] in (b"avif", b"avis") else Kind.MP4
    # A frame of MPEG audio begins with eleven bits that are set; layer 0 would be AAC.
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0 and head[1] & 0x06 != 0
    return Kind.MP3 if is_frame and head[:2] != b"\xff\xfe" else None


def _of_text(head: bytes) -> Kind:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = head.decode("utf-16" if wide else "utf-8-sig", errors="replace").lstrip()
    if text.startswith("<"):
        root = ROOT.search(COMMENT.sub("", text))
        if root and (kind := ELEMENTS.get(root[1].lower())):
            return kind
        return Kind.HTML if OF_HTML.search(text) and not text.startswith("<?xml") else Kind.XML
    return Kind.OTHER if "\x00" in text or text.count("\ufffd") > 1 else Kind.TEXT
