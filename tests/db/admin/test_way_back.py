"""The way from Wagtail's admin back to the office."""

from __future__ import annotations

from django.test import Client

from people.roles import Role
from tests.support.admin.fixtures import SignIn


def test_it_leads_to_the_language_in_which_the_person_was_there_last(sign_in: SignIn) -> None:
    client = sign_in(Role.OPERATOR, language="mk")
    assert '"/mk/"' in menu(client)
    client.get("/sq/")
    assert '"/sq/"' in menu(client)


def menu(client: Client) -> str:
    return client.get("/admin/").content.decode().replace("&quot;", '"')
