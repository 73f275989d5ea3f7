"""Whether the number that readers see is the one that their telephone dials."""

from __future__ import annotations

import re

CALLING_CODES = {"al": "355", "ba": "387", "me": "382", "mk": "389", "rs": "381", "xk": "383"}


def same_number(shown: str, dialled: str, country: str) -> bool:
    """By their digits, without the calling code of the country and the zeros before the number."""
    code = CALLING_CODES.get(country, "")
    return _national(shown, code) == _national(dialled, code) != ""


def _national(number: str, code: str) -> str:
    digits = re.sub(r"[^\d+]", "", number)
    if code and digits.startswith((f"+{code}", f"00{code}")):
        digits = digits.removeprefix("+").removeprefix("00").removeprefix(code)
    return digits.lstrip("0")
