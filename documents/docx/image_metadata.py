"""Takes out of a picture what it says beside what it shows: who made it, where and with what, and what hangs on its end.

PNG, JPEG and GIF; other formats stay as they are. A picture without such things comes out as the same bytes, and one that
can't be followed to its end too: it is shown or not as before.
"""

from __future__ import annotations

import struct

PNG = b"\x89PNG\r\n\x1a\n"
PNG_SPEAKS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"})
ORIENTATION = 0x0112


def without_metadata(data: bytes, content_type: str) -> bytes:
    """The picture's bytes without metadata."""
    try:
        return surely_without_metadata(data, content_type)
    except ValueError:
        return data


def surely_without_metadata(data: bytes, content_type: str) -> bytes:
    """The same; ValueError for another format, and for a picture that can't be followed to its end."""
    cleaners = {"image/png": _png, "image/jpeg": _jpeg, "image/gif": _gif}
    clean = cleaners.get(content_type)
    if clean is None:
        raise ValueError(content_type)
    try:
        return clean(data)
    except (IndexError, struct.error):
        raise ValueError("it has no end") from None


def _png(data: bytes) -> bytes:
    made = [data[:8]]
    at = 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data):
            raise ValueError
        # A chunk whose second letter is small is private: it may hold anything.
        private = len(kind) == 4 and bool(kind[1] & 0x20)
        if kind not in PNG_SPEAKS and not private:
            made.append(data[at:end])
        at = end
        if kind == b"IEND":
            return b"".join(made)
    raise ValueError


def _jpeg(data: bytes) -> bytes:
    made = [data[:2]]
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            return b"".join([*made, b"\xff\xd9"])
        if marker in (0x01, *range(0xD0, 0xD9)):
            made.append(data[at : at + 2])
            at += 2
            continue
        (size,) = struct.unpack(">H", data[at + 2 : at + 4])
        segment = data[at : at + 2 + size]
        if len(segment) != size + 2:
            raise ValueError
        at += 2 + size
        if _stays(marker, segment):
            made.append(segment)
        elif marker == 0xE1 and segment[4:10] == b"Exif\x00\x00":
            turned = _orientation(segment[10:])
            if turned not in (0, 1):
                made.append(_exif(turned))
        if marker == 0xDA:
            start = at
            while data[at] != 0xFF or data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
                at = data.index(b"\xff", at + 1)
            made.append(data[start:at])


def _stays(marker: int, segment: bytes) -> bool:
    """Tables, frames and scans; of the applications' segments JFIF's, Adobe's (colours) and a colour profile."""
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        return (
            (marker == 0xE0 and segment[4:9] == b"JFIF\x00")
            or (marker == 0xEE and segment[4:9] == b"Adobe")
            or (marker == 0xE2 and segment[4:15] == b"ICC_PROFILE")
        )
    return True


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


def _gif(data: bytes) -> bytes:
    made = [data[:13]]
    at = 13
    if data[10] & 0x80:
        size = 3 << ((data[10] & 7) + 1)
        made.append(data[at : at + size])
        at += size
    while data[at] != 0x3B:
        start = at
        if data[at] == 0x21:
            label = data[at + 1]
            at += 2
            # A loop is told in an application's block; other such blocks and comments only talk.
            loops = data[at : at + 12] == b"\x0bNETSCAPE2.0"
            at = _end_of_blocks(data, at)
            if label in (0xF9, 0x01) or loops:
                made.append(data[start:at])
        elif data[at] == 0x2C:
            flags = data[at + 9]
            at += 10 + ((3 << ((flags & 7) + 1)) if flags & 0x80 else 0) + 1
            at = _end_of_blocks(data, at)
            made.append(data[start:at])
        else:
            raise ValueError
    return b"".join([*made, b";"])


def _end_of_blocks(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
