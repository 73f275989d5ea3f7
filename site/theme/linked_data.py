"""What a page is about, for programs: RDFa Lite with the words of schema.org.

It is in a hidden part of its own. Within the text each ``rel`` of a link would become a statement too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Property:
    """A statement: a text (in a language), an address, or another thing."""

    name: str
    text: str = ""
    lang: str = ""
    url: str = ""
    thing: Thing | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    """``types``: names of schema.org, or with the prefix ``eli:``. ``url``: what names it; empty: nothing."""

    types: str
    url: str
    properties: tuple[Property, ...]

    @property
    def has_eli(self) -> bool:
        """Whether it uses the prefix."""
        return "eli:" in self.types


def thing(types: str, url: str = "", properties: Iterable[Property] = ()) -> Thing:
    """Without the statements that say nothing."""
    return Thing(types, url, tuple(one for one in properties if one.text or one.url or one.thing))
