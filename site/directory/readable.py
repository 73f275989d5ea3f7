"""What a reader may read of the directory. Pages, search, map and interface for programs show these values
and never ask a record itself, so that none of them can show more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from directory.access import Keys, may_read
from directory.choices import ForWhom, Kind
from directory.hours import Open, is_always, week
from directory.models import Organisation, Place, Record, Service, Town
from documents.translation.scripts import to_latin
from people.models import Country
from public.countries import Named, named
from public.languages import stand_in
from public.models.lines import Line, numbers, shown_lines
from public.places import FIRST_SERVICE
from theme.locales import direction, html_lang


@dataclass(frozen=True)
class Words:
    """The texts of a record in the language that was found for a reader."""

    language: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    asked: str = ""

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or name not in self.texts:
            raise AttributeError(name)
        return self.texts[name]

    def without(self, *names: str) -> Words:
        return Words(self.language, self.texts | dict.fromkeys(names, ""), self.asked)

    @property
    def in_another_language(self) -> bool:
        return self.language != self.asked

    @property
    def lang(self) -> str:
        return html_lang(self.language)

    @property
    def dir(self) -> str:
        return direction(self.language)


@dataclass(frozen=True)
class TownView:
    key: str
    country: Named
    words: Words
    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class PlaceView:
    """``address`` and the rest are empty where the reader may not read them; ``closed``: they are there."""

    uid: UUID
    words: Words
    country: Named
    town: TownView | None
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    closed: bool


@dataclass(frozen=True)
class OrganisationView:
    uid: UUID
    words: Words
    website: str


@dataclass(frozen=True)
class ServiceView:
    """``line``: the country's number to call, where the service is one or its own is too old to be shown."""

    uid: UUID
    number_in_address: int
    key: str
    words: Words
    country: Named
    organisation: OrganisationView | None
    kind: Kind
    for_whom: tuple[ForWhom, ...]
    ages: tuple[int | None, int | None]
    languages: tuple[str, ...]
    free: bool
    number: str
    tel: str
    sms: str
    email: str
    website: str
    hours: str
    week: list[Open]
    places: list[PlaceView]
    confirmed: date
    stale: bool
    line: Line | None = None

    @property
    def always_open(self) -> bool:
        return is_always(self.hours)

    @property
    def towns(self) -> list[TownView]:
        return list({place.town.key: place.town for place in self.places if place.town}.values())


def services(own: Keys, tag: str, **wanted: Any) -> list[ServiceView]:
    """The services that a reader with these keys may know of, by kind and name; nine queries at most.
    ``wanted``: columns of the service."""
    found = _stored().filter(is_shown=True, organisation__is_shown=True, **wanted)
    drawn = Drawn(own, tag)
    views = [drawn.service(one) for one in found if may_read(own, one, one.seen_level)]
    order = list(Kind)
    return sorted(views, key=lambda one: (one.country.code, order.index(one.kind), one.words.name.casefold()))


def hotlines(tag: str, country: str = "") -> list[ServiceView]:
    """The numbers to call, as services."""
    return [_hotline(line, tag) for line in shown_lines(tag, country or None)]


def emergency(tag: str, country: str) -> list[ServiceView]:
    """Police and ambulance of a country, as services."""
    own = [line for one in numbers(tag) if one.country.code == country for line in one.emergency]
    return [_hotline(line, tag) for line in own]


def localized(record: Record, tag: str) -> Words:
    """The texts for a reader, in their language or the one that stands in."""
    texts = {text.language: text for text in record.texts.all()}
    found = stand_in(tag, texts)
    if found is None:
        return Words("en", dict.fromkeys(record.TEXTS, ""), tag)
    values = {name: getattr(texts[found], name) for name in record.TEXTS}
    if tag == "sr-latn" and found == "sr-cyrl":
        return Words(tag, {name: to_latin(text) for name, text in values.items()}, tag)
    return Words(found, values, tag)


