"""The check number: sixteen digits by which two people see that they hold the same text. Pure, knows no
Django.

It is for the eye, not a proof: a signature is of the full SHA-256. The same number is on the page, in the PDF
and in the Word file. Only this module makes it.
"""

from __future__ import annotations

_DIGITS = 16
_GROUP = 4


def check_digits(sha256: str) -> str:
    """Sixteen digits of a SHA-256 written in hexadecimal. Raises ValueError if it isn't one."""
    if len(sha256) != 64:
        raise ValueError("A SHA-256 has 64 hexadecimal digits.")
    return str(int(sha256, 16) % 10**_DIGITS).zfill(_DIGITS)


def check_groups(sha256: str) -> list[str]:
    """The check number in four groups of four: `["5733", "9946", "6704", "8549"]`."""
    digits = check_digits(sha256)
    return [digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP)]
