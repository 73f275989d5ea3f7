"""Data of real persons in what is published. The numbers of a service itself are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents.text.case_data import Kind, traces

LOOKS_LIKE_IT = _("This looks like data of a real person. Remove it.")
OWN = ("number", "tel", "abroad", "sms")
FREE = ("source", "address", "title", "description", "transcript", "captions")
"""Fields of free text, besides the texts in each language."""


def case_data(text: str, own: Iterable[str] = ()) -> tuple[list[str], list[str]]:
    """What must go, and what two people look at: an account may be one for gifts."""
    for number in own:
        digits = re.sub(r"\D", "", number)
        if len(digits) > 2:
            text = re.sub(rf"(?<!\d)\+?{'[ ./()-]*'.join(digits)}(?!\d)", " ", text)
    found = traces(text)
    accounts = [one.quote for one in found if one.kind == Kind.BANK_ACCOUNT]
    return [one.quote for one in found if one.kind != Kind.BANK_ACCOUNT], accounts


def own_numbers(values: Mapping[str, Any]) -> list[str]:
    return [values[name] for name in OWN if values.get(name)]


def doubt_of(values: Mapping[str, Any]) -> str:
    """The warning about a number or a service that is saved all the same; empty where nothing was found."""
    own = own_numbers(values)
    texts = [str(text) for one in values["texts"] for text in one.values()]
    texts += [str(values[name]) for name in FREE if values.get(name)]
    return str(LOOKS_LIKE_IT) if any(any(case_data(text, own)) for text in texts) else ""