class Drawn:
    """Draws records for one reader in one language."""

    def __init__(self, own: Keys, tag: str) -> None:
        self.own, self.tag, self.today = own, tag, timezone.localdate()
        self.countries: dict[str, Named] = {}
        self.lines: list[Line] | None = None

    def service(self, service: Service) -> ServiceView:
        stale = service.is_stale(self.today)
        email, reach = self._open(service, "email_level"), self._open(service, "reach_level")
        number = self._open(service, "number_level") and not stale
        hours = service.hours if self._open(service, "hours_level") else ""
        words = localized(service, self.tag)
        places = (one for one in service.places.all() if one.is_shown and self._open(one, "seen_level"))
        return ServiceView(
            uid=service.uid,
            number_in_address=FIRST_SERVICE + service.pk,
            key=service.key,
            words=words if reach else words.without("reach"),
            country=self.country(service.country),
            organisation=self.organisation(service.organisation),
            kind=Kind(service.kind),
            for_whom=tuple(ForWhom(one) for one in service.for_whom),
            ages=(service.age_from, service.age_to),
            languages=tuple(service.languages),
            free=service.free,
            number=service.number if number else "",
            tel=service.tel if number else "",
            sms=service.sms if number else "",
            email=service.email if email and not stale else "",
            website=service.website if email else "",
            hours=hours,
            week=[] if is_always(hours) else week(hours, self.tag, self.today),
            places=[self.place(one) for one in places],
            confirmed=service.confirmed,
            stale=stale,
            line=None if number and service.tel else self._line(service.country_id),
        )

    def place(self, place: Place) -> PlaceView:
        address, words = self._open(place, "address_level"), localized(place, self.tag)
        return PlaceView(
            uid=place.uid,
            words=words if address else words.without("reach"),
            country=self.country(place.country),
            town=self.town(place.town) if place.town.is_shown and self._open(place, "town_level") else None,
            address=place.address if address else "",
            latitude=place.latitude if address else None,
            longitude=place.longitude if address else None,
            closed=not address and bool(place.address),
        )

    def town(self, town: Town) -> TownView:
        words = localized(town, self.tag)
        return TownView(town.key, self.country(town.country), words, town.latitude, town.longitude)

    def organisation(self, organisation: Organisation) -> OrganisationView:
        return OrganisationView(organisation.uid, localized(organisation, self.tag), organisation.website)

    def country(self, country: Country) -> Named:
        if country.pk not in self.countries:
            self.countries[country.pk] = named(country, self.tag)
        return self.countries[country.pk]

    def _open(self, record: Record, level: str) -> bool:
        return may_read(self.own, record, getattr(record, level))

    def _line(self, country: str) -> Line | None:
        if self.lines is None:
            self.lines = shown_lines(self.tag)
        return next((line for line in self.lines if line.country.code == country), None)


def _stored() -> QuerySet[Service]:
    places = Place.objects.select_related("country", "town__country").prefetch_related(
        "texts", "town__texts", "reader_institutions", "reader_people"
    )
    return Service.objects.select_related("country", "organisation").prefetch_related(
        "texts",
        "organisation__texts",
        "reader_institutions",
        "reader_people",
        Prefetch("places", places),
    )


def _hotline(line: Line, tag: str) -> ServiceView:
    one = line.hotline
    text = {"name": str(one.number), "description": "", "cost": "", "reach": "", "bring": ""}
    if line.text:
        text |= {"name": line.text.name, "description": f"{line.text.hours}\n{line.text.call}"}
    return ServiceView(
        uid=uuid5(NAMESPACE_URL, f"kodeks:hotline:{one.key}"),
        number_in_address=0,
        key=one.key,
        words=Words(line.text.language if line.text else tag, text, tag),
        country=line.country,
        organisation=None,
        kind=Kind.HOTLINE,
        for_whom=(ForWhom.EVERYBODY,),
        ages=(None, None),
        languages=tuple(one.languages),
        free=one.free,
        number=one.number,
        tel=one.tel,
        sms=one.sms,
        email="",
        website=one.chat,
        hours="",
        week=[],
        places=[],
        confirmed=one.checked,
        stale=False,
        line=line,
    )


def all_towns(found: Iterable[ServiceView]) -> list[TownView]:
    return list({town.key: town for one in found for town in one.towns}.values())
