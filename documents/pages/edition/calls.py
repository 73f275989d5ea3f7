"""Numbers to call next to a section, in the language in which it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from documents.display.script import Convert
from documents.models import Contact


@dataclass(frozen=True, slots=True)
class Call:
    """One line: who, when, which number, when it was last checked."""

    name: str
    hours: str
    number: str
    href: str
    checked: date


def call_of(contact: Contact, language: str, source: str, convert: Convert) -> Call:
    """A number as readers of ``language`` see it; in the ``source`` language where there is no other."""

    def in_language(texts: Mapping[str, str]) -> str:
        own = texts.get(language)
        return convert(own) if own else texts.get(source) or next(iter(texts.values()), "")

    return Call(
        name=in_language(contact.names),
        hours=in_language(contact.hours),
        number=contact.number,
        href="tel:" + re.sub(r"[^0-9+*#]", "", contact.tel),
        checked=contact.checked,
    )
