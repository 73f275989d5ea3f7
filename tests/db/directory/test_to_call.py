"""Who asks in the office whom to call: the services of the place stand above what was found."""

from __future__ import annotations

from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from directory.levels import Level
from directory.models import Place
from people.roles import Role
from search.outbox import drain
from tests.support.directory.records import make_organisation, make_place, make_service, make_town
from tests.support.factories import make_country, make_in_force, make_institution, make_person, make_tree
from tests.support.search.fixtures import analyser, search_index

__all__ = ["analyser", "search_index"]

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 12, 2, 3, tzinfo=ZoneInfo("Europe/Belgrade"))


@pytest.fixture
def office(search_index: object, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A practitioner of North Macedonia at night. There are a service that is closed now, one that is open,
    one in another town, and one of Albania."""
    tree = make_tree("en", "Procedure", [(1, "A child at the border", "The child is never left alone.")])
    make_in_force(slug="mk-border", languages=("en",), tree=tree)
    drain()
    make_country("al", name_en="Albania")
    helpers = make_organisation()
    public: dict[str, Any] = dict.fromkeys(("seen_level", "number_level", "hours_level"), Level.PUBLIC)
    place = make_place(make_town("bitola", name="Bitola"), **dict.fromkeys(Place.LEVELS, Level.PUBLIC))
    for key, number, hours, places in (
        ("day", "02 111", "Mo-Fr 08:00-16:00", []),
        ("always", "02 222", "24/7", []),
        ("bitola", "02 333", "24/7", [place]),
        ("named", "02 444", "24/7", []),
    ):
        levels: dict[str, Any] = public | ({"number_level": Level.NAMED} if key == "named" else {})
        make_service(
            helpers, places, key=key, number=number, tel=number.replace(" ", ""), hours=hours, **levels
        )
    make_country("al", name_en="Albania")
    make_service(make_organisation("al"), key="tirana", number="04 555", tel="04555", hours="24/7", **public)
    client = Client()
    client.force_login(make_person(Role.PRACTITIONER, make_institution("mk-social", "mk")))
    monkeypatch.setattr(timezone, "localtime", lambda *_args: NIGHT)
    return client


def numbers(client: Client, question: str, tag: str = "en") -> list[str]:
    """The numbers above what was found, in their order."""
    page = unescape(client.get(f"/{tag}/search/", {"q": question}).content.decode())
    above, _, _ = page.partition('id="found"')
    found = {number: above.find(number) for number in ("02 111", "02 222", "02 333", "02 444", "04 555")}
    return sorted((number for number, at in found.items() if at >= 0), key=lambda one: found[one])


@pytest.mark.parametrize(
    ("tag", "question"),
    [
        ("en", "child at the border at night, who do I call"),
        ("mk", "кого да повикам ноќе"),
        ("sq", "kë të telefonoj natën"),
        ("sr-latn", "koga da zovem noću"),
        ("sr-cyrl", "телефон за дете на граници"),
    ],
)
def test_the_services_of_the_country_come_first_those_that_are_open_before_the_others(
    office: Client, tag: str, question: str
) -> None:
    found = numbers(office, question, tag)
    assert set(found) == {"02 111", "02 222", "02 333"} and found[-1] == "02 111"


def test_a_town_that_is_named_comes_first_and_a_country_instead_of_ones_own(office: Client) -> None:
    assert numbers(office, "whom to call in Bitola at night")[0] == "02 333"
    assert numbers(office, "who do I call in Albania") == ["04 555"]


def test_another_question_gets_none_and_the_public_host_its_own_box(office: Client) -> None:
    assert numbers(office, "child at the border") == []
    page = Client(headers={"host": "public.test"}).get("/en/library/search/", {"q": "whom to call"})
    assert 'id="to-call"' not in page.content.decode()
