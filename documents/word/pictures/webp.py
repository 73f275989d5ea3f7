"""WebP: chunk by chunk; only points, their clearness, their timing and their colours stay."""

from __future__ import annotations

import struct

from documents.word.pictures.follow import Followed
from documents.word.pictures.profile import plain_profile

POINTS = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
HAS_PROFILE, TELLS = 0x20, 0x08 | 0x04
FRAME_HEAD = 16


def clean(data: bytes) -> Followed:
    """Raises ValueError where it can't be followed to its end."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("it does not begin")
    (size,) = struct.unpack("<I", data[4:8])
    chunks = _chunks(data[12 : 8 + size], size - 4)
    profile = next((plain_profile(said) for kind, said in chunks if kind == b"ICCP"), None)
    made = []
    for kind, said in chunks:
        if kind == b"VP8X" and len(said) == 10:
            flags = said[0] & ~TELLS & (0xFF if profile else ~HAS_PROFILE)
            made.append((kind, bytes([flags & 0xFF]) + said[1:]))
        elif kind == b"ICCP" and profile and b"ICCP" not in dict(made):
            made.append((kind, profile))
        elif kind == b"ANIM" and len(said) == 6:
            made.append((kind, said))
        elif kind == b"ANMF" and len(said) > FRAME_HEAD:
            inner = [one for one in _chunks(said[FRAME_HEAD:], len(said) - FRAME_HEAD) if one[0] in POINTS]
            made.append((kind, said[:FRAME_HEAD] + _joined(inner)))
        elif kind in POINTS:
            made.append((kind, said))
    if not {kind for kind, _ in made} & {b"VP8 ", b"VP8L", b"ANMF"}:
        raise ValueError("it shows nothing")
    body = b"WEBP" + _joined(made)
    return Followed(b"RIFF" + struct.pack("<I", len(body)) + body)


def _chunks(data: bytes, size: int) -> list[tuple[bytes, bytes]]:
    if len(data) < size:
        raise ValueError("it has no end")
    found, at = [], 0
    while at + 8 <= size:
        kind = data[at : at + 4]
        (length,) = struct.unpack("<I", data[at + 4 : at + 8])
        said = data[at + 8 : at + 8 + length]
        if len(said) != length:
            raise ValueError("it has no end")
        found.append((kind, said))
        at += 8 + length + length % 2
    return found


def _joined(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(
        kind + struct.pack("<I", len(said)) + said + bytes(len(said) % 2) for kind, said in chunks
    )
