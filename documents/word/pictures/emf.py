"""EMF: record by record; the words of its head, comments, what is meant for printers, names of profiles, and what a record has beyond
what its kind needs go."""

from __future__ import annotations

import struct

from documents.word.pictures import emf_plus, emf_records, wmf
from documents.word.pictures.follow import Followed

HEADER, END, COMMENT = 1, 14, 70
TALKS = frozenset({99, 100, 101, 105, 106, 110, 111, 112, 113, 121, 122})
"""Spaces of colour and profiles, which are named by files, and what is said to a printer."""
LAST = 122
PLUS = b"EMF+"
PLACEABLE = (1, 2)
"""Of the pictures of this kind that EMF+ holds, those that are WMF."""
HEADS = (108, 100, 88)
"""How long the head is without what it names: by its three versions."""


def clean(data: bytes, *, within: bool = False) -> Followed:
    """Raises ValueError where it can't be followed to its end, and where a picture within it says something, or can't be followed.
    ``within``: the picture stands in another one already, and may hold none itself."""
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
            made.append(_plus(record, within))
        elif kind <= LAST and kind not in TALKS:
            made.append(emf_records.tidy(record))
    made = [record for record in made if record]
    body = b"".join(made)
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


def _plus(record: bytes, within: bool) -> bytes:
    """A comment in which a picture of the newer kind is drawn, without what only comments; nothing of any other comment."""
    (said,) = struct.unpack("<I", record[8:12])
    if record[12:16] != PLUS or said > len(record) - 12:
        return b""

    def metafile(kind: int, inner: bytes) -> bytes:
        if within:
            raise ValueError("a picture within it can't be followed")
        return wmf.clean(inner).data if kind in PLACEABLE else clean(inner, within=True).data

    drawn = emf_plus.tidy(record[16 : 12 + said], metafile)
    if not drawn:
        return b""
    body = PLUS + drawn
    return struct.pack("<III", COMMENT, 12 + len(body), len(body)) + body
