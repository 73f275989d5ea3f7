"""Records of the directory in which each field that can be confidential has a value of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from directory.actions.change_record import enter_record
from directory.levels import Level
from directory.models import (
    Organisation,
    OrganisationText,
    Place,
    PlaceText,
    Service,
    ServiceText,
    Town,
    TownText,
)
from people.models import Institution, User
from tests.support.factories import make_country, make_institution

FIELDS = {
    "seen_level": ["Quiet house help"],
    "number_level": ["02 555 0111", "025550111", "025550222"],
    "email_level": ["quiet@secret.example", "https://quiet.secret.example/"],
    "hours_level": ["Mo-Fr 06:06-07:07", "06:06"],
    "reach_level": ["Ring twice at the blue gate"],
    "place.seen_level": ["Quiet house entrance"],
    "place.town_level": ["Hiddenville"],
    "place.address_level": ["Secret Lane 77", "41.123456", "Second stair on the left"],
}
"""Each level with the values that it opens, as some door may write them."""


def make_town(key: str = "hiddenville", country: str = "mk", name: str = "Hiddenville") -> Town:
    town = Town(key=key, country=make_country(country), latitude=Decimal("41.9"), longitude=Decimal("21.4"))
    town.texts = [TownText(language="en", name=name)]
    return enter_record(town)


def make_organisation(country: str = "mk") -> Organisation:
    found = Organisation(key=f"helpers-{country}", country=make_country(country))
    found.texts = [OrganisationText(language="en", name="Helpers", description="They help.")]
    return enter_record(found)


def make_place(town: Town, **fields: Any) -> Place:
    people, institutions = fields.pop("people", []), fields.pop("institutions", [])
    place = Place(
        key="entrance",
        country=town.country,
        town=town,
        address="Secret Lane 77",
        latitude=Decimal("41.123456"),
        longitude=Decimal("21.654321"),
        **fields,
    )
    place.texts = [PlaceText(language="en", name="Quiet house entrance", reach="Second stair on the left")]
    place.reader_people, place.reader_institutions = people, institutions
    return enter_record(place)


def make_service(organisation: Organisation, places: list[Place] | None = None, **fields: Any) -> Service:
    people, institutions = fields.pop("people", []), fields.pop("institutions", [])
    values: dict[str, Any] = {
        "key": "quiet-house", "kind": "shelter", "for_whom": ["women"], "languages": ["mk", "en"],
        "hours": "Mo-Fr 06:06-07:07", "number": "02 555 0111", "tel": "025550111", "sms": "025550222",
        "email": "quiet@secret.example", "website": "https://quiet.secret.example/",
    }  # fmt: skip
    service = Service(country=organisation.country, organisation=organisation, **(values | fields))
    texts = {"name": "Quiet house help", "description": "A room.", "reach": "Ring twice at the blue gate"}
    service.texts = [ServiceText(language="en", bring="Papers", **texts)]
    service.places = places or []
    service.reader_people, service.reader_institutions = people, institutions
    return enter_record(service)


def make_all(
    level: Level, people: list[User] | None = None, institutions: list[Institution] | None = None
) -> tuple[Service, Place]:
    """A service at a place, all of it for readers of one level."""
    named = {"people": people or [], "institutions": institutions or []}
    place = make_place(make_town(), **dict.fromkeys(Place.LEVELS, level), **named)
    levels = dict.fromkeys(Service.LEVELS, level)
    return make_service(make_organisation(), [place], **levels, **named), place


def somewhere_else(country: str = "al") -> Institution:
    return make_institution(f"{country}-interior", country)
