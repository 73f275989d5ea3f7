"""The guides of docs/ as help pages of the office."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, RequestFactory

from config.guides import FOLDER, NAMES
from config.languages import INTERFACE
from people.roles import Role
from tests.support.factories import make_person
from theme.views import server_error

WRITTEN = [code for code, _name in INTERFACE if code != "sr-latn"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.REVIEWER, "reviewers"),
        (Role.TRANSLATOR, "drafters"),
        (Role.COORDINATOR, "coordinators"),
        (Role.PUBLISHER, "publishers"),
        (Role.OPERATOR, "operators"),
    ],
)
def test_help_opens_the_guide_of_the_readers_role(client: Client, role: Role, name: str) -> None:
    client.force_login(make_person(role))
    response = client.get("/en/help/", follow=True)
    assert response.redirect_chain == [(f"/en/help/{name}/", 302)]
    assert response.content.decode().count('aria-current="page"') >= 1


@pytest.mark.django_db
def test_a_guide_is_in_the_language_and_the_script_of_the_page(client: Client) -> None:
    client.force_login(make_person(Role.REVIEWER))
    assert 'lang="sr-cyrl"' in client.get("/sr-cyrl/help/reviewers/").content.decode()
    cyrillic, latin = (
        client.get(f"/{code}/help/reviewers/").content.decode() for code in ("sr-cyrl", "sr-latn")
    )
    assert "Водич" in cyrillic and "Vodič" in latin and "Водич" not in latin


@pytest.mark.django_db
def test_no_guide_of_another_name_and_none_without_signing_in(client: Client) -> None:
    assert client.get("/en/help/reviewers/").status_code == 302
    client.force_login(make_person(Role.REVIEWER))
    for name in ("nobody", "..", "reviewers%2F.."):
        assert client.get(f"/en/help/{name}/").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_every_guide_has_the_same_headings_in_every_language(name: str) -> None:
    counts = {}
    for code in WRITTEN:
        text = (FOLDER / f"for-{name}" / f"{code}.md").read_text("utf-8")
        lines = text.splitlines()
        counts[code] = [sum(line.startswith(mark) for line in lines) for mark in ("# ", "## ")]
        assert lines[0].startswith("# "), code
    assert len(set(map(tuple, counts.values()))) == 1, counts


@pytest.mark.django_db
def test_what_is_new_has_a_mark_until_it_was_read(client: Client) -> None:
    client.force_login(make_person(Role.REVIEWER))
    assert "What is new ●" in client.get("/en/").content.decode()
    page = client.get("/en/help/whats-new/").content.decode()
    assert '<h2 id="part-1">' in page
    assert "What is new ●" not in client.get("/en/").content.decode()


@pytest.mark.parametrize("code", WRITTEN)
def test_what_is_new_tells_of_the_same_releases_in_every_language(code: str) -> None:
    def outline(language: str) -> list[str]:
        lines = (FOLDER / "whats-new" / f"{language}.md").read_text("utf-8").splitlines()
        return [line if line.startswith("## ") else line[:1] for line in lines if line[:1] in "#-"]

    assert outline(code) == outline("en")


@pytest.mark.django_db
def test_who_to_ask_stands_on_help_error_and_other_pages(client: Client, settings: Any) -> None:
    settings.KODEKS_CONTACT_MAIL, settings.KODEKS_CONTACT_PHONE = "help@kodeks.example", "+389 2 123"
    client.force_login(make_person(Role.REVIEWER))
    for path in ("/en/", "/en/help/reviewers/", "/en/no-such-page/"):
        page = client.get(path).content.decode()
        assert "help@kodeks.example" in page and "tel:+3892123" in page, path
    assert "help@kodeks.example" in server_error(RequestFactory().get("/")).content.decode()
