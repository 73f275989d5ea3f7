"""The country of a reader, on every page for the public: the choice, and whom to call there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from public.countries import Named, footnotes
from public.interpreter import ToSay
from public.models.hotlines import Hotline
from public.models.lines import CountryNumbers, Line, numbers
from public.places import COUNTRY, HOME, READING


@dataclass(frozen=True)
class Choice:
    country: Named
    url: str
    current: bool
    call: Line | None
    """Whom to call there in danger."""


@dataclass(frozen=True)
class Here:
    """What a page shows of numbers. ``own``: the number that a campaign names itself."""

    every: list[CountryNumbers]
    chosen: CountryNumbers | None
    own: Line | None
    path: str
    field: str = COUNTRY
    asked: str = ""
    """The country that the address names, also where it is none."""
    words: str = ""
    """What was searched for: the choice of a country keeps it."""

    @classmethod
    def of(
        cls, request: HttpRequest, tag: str, hotline: Hotline | None = None, country: str | None = None
    ) -> Here:
        """Two queries. A country that has no number is none. ``country``: chosen by other words of the
        address than ``in``."""
        every, field = numbers(tag), HOME if READING.match(request.path) else COUNTRY
        code = request.GET.get(field, "") if country is None else country
        lines = [one for country in every for one in country.lines]
        return cls(
            every,
            next((one for one in every if one.country.code == code), None),
            next((one for one in lines if hotline and one.hotline.pk == hotline.pk), None),
            request.path,
            field,
            code,
            request.GET.get("q", "") if field == HOME else "",
        )

    def at(self, country: str) -> Here:
        """The same in a country that the path names."""
        chosen = next((one for one in self.every if one.country.code == country), None)
        return replace(self, chosen=chosen, path=self.path.removesuffix(f"{country}/"))

    @property
    def is_unknown(self) -> bool:
        """Whether the address names a country that has no number here."""
        return bool(self.asked) and self.chosen is None

    @property
    def call(self) -> Line | None:
        """The number of the button: of the chosen country; without a choice the campaign's own."""
        return self.chosen.first if self.chosen else self.own

    @property
    def emergency(self) -> list[Line]:
        """Police and ambulance where that number answers."""
        if self.chosen:
            return self.chosen.emergency
        line = self.own
        return next((one.emergency for one in self.every if line and one.country == line.country), [])

    @property
    def place(self) -> Named | None:
        """The country of those numbers."""
        own = self.chosen or self.own
        return own.country if own else None

    @property
    def to_say(self) -> list[ToSay]:
        """What asks for an interpreter where nobody who answers there speaks the reader's language."""
        place = self.place
        return next((one.to_say for one in self.every if place and one.country == place), [])

    def is_elsewhere(self, country: str | None) -> bool:
        """Whether a campaign is for another country than the chosen one."""
        return bool(country and self.chosen and country != self.chosen.country.code)

    @property
    def footnotes(self) -> list[Named]:
        return footnotes([one.country for one in self.every])

    @property
    def choices(self) -> list[Choice]:
        chosen = self.chosen.country.code if self.chosen else ""
        words = {"q": self.words} if self.words else {}
        return [
            Choice(
                one.country,
                f"{self.path}?{urlencode(words | {self.field: one.country.code})}",
                one.country.code == chosen,
                one.urgent,
            )
            for one in self.every
        ]
