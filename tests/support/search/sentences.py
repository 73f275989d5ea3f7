"""The demonstration's own sentences, by language."""

from __future__ import annotations

import re
from pathlib import Path

from search.engines.base import CONTENT_LANGUAGES

DEMO = Path(__file__).parents[3] / "documents" / "demo"


def sentences() -> dict[str, list[str]]:
    """The sentences of the demonstration's documents, by language."""
    found: dict[str, list[str]] = {}
    for path in sorted(DEMO.glob("*/edition-*/*.md")):
        if path.stem in CONTENT_LANGUAGES:
            lines = (line.strip("#*- |>") for line in path.read_text("utf-8").splitlines())
            pieces = (piece.strip() for line in lines for piece in re.split(r"(?<=[.;])\s+", line))
            found.setdefault(path.stem, []).extend(piece for piece in pieces if len(piece) > 25)
    return found
