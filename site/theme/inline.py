"""The script and the styles that are within public pages. On a slow network each further file costs half a
second, and its address stays on the device. The content policy names them by their hash."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "theme"
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
TEXTS = {
    name: COMMENT.sub("", (FOLDER / name).read_text("utf-8"))
    for name in ("public.js", "base.css", "public.css", "directory.css", "materials.css")
}


def source(name: str) -> str:
    """As a content policy names it."""
    digest = hashlib.sha256(TEXTS[name].encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


SCRIPTS = f"'self' {source('public.js')}"
STYLES = " ".join(["'self'", *(source(name) for name in TEXTS if name.endswith(".css"))])
