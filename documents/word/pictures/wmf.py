"""WMF: record by record; what is said to a printer goes, comments with it, and what a record has beyond what its kind needs."""

from __future__ import annotations

import struct

from documents.word.pictures import wmf_records
from documents.word.pictures.follow import Followed

PLACED = b"\xd7\xcd\xc6\x9a"
PLACED_HEAD, HEAD = 22, 18
ESCAPE, END = 0x0626, 0


def clean(data: bytes) -> Followed:
    """Raises ValueError where it can't be followed to its end, and where a picture within it says something."""
    start = PLACED_HEAD if data.startswith(PLACED) else 0
    head = bytearray(data[start : start + HEAD])
    if len(head) != HEAD or struct.unpack("<H", head[2:4])[0] * 2 != HEAD:
        raise ValueError("it does not begin")
    made, at = [bytes(head)], start + HEAD
    while True:
        words, function = struct.unpack("<IH", data[at : at + 6])
        record = data[at : at + 2 * words]
        if words < 3 or len(record) != 2 * words:
            raise ValueError("it has no end")
        at += 2 * words
        if function == END:
            made.append(b"\x03\0\0\0\0\0")
            break
        if function != ESCAPE:
            made.append(wmf_records.tidy(function, record))
    body = b"".join(made)
    struct.pack_into("<I", head, 6, len(body) // 2)
    return Followed(data[:start] + bytes(head) + body[HEAD:])
