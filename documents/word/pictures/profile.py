"""A profile of colours (ICC) without its words: its maker's, its model's, and the name that a system gives its own screen's."""

from __future__ import annotations

import struct

HEADER = 128
COLOURS = frozenset(
    {
        b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"lumi", b"cicp",
        b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"gamt",
    }
)  # fmt: skip
LONGEST = {b"XYZ ": 20, b"para": 40, b"sf32": 44, b"cicp": 12}
"""Kinds of numbers of which the length is known."""
TABLES = frozenset({b"mft1", b"mft2", b"mAB ", b"mBA "})
NAME = "icc"
MADE = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
"""A profile must say when it was made: they all say the same day."""


def plain_profile(data: bytes) -> bytes | None:
    """The profile with its colours alone; None where it can't be followed. What comes out comes out the same again."""
    if len(data) < HEADER + 4 or data[36:40] != b"acsp":
        return None
    (count,) = struct.unpack(">I", data[HEADER : HEADER + 4])
    if count > 100 or len(data) < HEADER + 4 + 12 * count:
        return None
    kept: list[tuple[bytes, bytes]] = []
    for index in range(count):
        place = HEADER + 4 + 12 * index
        tag, start, size = struct.unpack(">4sII", data[place : place + 12])
        if tag in COLOURS and tag not in dict(kept):
            said = _numbers(data[start : start + size], size)
            if said is None:
                return None
            kept.append((tag, said))
    if not kept:
        return None
    latest = data[8] >= 4
    kept += [(b"desc", _name(latest)), (b"cprt", _copyright(latest))]
    table, body = [], b""
    places: dict[bytes, int] = {}
    first = HEADER + 4 + 12 * len(kept)
    for tag, said in kept:
        if said not in places:
            places[said] = first + len(body)
            body += said + bytes(-len(said) % 4)
        table.append(struct.pack(">4sII", tag, places[said], len(said)))
    head = bytearray(data[:HEADER])
    head[0:4] = struct.pack(">I", first + len(body))
    head[24:36] = MADE
    for start, end in ((4, 8), (40, 44), (48, 56), (80, HEADER)):
        head[start:end] = bytes(end - start)
    return bytes(head) + struct.pack(">I", len(kept)) + b"".join(table) + body


def _numbers(said: bytes, size: int) -> bytes | None:
    if len(said) != size or size < 12:
        return None
    kind = said[:4]
    if kind == b"curv":
        (count,) = struct.unpack(">I", said[8:12])
        return said[: 12 + 2 * count]
    if kind in LONGEST:
        return said[: LONGEST[kind]]
    return said if kind in TABLES else None


def _name(latest: bool) -> bytes:
    if latest:
        return _words(NAME)
    name = NAME.encode() + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)


def _copyright(latest: bool) -> bytes:
    return _words("-") if latest else b"text" + bytes(4) + b"-\0"


def _words(words: str) -> bytes:
    coded = words.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II4sII", 1, 12, b"enUS", len(coded), 28) + coded
