"""EMF+: what draws in the comments of an EMF ([MS-EMFPLUS] 2.3); pictures within it lose what they say, too."""

from __future__ import annotations

import struct
from collections.abc import Callable

from documents.word.pictures import gif, jpeg, png
from documents.word.pictures.follow import Followed

COMMENT, OBJECT, GOES_ON = 0x4003, 0x4008, 0x8000
IMAGE = 5
BITMAP, METAFILE, COMPRESSED = 1, 2, 1
INDEXED = 0x00010000
PALETTE_ENTRIES = 1 << 8
SIGNS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
"""By these a picture is known where none should stand."""
CLEANERS: dict[bytes, Callable[[bytes], Followed]] = {
    b"\xff\xd8\xff": jpeg.clean, b"\x89PNG": png.clean, b"GIF8": gif.clean,
}  # fmt: skip


def tidy(body: bytes, metafile: Callable[[int, bytes], bytes]) -> bytes:
    """The records without comments and without what hangs on their ends. Raises ValueError where they can't be followed.
    ``metafile`` cleans an EMF or a WMF within them, by its kind."""
    made, at = [], 0
    while at + 12 <= len(body):
        kind, flags, size, said = struct.unpack("<HHII", body[at : at + 12])
        if size < 12 or at + size > len(body) or said > size - 12:
            raise ValueError("it has no end")
        data = body[at + 12 : at + 12 + said]
        at += size
        if kind == OBJECT:
            data = _object(flags, data, metafile)
        elif any(sign in data for sign in SIGNS):
            raise ValueError("a picture within it can't be followed")
        if kind != COMMENT:
            padded = data + bytes(-len(data) % 4)
            made.append(struct.pack("<HHII", kind, flags, 12 + len(padded), len(padded)) + padded)
    return b"".join(made)


def _object(flags: int, data: bytes, metafile: Callable[[int, bytes], bytes]) -> bytes:
    kind = flags >> 8 & 0x7F
    if kind == IMAGE and not flags & GOES_ON:
        return _image(data, metafile)
    if kind == IMAGE or any(sign in data for sign in SIGNS):
        raise ValueError("a picture within it can't be followed")
    return data


def _image(data: bytes, metafile: Callable[[int, bytes], bytes]) -> bytes:
    (kind,) = struct.unpack("<I", data[4:8])
    if kind == METAFILE:
        which, size = struct.unpack("<II", data[8:16])
        inner = metafile(which, data[16 : 16 + size])
        return data[:12] + struct.pack("<I", len(inner)) + inner
    if kind != BITMAP:
        return data[:8]
    _, height, stride, points, how = struct.unpack("<iiiII", data[8:28])
    if how != COMPRESSED:
        colours = 0
        if points & INDEXED:
            (count,) = struct.unpack("<I", data[32:36])
            colours = 8 + 4 * min(count, PALETTE_ENTRIES)
        return data[: 28 + colours + abs(stride) * abs(height)]
    clean = next((one for sign, one in CLEANERS.items() if data[28:].startswith(sign)), None)
    if clean is None:
        raise ValueError("a picture within it can't be followed")
    return data[:28] + clean(data[28:]).data
