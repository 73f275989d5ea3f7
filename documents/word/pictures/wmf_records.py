"""WMF: what each kind of record needs of its bytes ([MS-WMF] 2.3). The others are nobody's, and could say anything."""

from __future__ import annotations

import struct

from documents.word.pictures.bitmaps import followed, lengths

HEAD = 6
BITMAPS = {0x0940: 22, 0x0B41: 26, 0x0F43: 28, 0x0D33: 24, 0x0142: 10}
"""Where the bitmap begins in a record that has one."""
OLD_BITMAPS = frozenset({0x0922, 0x0B23, 0x01F9, 0x00FF})
"""Bitmaps of the first Windows, and regions, which no program writes."""
POINTS, SEVERAL, TEXT, FAR_TEXT, FONT = frozenset({0x0324, 0x0325}), 0x0538, 0x0521, 0x0A32, 0x02FB
PALETTES = frozenset({0x00F7, 0x0037, 0x0436})
WORDS = {0x02FA: 5, 0x02FC: 4}
"""Of other records the name says how many words they have; not of these."""
LONGEST_FONT = 18 + 32
IN_FRAME = 0x0006


def tidy(function: int, record: bytes) -> bytes:
    """The record with nothing but what its kind needs. Raises ValueError where a picture within it can't be followed, or says
    something."""
    if function in OLD_BITMAPS:
        raise ValueError("a bitmap within it can't be followed")
    length = min(_length(function, record), len(record)) + 1 & ~1
    made = record[:length] + bytes(max(0, length - len(record)))
    return struct.pack("<IH", len(made) // 2, function) + made[HEAD:]


def _length(function: int, record: bytes) -> int:
    def at(place: int) -> int:
        return int(struct.unpack("<H", record[place : place + 2])[0])

    start = BITMAPS.get(function, 0)
    if start and len(record) // 2 != (function >> 8) + 3:
        return start + sum(_bitmap(record[start:]))
    if function in POINTS:
        return 8 + 4 * at(6)
    if function == SEVERAL:
        count = at(6)
        return 8 + 2 * count + 4 * sum(at(8 + 2 * one) for one in range(count))
    if function == TEXT:
        return 8 + at(6) + at(6) % 2 + 4
    if function == FAR_TEXT:
        letters, frame = at(10), 8 if at(12) & IN_FRAME else 0
        return 14 + frame + letters + letters % 2 + 2 * letters
    if function in PALETTES:
        return 10 + 4 * at(8)
    if function == FONT:
        return HEAD + 18 + (record[HEAD + 18 :][: LONGEST_FONT - 18] + b"\0").index(b"\0") + 1
    return HEAD + 2 * WORDS.get(function, function >> 8)


def _bitmap(found: bytes) -> tuple[int, int]:
    shown, points = lengths(found)
    return shown, len(followed(found, found[shown : shown + points]))
