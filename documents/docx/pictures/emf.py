"""EMF: record by record; the words of its head, comments, what is meant for printers, and names of profiles go."""

from __future__ import annotations

import struct

from documents.docx.pictures.follow import Followed

HEADER, END, COMMENT = 1, 14, 70
TALKS = frozenset({99, 100, 101, 105, 106, 110, 111, 112, 113, 121, 122})
"""Spaces of colour and profiles, which are named by files, and what is said to a printer."""
LAST = 122
PLUS = b"EMF+"
PLUS_COMMENT = 0x4003
HEADS = (108, 100, 88)
"""How long the head is without what it names: by its three versions."""
SIGNS = (
    b"Exif\x00\x00",
    b"http://ns.adobe.com/",
    b"Photoshop 3.0",
    b"tEXt",
    b"iTXt",
    b"zTXt",
    b"ICC_PROFILE",
)
"""By these a picture within the picture is known that says something."""


def clean(data: bytes) -> Followed:
    """Raises ValueError where it can't be followed to its end, and where a picture within it says something."""
    made, at = [_head(data)], int.from_bytes(data[4:8], "little")
    while True:
        kind, size = struct.unpack("<II", data[at : at + 8])
        record = data[at : at + size]
        if size < 8 or size % 4 or len(record) != size:
            raise ValueError("it has no end")
        at += size
        if kind == END:
            # Colours may stand in it; no program asks for them.
            made.append(struct.pack("<IIIII", END, 20, 0, 16, 20))
            break
        if kind == COMMENT:
            made.append(_plus(record))
        elif kind <= LAST and kind not in TALKS:
            made.append(record)
    made = [record for record in made if record]
    body = b"".join(made)
    if any(sign in body for sign in SIGNS):
        raise ValueError("a picture within it says something")
    head = bytearray(made[0])
    struct.pack_into("<II", head, 48, len(body), len(made))
    return Followed(bytes(head) + body[len(head) :])


def _head(data: bytes) -> bytes:
    kind, size = struct.unpack("<II", data[:8])
    words, colours = struct.unpack("<I", data[64:68])[0], 0
    if size >= 100:
        colours = struct.unpack("<I", data[92:96])[0]
    ends = min([size, *(start for start in (words, colours) if start)])
    length = next((one for one in HEADS if one <= ends), 0)
    if kind != HEADER or not length or len(data) < size:
        raise ValueError("it does not begin")
    head = bytearray(data[:length])
    struct.pack_into("<I", head, 4, length)
    struct.pack_into("<II", head, 60, 0, 0)
    if length >= 100:
        struct.pack_into("<II", head, 88, 0, 0)
    return bytes(head)


def _plus(record: bytes) -> bytes:
    """A comment in which a picture of the newer kind is drawn, without what only comments; nothing of any other comment."""
    (said,) = struct.unpack("<I", record[8:12])
    if record[12:16] != PLUS or said > len(record) - 12:
        return b""
    made, at, end = [PLUS], 16, 12 + said
    while at + 12 <= end:
        kind, _flags, size = struct.unpack("<HHI", record[at : at + 8])
        if size < 12 or at + size > end:
            raise ValueError("it has no end")
        if kind != PLUS_COMMENT:
            made.append(record[at : at + size])
        at += size
    if len(made) == 1:
        return b""
    body = b"".join(made)
    padded = body + bytes(-len(body) % 4)
    return struct.pack("<III", COMMENT, 12 + len(padded), len(body)) + padded
