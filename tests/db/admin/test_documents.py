"""The admin shows no restricted text and changes none, for every role and the superuser."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from documents.choices import Classification
from documents.models import Edition, Instrument
from people.roles import Role
from tests.support.admin.routes import addresses, patterns
from tests.support.factories import make_in_force, make_institution, make_tree
from tests.support.tables import fingerprints

SignIn = Callable[..., Client]
SECRET = "тајниот-текст"
OURS = ("/admin/kodeks/", "/admin/users/", "/admin/groups/", "/admin/bulk/")
KEPT = ("documents", "people", "workflows", "auth")
POSTED = {
    "overwrite_revision_id": "1",
    "title": SECRET[:3] + "-changed",
    "title_mk": "changed",
    "state": "draft",
    "classification": "public",
    "body_mk": "{}",
    "email": "other@test.example",
    "name": "changed",
    "password1": "a new password of words",
    "password2": "a new password of words",
    "is_superuser": "on",
    "is_active": "on",
    "groups": "1",
    "role": "1",
    "mark_as_active": "False",
    "action-publish": "1",
    "confirm": "1",
    "next": "/admin/",
}


@dataclass(frozen=True)
class Kept:
    """What must not change, and what must not be read."""

    in_force: Edition
    restricted: list[Edition]

    @property
    def things(self) -> list[tuple[str, str, str]]:
        """The open text and the most restricted."""
        editions = [self.in_force, self.restricted[0]]
        found = [("documents", "edition", str(edition.pk)) for edition in editions]
        found += [("documents", "instrument", str(edition.instrument_id)) for edition in editions]
        found.append(("documents", "section", str(self.in_force.sections.all()[0].pk)))
        return found


def make_kept() -> Kept:
    owner = make_institution("mk-interior")
    tree = make_tree("mk", "Тајно", [(1, SECRET, SECRET)])
    restricted = [
        make_in_force(
            slug=f"kept-{level.value.replace('_', '-')}", owner=owner, classification=level, tree=tree
        )
        for level in (Classification.TLP_RED, Classification.TLP_AMBER, Classification.OFFICIAL)
    ]
    for edition in restricted:
        Instrument.objects.filter(pk=edition.instrument_id).update(title_mk=SECRET, title_en=SECRET)
    return Kept(make_in_force(slug="open", owner=owner), restricted)


@pytest.fixture(scope="module")
def kept_once(once: Callable[..., Any]) -> Kept:
    made: Kept = once(make_kept)
    return made


@pytest.fixture
def kept(kept_once: Kept, db: None) -> Kept:
    return copy.deepcopy(kept_once)


def snapshot() -> dict[str, str]:
    """All rows of documents, people, groups and reviews. Signing in is no change."""
    return fingerprints(KEPT, without="last_login")


def ask(browser: Client, method: str, address: str) -> object:
    """A request in a savepoint: what fails in the database must not stop the next one."""
    with transaction.atomic():
        return getattr(browser, method)(address, POSTED if method == "post" else {"q": SECRET[:4], "id": "1"})


def test_no_address_changes_or_tells_anything_to_a_superuser(sign_in: SignIn, kept: Kept) -> None:
    """Other roles are in the walks of tests/db/config/test_access_walk.py and bench/test_trust_access.py."""
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    browser.raise_request_exception = False
    before = snapshot()
    asked = 0
    for address in addresses(kept.things):
        if address.startswith("/admin/logout"):
            continue
        for method in ("get", "post"):
            answer = ask(browser, method, address)
            asked += 1
            content = b"" if answer.streaming else answer.content  # type: ignore[attr-defined]
            assert SECRET.encode() not in content, f"{method} {address}"
            if address.startswith(OURS):  # Wagtail stumbles over some of what no page of its own sends
                assert answer.status_code < 500, f"{method} {address}"  # type: ignore[attr-defined]
    assert asked > 600
    assert snapshot() == before


def test_there_is_no_address_for_a_document() -> None:
    assert [
        route for route in patterns() if route.startswith(("kodeks/instruments", "kodeks/editions"))
    ] == []


@pytest.mark.parametrize("action", ["delete", "publish", "unpublish"])
@pytest.mark.parametrize("model", ["documents/edition", "documents/instrument", "documents/section"])
def test_nothing_is_done_in_bulk(sign_in: SignIn, kept: Kept, model: str, action: str) -> None:
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    answer = browser.post(f"/admin/bulk/{model}/{action}/?id={kept.in_force.pk}")
    assert answer.status_code == 404
    records = ("place", "service", "organisation", "town")
    for record in (*(f"directory/{one}" for one in records), "search/synonymgroup", "public/hotline"):
        for key in ("1", "all", "x", "%00"):
            assert browser.get(f"/admin/bulk/{record}/{action}/?id={key}").status_code == 404
    assert browser.get(f"/admin/bulk/wagtailcore/page/{action}/?id=x").status_code == 404
