"""What people in need say, by situation and language: what a page is found by until its publishers write
phrases of their own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from documents.translation.scripts import to_cyrillic

FOLDER = Path(__file__).parent
FILES = {
    **dict.fromkeys(("bs", "hr", "cnr", "sr-latn", "sr-cyrl"), "bs"),
    **dict.fromkeys(("fa", "prs"), "fa"),
}
"""Languages that share a file; the others have one of their own."""


@cache
def _phrases(name: str) -> dict[str, str]:
    file = FOLDER / f"{name}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}


def starting_phrases(situation: str, tag: str) -> str:
    """Empty for a situation or a language that has none."""
    found = _phrases(FILES.get(tag, tag)).get(situation, "").strip()
    return to_cyrillic(found) if tag == "sr-cyrl" else found
