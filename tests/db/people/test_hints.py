"""First-use hints: one a page, closed for good by the person."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

from config.guides import load_guide
from people.hints import HINTS
from people.roles import Role
from tests.support.factories import make_person
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db


def test_a_closed_hint_stays_away_for_this_person_alone() -> None:
    person, other = make_person(Role.COORDINATOR), make_person(Role.COORDINATOR)
    client = PageClient()
    client.force_login(person)
    assert "Close the hint" in client.get("/en/people/").content.decode()
    answer = client.post(reverse("people:close_hint"), {"page": "people:directory", "next": "/en/people/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/people/")
    client.force_login(make_person(Role.REVIEWER))
    client.force_login(person)
    assert "Close the hint" not in client.get("/en/people/").content.decode()
    assert "Close the hint" in client.get("/en/audit/").content.decode()
    client.force_login(other)
    assert "Close the hint" in client.get("/en/people/").content.decode()


def test_odd_requests_close_nothing_and_lead_nowhere_else() -> None:
    client = PageClient()
    client.force_login(make_person(Role.COORDINATOR))
    address = reverse("people:close_hint")
    assert client.post(address, {"page": "nothing"}).status_code == 400
    assert client.get(address).status_code == 405
    onward = client.post(address, {"page": "audit:trail", "next": "https://evil.example/"})
    assert onward.headers["Location"] == "/en/"
    assert "/sign-in/" in PageClient().post(address, {"page": "audit:trail"}).headers["Location"]


@pytest.mark.parametrize("view_name", sorted(HINTS))
def test_every_hint_is_of_a_page_and_leads_to_a_heading(view_name: str) -> None:
    resolver = get_resolver("config.urls_office")
    namespace, _, name = view_name.rpartition(":")
    names = resolver.namespace_dict[namespace][1].reverse_dict if namespace else resolver.reverse_dict
    assert name in names
    guide = load_guide(HINTS[view_name].guide, "en")
    assert guide is not None and f'id="part-{HINTS[view_name].part}"' in guide.body
