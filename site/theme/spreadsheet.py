"""Cells of a file that somebody opens in a spreadsheet."""

from __future__ import annotations

from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at the beginning of a cell."""


def cells(*values: Any) -> list[str]:
    """As texts; what looks like a formula becomes text for the spreadsheet, too."""
    texts = [str(value) for value in values]
    return [f"'{text}" if text.startswith(FORMULA) else text for text in texts]
