"""Who gets into the admin, and what each role finds there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Site

from audit.models import Entry
from people.actions.groups import sync_groups
from people.actions.invite import enter_role
from people.actions.leave import end_membership
from people.models import User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient
from tests.support.sign_in import give_app, walk_in

SignIn = Callable[..., Client]
INSIDE = "inside"
ELSEWHERE = "elsewhere"  # Wagtail leads whoever may not back to its first page
PATHS = ["/admin/", "/admin/kodeks/countries/", "/admin/pages/", "/admin/no-such-thing/", "/admin/login/"]
MAY = {
    "/admin/": {Role.PUBLISHER, Role.OPERATOR, Role.COORDINATOR},
    "/admin/pages/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/images/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/documents/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/snippets/public/hotline/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/snippets/search/glossaryterm/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/snippets/search/glossaryterm/add/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/snippets/search/synonymgroup/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/snippets/search/synonymgroup/add/": {Role.PUBLISHER, Role.OPERATOR},
    "/admin/snippets/public/hotline/add/": {Role.PUBLISHER},
    "/admin/kodeks/countries/": {Role.OPERATOR},
    "/admin/kodeks/institutions/": {Role.OPERATOR},
    "/admin/kodeks/institutions/new/": {Role.OPERATOR},
    "/admin/kodeks/memberships/": {Role.OPERATOR},
    "/admin/users/": {Role.OPERATOR},
    "/admin/groups/": {Role.OPERATOR},
    "/admin/sites/": {Role.OPERATOR},
    "/admin/locales/": {Role.OPERATOR},
    "/admin/collections/": {Role.OPERATOR},
    "/admin/account/": {Role.PUBLISHER, Role.OPERATOR, Role.COORDINATOR},
}


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.OPERATOR, Role.COORDINATOR])
def test_each_role_finds_its_own(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(role)
    found = {path: browser.get(path) for path in MAY}
    got = {path for path, answer in found.items() if answer.status_code == 200}
    assert got == {path for path, roles in MAY.items() if role in roles}
    for path, answer in found.items():
        if path not in got:
            assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/"), path


@pytest.mark.parametrize(
    "role", [Role.DRAFTER, Role.TRANSLATOR, Role.REVIEWER, Role.PRACTITIONER, Role.REGIONAL_PARTNER, None]
)
def test_for_others_there_is_no_admin(sign_in: SignIn, role: Role | None) -> None:
    browser = sign_in(role)
    for path in PATHS:
        for answer in (browser.get(path), browser.post(path)):
            assert answer.status_code == 404, path
            assert b"wagtail" not in answer.content.lower(), path
    refused = Entry.objects.filter(refused=True, thing="path:/admin/pages/")
    assert {entry.actor for entry in refused} == {browser.person.actor}  # type: ignore[attr-defined]


def test_nobody_in_particular_is_led_to_our_own_sign_in(client: Client, db: None) -> None:
    for path in PATHS:
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/en/sign-in/?next=%2Fadmin%2F"), path


def test_a_role_that_has_run_out_closes_the_gate(sign_in: SignIn) -> None:
    browser = sign_in(Role.PUBLISHER)
    enter_role(browser.person, make_institution(), Role.DRAFTER)  # type: ignore[attr-defined]
    assert browser.get("/admin/").status_code == 200
    ran_out = browser.person.memberships.filter(role=Role.PUBLISHER)  # type: ignore[attr-defined]
    ran_out.update(ends=timezone.localdate() - timedelta(days=1))
    assert browser.get("/admin/").status_code == 404


def test_passwords_are_not_looked_after_here(sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    for path in ("/admin/password_reset/", "/admin/password_reset/confirm/MQ/x/"):
        assert browser.get(path).status_code == 404
    page = browser.get("/admin/account/").content.decode()
    assert "password" not in page.lower()
    assert 'name="name_email-email"' not in page


def test_the_bar_of_the_office_leads_in(sign_in: SignIn) -> None:
    assert 'href="/admin/"' in sign_in(Role.PUBLISHER).get("/en/account/").content.decode()
    assert 'href="/admin/"' not in sign_in(Role.DRAFTER).get("/en/account/").content.decode()


def test_it_has_our_name_and_calls_nobody(sign_in: SignIn) -> None:
    answer = sign_in(Role.OPERATOR, is_superuser=True).get("/admin/")
    page = answer.content.decode()
    assert "<title>Dashboard - Kodeks</title>" in page
    assert "config/admin.css" in page
    assert "theme/mark.svg" in page
    for other in ("gravatar.com", "releases.wagtail"):
        assert other not in page
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_nothing_of_a_role_is_left_when_it_ends(sign_in: SignIn) -> None:
    """Not even to a superuser of an older Kodeks; and no operator deletes the site or a language."""
    browser = sign_in(Role.OPERATOR)
    person, elsewhere = browser.person, PageClient()  # type: ignore[attr-defined]
    give_app(person)
    walk_in(elsewhere, person)
    assert elsewhere.get("/en/account/").status_code == 200
    site, locale = Site.objects.get(), Locale.objects.first()
    for path in (f"/admin/sites/delete/{site.pk}/", f"/admin/locales/delete/{locale.pk}/"):
        assert browser.post(path)["Location"] == "/admin/"
    former = make_person(name="Former", is_superuser=True)
    inside = PageClient()
    inside.force_login(former)
    for path in ("/admin/", f"/admin/sites/delete/{site.pk}/", "/admin/kodeks/institutions/new/"):
        assert (inside.get(path).status_code, inside.post(path).status_code) == (404, 404)
    sync_groups(former)
    assert not User.objects.get(pk=former.pk).is_superuser
    assert Site.objects.exists() and Locale.objects.filter(pk=locale.pk).exists()

    end_membership(make_person(Role.OPERATOR), person.memberships.get())
    assert not person.groups.exists()
    assert elsewhere.get("/en/account/")["Location"].startswith("/en/sign-in/")
