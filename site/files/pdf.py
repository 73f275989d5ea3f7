"""What a PDF file does besides being read: scripts, programs that it starts, files within it.

A look at its names, also in its packed lists of objects, and no parser: what it misses runs in no page of
Kodeks all the same, because a PDF is only ever an attachment (docs/decisions/0064).
"""

from __future__ import annotations

import re
import zlib

ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|RichMedia|EmbeddedFile|XFA)(?![A-Za-z0-9])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
LARGEST, MOST = 4 * 1024 * 1024, 64 * 1024 * 1024
"""How much one list, and all together, are unpacked."""


def is_active(data: bytes) -> bool:
    """Whether a PDF has a script, starts a program, or carries files."""
    if _names_active(data):
        return True
    left = MOST
    for found in OBJECTS.finditer(data):
        try:
            objects = zlib.decompressobj().decompress(data[found.end() :], min(LARGEST, left))
        except zlib.error:
            continue
        if _names_active(objects):
            return True
        left -= len(objects)
        if left <= 0:
            return True
    return False


def _names_active(data: bytes) -> bool:
    """A name may be written with escapes: /J#61vaScript."""
    if ACTIVE.search(data):
        return True
    return b"#" in data and bool(ACTIVE.search(ESCAPED.sub(lambda m: bytes([int(m[1], 16)]), data)))
