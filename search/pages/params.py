"""Parameters of the search page: read from an address, and written into other ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from documents.choices import State
from theme.day_field import SHOWN, parse_day

LONGEST: Final = 300
"""So many characters of what was typed are searched for."""

FILTERS: Final = ("status", "country", "kind", "language", "topic", "institution", "year")
ALL: Final = "all"
DEFAULT: Final[Mapping[str, tuple[str, ...]]] = {"status": (State.IN_FORCE.value,)}
"""What is asked where the address says nothing: who looks for what to do needs what is in force."""

SORTS: Final = ("relevance", "newest", "oldest")

_VALUE: Final = re.compile(r"(?:[a-z_]{1,24}|[0-9]{1,9})\Z")
_COUNTRY: Final = re.compile(r"[a-z]{2}\Z")
_PLACE: Final = re.compile(r"[a-z]{2}/[a-z0-9-]{1,60}\Z")
_MOST_VALUES: Final = 12
_LAST_PAGE: Final = 400
# A soft hyphen, as a word copied out of Word has it, and what forbids a break are nothing; joiners inside a
# word belong to it.
_NOTHING: Final = str.maketrans("", "", "\u00ad\u2060")
_JOINERS: Final = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class SearchParams:
    """``filters``: by facet the values of which a text must have one. ``document``: country and slug of the
    one to search in. ``on``: the day on which a text must have been in force; then its state today is no
    matter. ``exact``: look for the words as they were typed, even if they may be mistyped. ``across``: look
    in the other languages for what the words are there; ``typed_only``: never do. ``abroad``: show what was
    found in other countries than the reader's. ``home``: the country of a reader on the public host.
    ``cut``: whether more was typed than is searched for; ``no_day``: what was given as a day and is none."""

    words: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(DEFAULT))
    document: str = ""
    on: date | None = None
    sort: str = SORTS[0]
    exact: bool = False
    across: bool = False
    typed_only: bool = False
    abroad: bool = False
    home: str = ""
    page: int = 1
    cut: bool = False
    no_day: str = ""

    @property
    def anything(self) -> bool:
        """Whether there is something to look for: words, or a choice that was made."""
        return bool(self.words or self.document or self.on) or any(
            values and values != DEFAULT.get(facet) for facet, values in self.filters.items()
        )

    def address(self, **changes: object) -> str:
        """The query of this search with one change: ``words``, ``document``, ``on``, ``sort``, ``exact``,
        ``page``, or the values of a facet. Whatever changes, its first page comes first."""
        filters: dict[str, Any] = {
            facet: changes.get(facet, self.filters.get(facet, ())) for facet in FILTERS
        }
        on: Any = changes.get("on", self.on)
        pairs: list[tuple[str, object]] = [("q", changes.get("words", self.words))]
        for facet, values in filters.items():
            chosen = tuple(values)
            if chosen != default_of(facet, on):
                pairs += [(facet, value) for value in chosen or (ALL,)]
        if document := changes.get("document", self.document):
            pairs.append(("in", document))
        if on:
            pairs.append(("on", on.isoformat()))
        if (sort := changes.get("sort", self.sort)) != SORTS[0]:
            pairs.append(("sort", sort))
        if changes.get("exact", self.exact):
            pairs.append(("exact", "1"))
        if changes.get("across", self.across):
            pairs.append(("across", "1"))
        elif changes.get("typed_only", self.typed_only):
            pairs.append(("across", "0"))
        if changes.get("abroad", self.abroad):
            pairs.append(("abroad", "1"))
        if self.home:
            pairs.append(("home", self.home))
        if (page := changes.get("page", 1)) != 1:
            pairs.append(("page", page))
        return f"?{urlencode(pairs)}"

    def on_day(self, day: date | None) -> str:
        """The address of the same search as of another day; of what is in force today where None."""
        return self.address(on=day, status=default_of("status", day))

    @property
    def shown_day(self) -> str:
        """The day as it is in its field: day first, or as it was typed."""
        return self.on.strftime(SHOWN) if self.on else self.no_day

    @property
    def hidden_fields_without_day(self) -> list[tuple[str, str]]:
        """The names and values that stay as they are when another day is asked for."""
        return parse_qsl(self.address(on=None, status=DEFAULT["status"])[1:])

    @property
    def hidden_fields(self) -> list[tuple[str, str]]:
        """The names and values that stay as they are when other words are typed."""
        return [(name, value) for name, value in parse_qsl(self.address()[1:]) if name not in ("q", "exact")]

    def with_value(self, facet: str, value: str) -> str:
        """The address with one more value of a facet, or without it where it is chosen."""
        chosen = self.filters.get(facet, ())
        left = tuple(one for one in chosen if one != value)
        return self.address(**{facet: left if value in chosen else (*chosen, value)})


def parse_params(query: QueryDict) -> SearchParams:
    """Read an address. Never fails: what has no meaning is left out."""
    typed = clean(query.get("q", "")[: LONGEST * 40])
    filters: dict[str, tuple[str, ...]] = {}
    given_day = query.get("on", "").strip()[:20]
    on = parse_day(given_day)
    for facet in FILTERS:
        given = [value for value in query.getlist(facet) if _VALUE.match(value)]
        if not given:
            filters[facet] = default_of(facet, on)
        elif ALL in given:
            filters[facet] = ()
        else:
            filters[facet] = tuple(dict.fromkeys(given))[:_MOST_VALUES]
    document = query.get("in", "")
    page, home = query.get("page", "1"), query.get("home", "")
    return SearchParams(
        words=typed[:LONGEST].rstrip(),
        filters=filters,
        document=document if _PLACE.match(document) else "",
        on=on,
        sort=sort if (sort := query.get("sort", "")) in SORTS else SORTS[0],
        exact=query.get("exact") == "1",
        across=query.get("across") == "1",
        typed_only=query.get("across") == "0",
        abroad=query.get("abroad") == "1",
        home=home if _COUNTRY.match(home) else "",
        page=max(1, min(int(page), _LAST_PAGE)) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        cut=len(typed) > LONGEST,
        no_day=given_day if given_day and on is None else "",
    )


def left_out(query: QueryDict, params: SearchParams) -> list[str]:
    """The names in an address whose value cannot be meant, so that `parse_params` has ignored it. A program
    without a warning would take the results of all countries for those of one."""
    names = [
        facet
        for facet in FILTERS
        if any(value and value not in (ALL, *params.filters[facet]) for value in query.getlist(facet))
        and ALL not in query.getlist(facet)
    ]
    if query.get("in", "") != params.document:
        names.append("in")
    if query.get("home", "") != params.home:
        names.append("home")
    if query.get("sort") and query["sort"] != params.sort:
        names.append("sort")
    return names


def default_of(facet: str, on: date | None) -> tuple[str, ...]:
    """The default values of a facet: what is in force now, or of a past day everything."""
    return () if on else DEFAULT.get(facet, ())


def clean(text: str) -> str:
    """What was typed, without what nobody types: controls, half characters, runs of space. What parts no word
    in a text (`search.analysis.tokenise`) parts none here."""
    cleaned = "".join(
        " " if unicodedata.category(letter)[0] in "CZ" and letter not in _JOINERS else letter
        for letter in text.translate(_NOTHING)
    )
    words = (word.strip(_JOINERS) for word in unicodedata.normalize("NFC", cleaned).split())
    return " ".join(word for word in words if word)
