"""Cells of a file that somebody opens in a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.utils.encoding import force_str

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet would take for a formula at the beginning of a cell; the last four as East Asian
keyboards write them."""


def safe_cell(value: Any) -> str:
    """A cell as text. What looks like a formula gets an apostrophe, so a spreadsheet shows it as it is."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def cells(*values: Any) -> list[str]:
    return [safe_cell(value) for value in values]


def safe_value(value: Any) -> Any:
    """The same for Wagtail's exports, where numbers, days and truth stay what they are."""
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    value = force_str(value, strings_only=True)
    return safe_cell(value) if isinstance(value, str) else value
