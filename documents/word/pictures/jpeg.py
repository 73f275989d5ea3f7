"""JPEG: segment by segment; of Exif only which way up the picture is."""

from __future__ import annotations

import re
import struct

from documents.word.pictures.follow import Followed
from documents.word.pictures.profile import plain_profile

ORIENTATION = 0x0112
ICC = b"ICC_PROFILE\x00"
SHOWS = frozenset({0xC4, 0xCC, *range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}) | {
    0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF,
}  # fmt: skip
"""Frames, tables and scans; every other segment only talks."""
SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)
NEXT = re.compile(rb"\xff+[^\x00\xff]", re.DOTALL)
MOST_OF_A_PROFILE = 65_519


def clean(data: bytes) -> Followed:
    """Raises ValueError where no scan is found."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("it does not begin")
    made, profile, scans, whole = [data[:2]], dict[int, bytes](), False, True
    where = 0
    at = 2
    while True:
        found = NEXT.search(data, at)
        if found is None:
            whole = False
            break
        # What stands between segments no program reads.
        whole &= found.start() == at
        at = found.end()
        marker = data[at - 1]
        if marker == 0xD9:
            break
        if marker in (0x01, *range(0xD0, 0xD9)):
            continue
        size = int.from_bytes(data[at : at + 2], "big")
        segment = b"\xff" + bytes([marker]) + data[at : at + size]
        if size < 2 or len(segment) != size + 2:
            whole = False
            break
        at += size
        if marker == 0xE2 and segment[4:16] == ICC:
            where = where or len(made)
            profile[segment[16] if len(segment) > 16 else 0] = segment[18:]
        else:
            made.append(_kept(marker, segment))
        if marker == 0xDA:
            scans = True
            ended = SCAN_END.search(data, at)
            end = len(data.rstrip(b"\xff")) if ended is None else ended.start()
            made.append(data[at : max(at, end)])
            at = max(at, end)
    if not scans:
        raise ValueError("it shows nothing")
    if where:
        made.insert(where, _profile(profile))
    return Followed(b"".join([*made, b"\xff\xd9"]), whole)


def _kept(marker: int, segment: bytes) -> bytes:
    """What stays of a segment: of the applications' ones JFIF's size of a point, Adobe's colours, and which way up."""
    if marker in SHOWS:
        return segment
    if marker == 0xE0 and segment[4:9] == b"JFIF\x00" and len(segment) >= 18:
        return segment if len(segment) == 18 else b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00"
    if marker == 0xEE and segment[4:9] == b"Adobe" and len(segment) >= 16:
        return b"\xff\xee\x00\x0e" + segment[4:16]
    if marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
        try:
            turned = _orientation(segment[10:])
        except struct.error:
            return b""
        return _exif(turned) if turned > 1 else b""
    return b""


def _profile(pieces: dict[int, bytes]) -> bytes:
    """The segments of a profile's colours; none where a piece is missing."""
    plain = plain_profile(b"".join(pieces[number] for number in sorted(pieces)))
    if plain is None or sorted(pieces) != list(range(1, len(pieces) + 1)):
        return b""
    parts = [plain[at : at + MOST_OF_A_PROFILE] for at in range(0, len(plain), MOST_OF_A_PROFILE)]
    return b"".join(
        b"\xff\xe2" + struct.pack(">H", len(part) + 16) + ICC + bytes([number, len(parts)]) + part
        for number, part in enumerate(parts, start=1)
    )


def _orientation(tiff: bytes) -> int:
    """Which way up the picture is, by its Exif; 0 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 0
    (at,) = struct.unpack(order + "I", tiff[4:8])
    (count,) = struct.unpack(order + "H", tiff[at : at + 2])
    for index in range(min(count, 200)):
        entry = tiff[at + 2 + 12 * index : at + 14 + 12 * index]
        tag, kind = struct.unpack(order + "HH", entry[:4])
        if tag == ORIENTATION and kind == 3:
            (value,) = struct.unpack(order + "H", entry[8:10])
            return int(value) if 1 <= value <= 8 else 0
    return 0


def _exif(turned: int) -> bytes:
    """A segment that says which way up and nothing else."""
    tiff = b"MM\x00*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\x00\x00" + tiff
