"""Puts the demonstration's services into the directory, where they are not there yet."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from directory.actions.change_record import enter_record
from directory.levels import Level
from directory.models import Organisation, Place, Record, Service, Town
from people.models import Institution

R = TypeVar("R", bound=Record)
FOLDER = Path(__file__).parent
NOT_TEXT = {"key", "country", "at"}


def read(name: str) -> dict[str, Any]:
    """One of the files beside this one."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def load_services() -> None:
    """Needs the countries and institutions of config.demo.people."""
    if Service.objects.exists():
        return
    data, texts = read("services"), read("texts")
    with transaction.atomic():
        towns = {row["key"]: _town(row) for row in data["town"]}
        for country, of in data["country"].items():
            own = [towns[key] for key in of["towns"]]
            organisation = Organisation(key=f"open-door-{country}", country_id=country)
            _enter(organisation, _rows(texts["organisation"], "name", "description"))
            places: dict[tuple[str, int], Place] = {}
            for number, row in enumerate(data["service"], start=1):
                place = (row["at"], row["town"])
                if row["at"] and place not in places:
                    places[place] = _place(row["at"], own[row["town"]], len(places) + 1, texts)
                _service(number, row, organisation, of, places.get(place), texts)


def _town(row: dict[str, Any]) -> Town:
    latitude, longitude = row["at"]
    town = Town(key=row["key"], country_id=row["country"], latitude=latitude, longitude=longitude)
    names = [{"language": tag, "name": name} for tag, name in row.items() if tag not in NOT_TEXT]
    return _enter(town, names)


def _place(kind: str, town: Town, number: int, texts: dict[str, Any]) -> Place:
    place = Place(
        # No town: a key stands in lists and addresses that more people read than the place.
        key=f"{town.country_id}-{kind}-{number}",
        country_id=town.country_id,
        town=town,
        address=f"Example Street {number}",
        latitude=Decimal(town.latitude) + Decimal(number) / 500,
        longitude=Decimal(town.longitude) - Decimal(number) / 500,
    )
    if kind == "shelter":
        # Who may know of it: members of institutions in the country; the rest: the first institution alone.
        place.seen_level = Level.COUNTRY
        readers = Institution.objects.filter(country=town.country_id).order_by("pk")[:1]
        place.reader_institutions = list(readers)
    else:
        place.seen_level = place.town_level = place.address_level = Level.PUBLIC
    return _enter(place, _rows(texts["place"][kind], "name", "reach", "accessible"))


def _service(
    number: int,
    row: dict[str, Any],
    organisation: Organisation,
    of: dict[str, Any],
    place: Place | None,
    texts: dict[str, Any],
) -> None:
    country, shown = organisation.country_id, of["number"] % number
    service = Service(
        key=f"{country}-{row['kind']}-{number}",
        country_id=country,
        organisation=organisation,
        kind=row["kind"],
        for_whom=row["for_whom"],
        languages=of["languages"],
        age_from=row.get("age_from"),
        age_to=row.get("age_to"),
        hours=row["hours"],
        number=shown,
        tel=shown.replace(" ", ""),
        email_level=Level.REGION if row["kind"] == "shelter" else Level.PUBLIC,
        email=f"{row['kind']}.{country}@example.org",
        confirmed=timezone.localdate() - timedelta(days=200 if row.get("old") else number),
    )
    service.places = [place] if place else []
    reach = texts["reach"]["shelter" if row["kind"] == "shelter" else "office"]
    rows = _rows(texts["kind"][row["kind"]], "name", "description")
    for text in rows:
        text["reach"] = reach[text["language"]]
        text["bring"] = texts["bring"][row["bring"]][text["language"]] if "bring" in row else ""
    _enter(service, rows)


def _rows(by_language: dict[str, list[str]], *names: str) -> list[dict[str, str]]:
    return [{"language": tag} | dict(zip(names, values, strict=True)) for tag, values in by_language.items()]


def _enter(record: R, texts: list[dict[str, str]]) -> R:
    model = record._meta.get_field("texts").related_model
    record.texts = [model(**text) for text in texts]
    record.full_clean(exclude=["texts"])
    return enter_record(record)
