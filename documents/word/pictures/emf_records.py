"""EMF: what each kind of record needs of its bytes ([MS-EMF] 2.3). The others are nobody's, and could say anything."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from documents.word.pictures.bitmaps import used_of_bitmap

FIXED = {
    9: 16, 10: 16, 11: 16, 12: 16, 13: 16, 15: 20, 16: 12, 17: 12, 18: 12, 19: 12, 20: 12, 21: 12, 22: 12, 23: 32, 24: 12,
    25: 12, 26: 16, 27: 16, 28: 8, 29: 24, 30: 24, 31: 24, 32: 24, 33: 8, 34: 12, 35: 32, 36: 36, 37: 12, 38: 28, 39: 24,
    40: 12, 41: 28, 42: 24, 43: 24, 44: 32, 45: 40, 46: 40, 47: 40, 48: 12, 51: 16, 52: 8, 53: 24, 54: 16, 55: 40, 57: 12,
    58: 12, 59: 8, 60: 8, 61: 8, 62: 24, 63: 24, 64: 24, 65: 8, 66: 8, 67: 12, 68: 8, 98: 12, 104: 48, 115: 12, 120: 16,
}  # fmt: skip
"""How long a record of a kind is that always is as long."""
POINTS = {2: 8, 3: 8, 4: 8, 5: 8, 6: 8, 85: 4, 86: 4, 87: 4, 88: 4, 89: 4, 56: 9, 92: 5}
"""How many bytes a point takes in lines and curves, in some with its kind."""
SEVERAL = {7: 8, 8: 8, 90: 4, 91: 4}
REGIONS = {71: (24, 32), 72: (24, 40), 73: (24, 28), 74: (24, 28), 75: (8, 16)}
"""Where the size of a region stands, and where it begins."""
BITMAPS = {
    76: (100, 84), 77: (108, 84), 78: (128, 84, 112), 79: (140, 96, 124), 80: (76, 48), 81: (80, 48), 93: (32, 16),
    94: (32, 16), 114: (108, 84), 116: (108, 84),
}  # fmt: skip
"""How long a record is before its bitmaps, and where it says where these stand."""
FONT, LONGEST_FONT, PEN, GRADIENT, LITTLE_TEXT = 82, 368, 95, 118, 108
LEAST = {PEN: 56}
SEVERAL_TEXTS = (96, 97)
TEXTS = {83: 1, 84: 2}
NO_FRAME, BYTES, BOTH_WAYS = 0x100, 0x200, 0x2000
PALETTES = {49: 16, 50: 20}


def tidy(record: bytes) -> bytes:
    """The record with nothing but what its kind needs; none of a kind that no program draws. Raises ValueError where a picture within
    it can't be followed, or says something."""
    kind = int.from_bytes(record[:4], "little")
    if kind in SEVERAL_TEXTS:
        raise ValueError("it can't be followed")
    spans = [(start, min(end, len(record))) for start, end in _used(kind, record)]
    if not spans:
        return b""
    length = max(LEAST.get(kind, 0), *(end for _, end in spans))
    made = bytearray(length + -length % 4)
    for start, end in spans:
        made[start:end] = record[start:end] if start < end else b""
    struct.pack_into("<I", made, 4, len(made))
    return bytes(made)


def _used(kind: int, record: bytes) -> Iterator[tuple[int, int]]:
    def at(place: int) -> int:
        return int(struct.unpack("<I", record[place : place + 4])[0])

    if kind in FIXED:
        yield 0, FIXED[kind]
    elif kind in POINTS:
        yield 0, 28 + POINTS[kind] * at(24)
    elif kind in SEVERAL:
        yield 0, 32 + 4 * at(24) + SEVERAL[kind] * at(28)
    elif kind in REGIONS:
        size, start = REGIONS[kind]
        yield 0, start + (32 + 16 * at(start + 8) if at(size) >= 32 else 0)
    elif kind in BITMAPS:
        length, *places = BITMAPS[kind]
        yield 0, length
        for place in places:
            yield from used_of_bitmap(record, *struct.unpack("<4I", record[place : place + 16]))
    elif kind == PEN:
        yield 0, 52 + 4 * at(48)
        yield from used_of_bitmap(record, *struct.unpack("<4I", record[12:28]))
    elif kind in TEXTS:
        length, letters, said, options, steps = TEXTS[kind], at(44), at(48), at(52), at(72)
        yield 0, 76
        if letters:
            yield said, said + length * letters
            yield steps, steps + (8 if options & BOTH_WAYS else 4) * letters * bool(steps)
    elif kind == LITTLE_TEXT:
        frame = 0 if at(20) & NO_FRAME else 16
        yield 0, 36 + frame + at(16) * (1 if at(20) & BYTES else 2)
    elif kind == GRADIENT:
        yield 0, 36 + 16 * at(24) + 12 * at(28)
    elif kind == FONT:
        yield 0, LONGEST_FONT
    elif kind in PALETTES:
        yield 0, PALETTES[kind] + 4 * (struct.unpack("<H", record[14:16])[0] if kind == 49 else at(16))
