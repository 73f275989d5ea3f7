"""What several test files of documents/word begin with: reader pictures."""

from __future__ import annotations

import io

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(kind: str = "PNG", mode: str = "RGB") -> bytes:
    """Ten points wide: a secret half in red, and one in blue to be shown."""
    made = Image.new("RGB", (10, 6), RED)
    made.paste(BLUE, (5, 0, 10, 6))
    data = io.BytesIO()
    made.convert(mode).save(data, kind)
    return data.getvalue()


EMF = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + b"Skriveni deo" + bytes(40)
