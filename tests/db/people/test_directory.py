"""The list of people and the page of one: who sees whom, filters, and how much it asks of the database."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people.actions.invite import enter_role
from people.models import Institution, Membership, User
from people.roles import Role
from tests.support.factories import make_country, make_institution, make_person
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = PageClient()
    client.force_login(user)
    return client


def listed(client: Client, query: str = "") -> str:
    answer = client.get(f"/en/people/?{query}")
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.fixture
def operator() -> User:
    return make_person(Role.OPERATOR, make_institution("mk-operator"), name="Olga")


@pytest.fixture
def ministries() -> list[Institution]:
    """Two of one name, in two countries."""
    make_country("al", name_en="Albania")
    return [make_institution(key, name_en="Ministry of Interior") for key in ("mk-interior", "al-interior")]


def test_four_hundred_people_are_pages_of_fifty(
    operator: User, ministries: list[Institution], django_assert_max_num_queries: object
) -> None:
    people = User.objects.bulk_create(
        User(email=f"p{n}@test.example", name=f"Person {n:03}", password="!") for n in range(400)
    )
    for number, one in enumerate(people):
        enter_role(one, ministries[number % 2], Role.REVIEWER)
    for one in people[:20]:
        enter_role(one, ministries[0], Role.DRAFTER)
    client = browser(operator)
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        page = listed(client)
    assert "401 people" in page and page.count("/people/person/") == 50
    assert "Page 1 of 9" in page
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        assert listed(client, "page=3").count("/people/person/") == 50


def test_filters_find_a_person(operator: User, ministries: list[Institution]) -> None:
    ana = make_person(Role.DRAFTER, ministries[0], name="Ana")
    make_person(Role.REVIEWER, ministries[1], name="Besa")
    Membership.objects.filter(user=ana).update(ends=timezone.localdate() + timedelta(days=9))
    User.objects.filter(pk=ana.pk).update(last_login=timezone.now())
    client = browser(operator)
    page = listed(client)
    assert "Ministry of Interior (Albania)" in page and "Ministry of Interior (MK)" in page
    for query, names in {
        "q=an": {"Ana"},
        "q=ANA": {"Ana"},
        "q=test.example": {"Ana", "Besa", "Olga"},
        "country=al": {"Besa"},
        f"institution={ministries[0].pk}": {"Ana"},
        "role=reviewer": {"Besa"},
        "state=never": {"Besa"},
        "state=ends": {"Ana"},
        "state=no_factor": {"Ana", "Besa", "Olga"},
        "state=ended": set(),
        "q=nobody": set(),
    }.items():
        table = listed(client, query).partition("<tbody>")[2]
        assert {name for name in ("Ana", "Besa", "Olga") if f">{name}</a>" in table} == names, query
    for odd in ("country=zz", "role=king", "institution=x", "q=%00", "state=1"):
        assert client.get(f"/en/people/?{odd}").status_code in (200, 400)


def test_the_page_of_a_person_shows_the_roles_that_one_looks_after(ministries: list[Institution]) -> None:
    here = make_person(Role.COORDINATOR, make_institution("mk-coordinator"))
    ana = make_person(Role.DRAFTER, ministries[0], name="Ana")
    besa = make_person(Role.REVIEWER, ministries[1], name="Besa")
    client = browser(here)
    page = client.get(f"/en/people/person/{ana.pk}/").content.decode()
    held = ana.memberships.get()
    for part in ("Ana", ana.email, f"/people/{held.pk}/end/", f"/people/{held.pk}/hand-over/"):
        assert part in page
    assert client.get(f"/en/people/person/{besa.pk}/").status_code == 404
    assert client.get("/en/people/person/999999/").status_code == 404
    assert browser(ana).get(f"/en/people/person/{ana.pk}/").status_code == 404
    assert "Besa" not in listed(client)


def test_the_footnote_of_a_country_goes_with_its_name(operator: User) -> None:
    note = "* This designation is without prejudice."
    make_country("xk", name_en="Kosovo*", footnote_en=note)
    assert note not in browser(operator).get("/en/account/").content.decode()
    make_person(Role.DRAFTER, make_institution("xk-interior"))
    assert listed(browser(operator)).count(note) == 1
