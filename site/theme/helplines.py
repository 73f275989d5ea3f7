"""Numbers to call next to a page that has no answer: a registry that the public site fills."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Helpline:
    """A number that answers. ``country``: its name; ``lang``: of the words, where they are in another
    language than the page."""

    country: str
    name: str
    number: str
    tel: str
    hours: str = ""
    lang: str = ""


Provider = Callable[[str, str], list[Helpline]]
PageOf = Callable[[str], str]
_providers: list[tuple[Provider, PageOf]] = []


def register(provider: Provider, page_of: PageOf) -> None:
    """Take the numbers of ``provider``, which is asked with the language of a page and a country (or
    none). ``page_of``: the address of the page with all of them, in a language."""
    _providers.append((provider, page_of))


def helplines(tag: str, country: str = "") -> list[Helpline]:
    """The numbers of a country, those of emergencies first; where none is named the helplines of all."""
    return [line for provider, _ in _providers for line in provider(tag, country)]


def numbers_url(tag: str) -> str:
    """Where all numbers are, by country; empty where nobody has put numbers here."""
    return next((page_of(tag) for _, page_of in _providers), "")
