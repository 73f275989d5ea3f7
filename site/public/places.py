"""Where a reader is: the chosen country and the discreet twin of a page. Both stand in the address alone
(docs/decisions/0049-twins.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

COUNTRY = "in"
"""The field of the address that names the country."""

TWINS = {
    "": 1,
    "help/": 2,
    "signs/": 3,
    "before/": 4,
    "privacy/": 5,
    "erase/": 6,
    "about/": 7,
    "accessibility/": 8,
    "services/": 9,
    "materials/": 10,
}
"""The number of each page in the address of its twin; campaigns follow from FIRST_CAMPAIGN."""

READING = re.compile(r"/[^/]+/(?:library|glossary)/")
"""Pages of documents: their addresses name the country as the search does, and they have no twin."""
HOME = "home"
CODE = re.compile("[a-z]{2}")
OF_COUNTRIES = ("help/", "services/")
"""Pages with one of each country below them."""
FIRST_CAMPAIGN = 100
FIRST_SERVICE = 1_000_000
"""Services of the directory follow from here."""
PATH = re.compile(r"/(?P<tag>[^/]+)/(?P<page>(?:[^/]+/)?)(?:(?P<country>[a-z]{2})/)?")
TWIN = re.compile(r"/[^/]+/n(?:/|$)")
"""How the addresses of twins begin, also of those that are not there."""


@dataclass(frozen=True)
class Place:
    """Turns the path of a page into the address that this reader is led to."""

    country: str = ""
    discreet: bool = False
    campaigns: Mapping[str, int] = field(default_factory=dict)
    """The number of each campaign by the short name in its address; only needed in a twin."""

    def address(self, path: str) -> str:
        if self.country and READING.match(path):
            return f"{path}?{HOME}={self.country}"
        match = PATH.fullmatch(path)
        if match is None or (match["country"] and match["page"] not in OF_COUNTRIES):
            return path
        country = match["country"] or self.country
        if self.discreet and (number := self._number(match["page"])):
            return _with_country(f"/{match['tag']}/n/{number}/", country)
        return path if match["country"] else _with_country(path, country)

    def twin(self, path: str) -> str:
        """The address of the discreet twin; empty for a page that has none."""
        address = replace(self, discreet=True).address(path)
        return address if TWIN.match(address) else ""

    def _number(self, page: str) -> int | None:
        return TWINS.get(page) or self.campaigns.get(page.rstrip("/"))


def _with_country(path: str, country: str) -> str:
    return f"{path}?{COUNTRY}={country}" if country else path


def place_of_reading(path: str, home: str) -> Place | None:
    """On a page of documents: the country that its address names as the search does."""
    return Place(home) if READING.match(path) and CODE.fullmatch(home) else None
