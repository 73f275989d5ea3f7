"""The bitmaps within EMF and WMF: a head, colours, points; in place of points a whole JPEG or PNG may stand."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from documents.word.pictures import jpeg, png

RGB, FIELDS, JPEG, PNG = 0, 3, 4, 5
CORE, HEADS = 12, frozenset({40, 52, 56, 108})
"""How long heads are. A longer one names a profile."""
MASKS = 12


def used_of_bitmap(
    record: bytes, head_at: int, head_size: int, points_at: int, points_size: int
) -> Iterator[tuple[int, int]]:
    """What the bitmap needs of a record: from where to where. Raises ValueError where nobody could say that it shows all that it holds."""
    if not head_size:
        return
    head, points = (
        record[start : start + size] for start, size in ((head_at, head_size), (points_at, points_size))
    )
    if len(head) != head_size or len(points) != points_size:
        raise ValueError("it has no end")
    shown, needed = lengths(head)
    yield head_at, head_at + min(shown, head_size)
    yield points_at, points_at + len(followed(head, points[:needed]))


def lengths(head: bytes) -> tuple[int, int]:
    """How many bytes head and colours take, and how many the points."""
    (size,) = struct.unpack("<I", head[:4])
    if size == CORE:
        width, height, _, bits = struct.unpack("<4H", head[4:12])
        return size + (3 << bits if bits <= 8 else 0), _points(width, height, bits)
    if size not in HEADS:
        raise ValueError("a bitmap within it can't be followed")
    width, height, _, bits, kind, points = struct.unpack("<iiHHII", head[4:24])
    (said,) = struct.unpack("<I", head[32:36])
    colours = 4 * (min(said, 256) or (1 << bits if 0 < bits <= 8 else 0))
    colours += MASKS if kind == FIELDS and size == 40 else 0
    return size + colours, points if kind in (JPEG, PNG) else _points(width, height, bits)


def followed(head: bytes, points: bytes) -> bytes:
    """The points. Raises ValueError where nobody could say that they only show something."""
    kind = RGB if head[:4] == struct.pack("<I", CORE) else struct.unpack("<I", head[16:20])[0]
    if kind in (JPEG, PNG):
        if (jpeg.clean if kind == JPEG else png.clean)(points).data != points:
            raise ValueError("a picture within it says something")
    elif kind not in (RGB, FIELDS):
        raise ValueError("a bitmap within it can't be followed")
    return points


def _points(width: int, height: int, bits: int) -> int:
    return (abs(width) * bits + 31) // 32 * 4 * abs(height)
