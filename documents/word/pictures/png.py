"""PNG: chunk by chunk; only those that say how the picture looks stay."""

from __future__ import annotations

import struct
import zlib

from documents.word.pictures.follow import Followed
from documents.word.pictures.profile import plain_profile

SIGN = b"\x89PNG\r\n\x1a\n"
LONGEST = {
    b"PLTE": 768, b"tRNS": 256, b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4, b"mDCV": 24, b"cLLI": 8, b"sBIT": 4,
    b"bKGD": 6, b"hIST": 512, b"pHYs": 9,
}  # fmt: skip
"""What stays beside the points themselves, and how long it may be: what is longer says more than it should."""
LONGEST_PROFILE = 4_000_000


def clean(data: bytes) -> Followed:
    """Raises ValueError where no points are found."""
    if not data.startswith(SIGN) or data[12:16] != b"IHDR" or data[8:12] != b"\0\0\0\x0d" or len(data) < 33:
        raise ValueError("it has no size")
    made, at, points = [data[:33]], 33, False
    while at + 8 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        end = at + 12 + size
        if kind == b"IEND":
            _shows(points)
            made.append(_chunk(b"IEND", b""))
            return Followed(b"".join(made), end <= len(data))
        if end > len(data):
            # The chunk was cut: of the points those stay that are there.
            rest = data[at + 8 : at + 8 + size]
            if kind == b"IDAT" and rest:
                points = True
                made.append(_chunk(kind, rest))
            break
        if kind == b"IDAT":
            points = True
            made.append(data[at:end])
        elif kind == b"iCCP":
            made.append(_profile(data[at:end]))
        elif size <= LONGEST.get(kind, -1):
            made.append(data[at:end])
        at = end
    _shows(points)
    made.append(_chunk(b"IEND", b""))
    return Followed(b"".join(made), whole=False)


def _shows(points: bool) -> None:
    if not points:
        raise ValueError("it shows nothing")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _profile(chunk: bytes) -> bytes:
    """The chunk with its profile's colours alone; nothing where it has none. A clean one stays as it is."""
    name, _, rest = chunk[8:-4].partition(b"\0")
    opened = zlib.decompressobj()
    try:
        said = opened.decompress(rest[1:], LONGEST_PROFILE)
    except zlib.error:
        return b""
    if not opened.eof:
        return b""
    plain = plain_profile(said)
    if plain is None:
        return b""
    if plain == said and name == b"icc" and not opened.unused_data:
        return chunk
    return _chunk(b"iCCP", b"icc\0\0" + zlib.compress(plain))
