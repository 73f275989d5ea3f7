"""Tells pictures that say nothing beside what they show: these leave as the same bytes, so that they are
known again."""

from __future__ import annotations

import re
import struct

CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"}
)
SEGMENTS = frozenset({0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA})
"""Tables, frames and scans."""
JFIF = re.compile(rb"JFIF\0.{7}\0\0", re.DOTALL)
"""Without a small picture."""
ADOBE = re.compile(rb"Adobe.{7}", re.DOTALL)
SCAN = re.compile(rb"(?:[^\xff]|\xff\x00|\xff[\xd0-\xd7])*")


def is_plain(data: bytes, content_type: str) -> bool:
    """Whether a readable picture is nothing but what it shows."""
    try:
        if content_type == "image/png":
            return _is_plain_png(data)
        return content_type == "image/jpeg" and _is_plain_jpeg(data)
    except struct.error:
        return False


def _is_plain_png(data: bytes) -> bool:
    at = 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        at += 12 + size
        if kind not in CHUNKS:
            return False
        if kind == b"IEND":
            break
    return at == len(data)


def _is_plain_jpeg(data: bytes) -> bool:
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        sign, marker, size = struct.unpack(">BBH", data[at : at + 4])
        content = data[at + 4 : at + 2 + size]
        known = marker in SEGMENTS or (
            (marker == 0xE0 and JFIF.fullmatch(content)) or (marker == 0xEE and ADOBE.fullmatch(content))
        )
        if sign != 0xFF or not known:
            return False
        at += 2 + size
        if marker == 0xDA and (scan := SCAN.match(data, at)) is not None:
            at = scan.end()
    return at + 2 == len(data)
