"""Numbers to call beside a page that has no answer: a registry that the public site fills."""

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
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Take the numbers of ``provider``, which is asked with the language of a page and a country (or
    none)."""
    _providers.append(provider)


def helplines(tag: str, country: str = "") -> list[Helpline]:
    """The numbers of a country, or of all where none is named."""
    return [line for provider in _providers for line in provider(tag, country)]
