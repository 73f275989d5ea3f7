"""An address of the office that was typed without its language."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    made = PageClient(headers={"accept-language": "mk"})
    made.force_login(make_person(Role.REVIEWER, make_institution("mk-interior")))
    return made


@pytest.mark.parametrize("path", ["/sign-in/", "/review/", "/search/?q=a", "/review/7/comments/"])
def test_it_leads_to_the_same_page_in_the_readers_language(client: Client, path: str) -> None:
    came = client.get(path)
    assert (came.status_code, came["Location"]) == (302, f"/mk{path}") and "Accept-Language" in came["Vary"]


@pytest.mark.parametrize("path", ["/nothing/", "/en/nothing/", "/review/x/", "/mk"])
def test_what_is_no_page_in_any_language_is_none(client: Client, path: str) -> None:
    assert client.get(path).status_code in (301, 404)


def test_the_public_host_and_what_is_sent_by_a_form_lead_nowhere(client: Client) -> None:
    assert client.post("/sign-in/").status_code in (403, 404)
    assert PageClient(headers={"host": "public.test"}).get("/help/").status_code == 404


def test_the_outbox_of_the_demonstration_is_not_offered_before_the_sign_in(
    client: Client, settings: LazySettings
) -> None:
    settings.KODEKS_DEMO = True
    assert "/outbox/" not in PageClient().get("/en/sign-in/").content.decode()
    assert "/outbox/" in client.get("/en/").content.decode()
