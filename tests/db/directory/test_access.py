"""Who reads which field of the directory, at every door: 0 leaks, and nothing withheld."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from directory.actions.change_record import enter_record
from directory.levels import Level
from directory.models import Place, Service
from directory.office.uses import in_services
from people.actions.groups import sync_groups
from people.models import User
from people.roles import Role
from public.number_uses import Number
from tests.support.admin.routes import addresses
from tests.support.directory.records import FIELDS, make_all, somewhere_else
from tests.support.factories import make_institution, make_person
from tests.support.public.fixtures import PUBLIC

READS = {
    Level.PUBLIC: {"anonymous", "operator", "practitioner", "named", "other country", "publisher"},
    Level.REGION: {"practitioner", "named", "other country", "publisher"},
    Level.COUNTRY: {"practitioner", "named", "publisher"},
    Level.NAMED: {"named"},
}
DOORS = {
    "page": "/en/services/mk/quiet-house/",
    "search": "/en/services/mk/",
    "map": "/en/services/",
    "whom to call": "/en/search/?q=whom+to+call&country=mk",
    "twin": "/en/n/{number}/",
    "twin of the country": "/en/n/9/?in=mk",
    "services": "/api/hsds/3/services",
    "service": "/api/hsds/3/services/{service}",
    "location": "/api/hsds/3/locations/{place}",
    "links": "/api/hsds/3/service_at_locations?per_page=100",
}
SHOWN_AT = ("page", "service", "location")


@dataclass
class Cast:
    browsers: dict[str, Client]
    people: dict[str, User]
    service: Service
    place: Place

    def texts(self, who: str) -> Iterator[tuple[str, str]]:
        """What each door shows somebody."""
        for door, path in DOORS.items():
            answer = self.browsers[who].get(
                path.format(
                    service=self.service.uid, place=self.place.uid, number=1_000_000 + self.service.pk
                )
            )
            assert answer.status_code in (200, 404), (who, door, answer.status_code)
            yield door, unescape(answer.content.decode())


@pytest.fixture
def cast(db: None) -> Cast:
    home = make_institution("mk-social", "mk")
    people = {
        "practitioner": make_person(Role.PRACTITIONER, home),
        "named": make_person(Role.PRACTITIONER, somewhere_else()),
        "other country": make_person(Role.PRACTITIONER, somewhere_else("rs")),
        "publisher": make_person(Role.PUBLISHER, home),
        "operator": make_person(Role.OPERATOR, home),
    }
    browsers: dict[str, Client] = {"anonymous": Client(headers={"host": PUBLIC})}
    for who, person in people.items():
        sync_groups(person)
        browsers[who] = Client()
        browsers[who].force_login(person)
    service, place = make_all(Level.PUBLIC, [people["named"]])
    return Cast(browsers, people, service, place)


def give_levels(cast: Cast, levels: dict[str, Level]) -> None:
    """The fields that are not named are open to everybody."""
    for record, before in ((cast.place, "place."), (cast.service, "")):
        for name in record.LEVELS:
            setattr(record, name, levels.get(f"{before}{name}", Level.PUBLIC))
        enter_record(record)
    cache.clear()  # a minute of the interface for programs has its limit


def expected(levels: dict[str, Level], field: str, who: str) -> bool:
    """Whether somebody reads a field: they must also know of the service and, for its fields, of the place."""
    above = ["seen_level", "place.seen_level"] if field.startswith("place.") else ["seen_level"]
    return all(who in READS[levels.get(one, Level.PUBLIC)] for one in (*above, field))


def rounds() -> list[dict[str, Level]]:
    """Every field with every level, few of them at a time."""
    fields, levels = [one for one in FIELDS if "seen" not in one], list(Level)
    turned = [
        {field: levels[(number + turn) % 4] for number, field in enumerate(fields)} for turn in range(4)
    ]
    closed = [{"seen_level": level} for level in levels[1:]]
    return [*turned, *closed, *({"place.seen_level": level} for level in levels[1:])]


def test_each_field_is_read_by_its_readers_alone(cast: Cast) -> None:
    leaks, withheld = [], []
    del cast.browsers["publisher"]  # as a practitioner, here; in the admin below they are tried
    for levels in rounds():
        give_levels(cast, levels)
        for who in cast.browsers:
            shown = dict(cast.texts(who))
            for field, values in FIELDS.items():
                if not expected(levels, field, who):
                    leaks += [
                        (levels, field, who, door)
                        for door, text in shown.items()
                        if any(value in text for value in values)
                    ]
                elif not any(values[0] in shown[door] for door in SHOWN_AT):
                    withheld.append((levels, field, who))
    assert leaks == []
    assert withheld == []


def test_the_search_does_not_tell_what_it_does_not_show(cast: Cast) -> None:
    """A town that the reader may not read finds nothing, and is not offered."""
    give_levels(cast, {"place.town_level": Level.NAMED})
    for who, browser in cast.browsers.items():
        text = browser.get("/en/services/mk/?town=hiddenville").content.decode()
        assert ("is not there" not in text) is (who == "named"), who
        index = browser.get("/en/services/").content.decode()
        assert ("Hiddenville" in index) is (who == "named"), who
    give_levels(cast, {"number_level": Level.NAMED})
    number = Number(cast.service.number, "mk")
    shown = {who for who, person in cast.people.items() if list(in_services(number, person))}
    assert shown == {"named"}, "a service is no use of a number that one may not read"


def test_the_admin_shows_nothing_that_is_closed(cast: Cast) -> None:
    """To a publisher of the country who is not named, and to the operator, at every address of the admin."""
    give_levels(cast, dict.fromkeys(FIELDS, Level.NAMED))
    secrets = [value for values in FIELDS.values() for value in values if value != "Hiddenville"]
    secrets += ["quiet-house", "entrance"]
    things = [
        ("directory", "service", str(cast.service.pk)),
        ("directory", "place", str(cast.place.pk)),
    ]
    own = [
        path
        for path in addresses(things)
        if "directory" in path and not any(one in path for one in ("wagtailcore", "/users/"))
    ]
    assert len(own) > 20
    for who in ("publisher", "operator"):
        for path in [*own, "/admin/", "/admin/reports/site-history/", "/en/", "/en/audit/"]:
            answer = cast.browsers[who].get(path)
            text = unescape(answer.content.decode()) if not answer.streaming else ""
            assert answer.status_code < 500, path
            found = [one for one in secrets if one in text and one not in path]
            assert not found or (who == "operator" and path == "/en/audit/" and found == ["entrance"]), (
                who,
                path,
                found,
            )


def test_a_hidden_record_is_nowhere(cast: Cast) -> None:
    town = cast.place.town
    town.is_shown = False
    town.save()
    cache.clear()
    shown = [text for who in cast.browsers for _, text in cast.texts(who)]
    assert not any("Hiddenville" in text for text in shown) and any("Quiet house" in text for text in shown)
    cast.service.is_shown = False
    cast.service.save()
    cache.clear()
    for who in ("anonymous", "named", "operator"):
        for door, text in cast.texts(who):
            assert "Quiet house" not in text and "025550111" not in text, (who, door)


def test_the_pages_ask_little_of_the_database(
    cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for who, most in (("anonymous", 16), ("named", 26)):
        for path in ("/en/services/", "/en/services/mk/", "/en/services/mk/quiet-house/"):
            with django_assert_max_num_queries(most):
                assert cast.browsers[who].get(path).status_code == 200


def test_what_is_not_there_and_what_is_wrong(cast: Cast) -> None:
    reader = cast.browsers["anonymous"]
    for path in (
        "zz/",
        "mk/nothing/",
        "../n/999999999999999999999999/",
        "al/quiet-house/",
        "%00/",
        "mk/quiet-house/x/",
    ):
        assert reader.get(f"/en/services/{path}").status_code == 404, path
    for query in ("kind=x", "town=%00", "language=" + "x" * 3000, "for_whom=women&for_whom=x"):
        text = reader.get(f"/en/services/mk/?{query}").content.decode()
        assert "is not there" in text and "Quiet house" in text and "Choose one of the list." in text, query
    for query in ("kind=shelter", "for_whom=women", "language=mk", "town=hiddenville", "kind="):
        text = reader.get(f"/en/services/mk/?{query}").content.decode()
        assert "is not there" not in text and "Quiet house" in text, query
    assert "No service fits" in reader.get("/en/services/al/").content.decode()


def test_a_twin_says_nothing_in_its_address_and_leads_to_twins(cast: Cast) -> None:
    reader = cast.browsers["anonymous"]
    number = 1_000_000 + cast.service.pk
    page = reader.get("/en/services/mk/quiet-house/").content.decode()
    assert f'href="/en/n/{number}/"' in page
    for path in (f"/en/n/{number}/", "/en/n/9/", "/en/n/9/?in=mk"):
        text = reader.get(path).content.decode()
        assert "<title>Notes</title>" in text
        assert 'href="/en/services/' not in text and '="/en/help/' not in text, path
    assert f"/en/n/{number}/" in reader.get("/en/n/9/?in=mk").content.decode()
    found = reader.get("/en/n/9/?in=mk&kind=legal").content.decode()
    assert "<form" not in found and "Quiet house" in found, "the whole list, and no filter in the address"
    assert reader.get("/en/services/?in=mk").url == "/en/services/mk/"
    assert 'href="/en/services/mk/"' in reader.get("/en/help/mk/").content.decode()
    assert 'href="/en/n/9/?in=mk"' in reader.get("/en/n/2/?in=mk").content.decode()
