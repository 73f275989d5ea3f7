"""The call box of a section."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from documents.models import Contact, Instrument
from documents.pages.display_language import Text


@dataclass(frozen=True, slots=True)
class Call:
    """One line: who, when, which number, when it was last checked."""

    name: str
    hours: str
    number: str
    href: str
    checked: date


def calls(instrument: Instrument, uid: str, text: Text) -> list[Call]:
    """Whom to call beside a section, in the language that is read."""
    source = instrument.source_language

    def in_language(texts: Mapping[str, str]) -> str:
        own = texts.get(text.language)
        return text.script.convert(own) if own else texts.get(source) or next(iter(texts.values()), "")

    return [
        Call(
            name=in_language(contact.names),
            hours=in_language(contact.hours),
            number=contact.number,
            href="tel:" + re.sub(r"[^0-9+*#]", "", contact.tel),
            checked=contact.checked,
        )
        for contact in Contact.objects.filter(instrument=instrument, uid=uid)
    ]
