"""Whether the number that readers see is the one that their telephone dials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

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


def doubt(number: str, country: str) -> str:
    """A warning where the list of number ranges does not know this number; empty where it does, or there is
    none. The list errs (it does not know the Albanian 116 006), so that it stops nobody."""
    if not number:
        return ""
    try:
        known = phonenumbers.is_valid_number(phonenumbers.parse(number, country.upper()))
    except phonenumbers.NumberParseException:
        known = False
    if known:
        return ""
    return _("%(number)s is not in the list of number ranges of this country. Call it to be sure.") % {
        "number": number
    }


def is_abroad(number: str, country: str) -> bool:
    """Whether a number that is written with a country's code is in another country than ``country``."""
    digits = re.sub(r"[^\d+]", "", number)
    for sign in ("+", "00"):
        if digits.startswith(sign):
            return not digits.removeprefix(sign).startswith(CALLING_CODES.get(country, ""))
    return False


def refuse_abroad(row: Any, names: Iterable[str]) -> None:
    """Raises ValidationError for the fields of a service whose number is in another country."""
    wrong = [name for name in names if is_abroad(getattr(row, name), row.country_id or "")]
    if wrong:
        raise ValidationError(dict.fromkeys(wrong, _("This number is in another country.")))
