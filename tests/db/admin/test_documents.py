"""The admin shows no restricted text and changes none, for every role and the superuser."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from documents.choices import Classification
from documents.models import Edition, Instrument
from people.actions.invite import enter_role
from people.models import User
from people.roles import Role
from tests.support.admin.routes import addresses, patterns
from tests.support.factories import make_draft, make_in_force, make_institution, make_tree
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
        """The open text and the most restricted: `test_the_list_shows_what_the_person_may_read` has the others."""
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
    """Other roles are in the walks of tests/db/config/test_access_walk.py and tests/bench/test_trust_access.py."""
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


def sign_in_elsewhere(browser: Client) -> Client:
    person: User = browser.person  # type: ignore[attr-defined]
    membership = person.memberships.get()
    person.memberships.update(ends="2020-01-01")
    enter_role(person, make_institution("rs-coordinator"), Role(membership.role))
    return browser


def test_there_is_no_address_to_change_a_document_with() -> None:
    ours = sorted(
        route for route in patterns() if route.startswith(("kodeks/instruments", "kodeks/editions"))
    )
    assert ours == [
        "kodeks/editions/",
        "kodeks/editions/inspect/<int:pk>/",
        "kodeks/editions/results/",
        "kodeks/instruments/",
        "kodeks/instruments/inspect/<int:pk>/",
        "kodeks/instruments/results/",
    ]


@pytest.mark.parametrize(
    "rest", ["new/", "edit/{}/", "delete/{}/", "copy/{}/", "usage/{}/", "history/{}/", "unpublish/{}/"]
)
@pytest.mark.parametrize("kind", ["instruments", "editions"])
def test_those_addresses_are_not_found(sign_in: SignIn, kept: Kept, kind: str, rest: str) -> None:
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    key = kept.in_force.pk if kind == "editions" else kept.in_force.instrument_id
    for method in ("get", "post"):
        assert ask(browser, method, f"/admin/kodeks/{kind}/{rest.format(key)}").status_code == 404  # type: ignore[attr-defined]


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


def test_the_list_shows_what_the_person_may_read(sign_in: SignIn, kept: Kept) -> None:
    insider = sign_in(Role.COORDINATOR)  # of the owner's country, not of the owner
    listed = insider.get("/admin/kodeks/instruments/").content.decode()
    assert f"inspect/{kept.in_force.instrument_id}/" in listed
    red, amber, official = kept.restricted
    assert f"inspect/{official.instrument_id}/" in listed
    for hidden in (red, amber):
        assert f"inspect/{hidden.instrument_id}/" not in listed
        assert insider.get(f"/admin/kodeks/instruments/inspect/{hidden.instrument_id}/").status_code == 404
        assert insider.get(f"/admin/kodeks/editions/inspect/{hidden.pk}/").status_code == 404
    operator = sign_in(Role.OPERATOR, is_superuser=True)
    listed = operator.get("/admin/kodeks/editions/").content.decode()
    assert f"inspect/{kept.in_force.pk}/" in listed
    for hidden in kept.restricted:
        assert f"inspect/{hidden.pk}/" not in listed
        assert operator.get(f"/admin/kodeks/editions/inspect/{hidden.pk}/").status_code == 404


def test_a_draft_is_listed_for_its_coordinator_alone(sign_in: SignIn) -> None:
    draft = make_draft(slug="at-work")
    owner = sign_in(Role.COORDINATOR)
    assert owner.get(f"/admin/kodeks/editions/inspect/{draft.pk}/").status_code == 200
    other = sign_in_elsewhere(sign_in(Role.COORDINATOR))
    assert other.get(f"/admin/kodeks/editions/inspect/{draft.pk}/").status_code == 404


def test_what_is_inspected_is_about_the_text_and_not_the_text(sign_in: SignIn) -> None:
    edition = make_in_force(slug="open", tree=make_tree("mk", "Наслов", [(1, SECRET, SECRET)]))
    browser = sign_in(Role.COORDINATOR)
    page = browser.get(f"/admin/kodeks/editions/inspect/{edition.pk}/").content.decode()
    assert edition.sha256 in page
    assert SECRET not in page
    assert "/i/mk/open/1/" in page  # where it is read


def test_the_list_is_read_with_few_queries(sign_in: SignIn) -> None:
    from django.test.utils import CaptureQueriesContext

    browser = sign_in(Role.COORDINATOR)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get("/admin/kodeks/instruments/").status_code == 200
        return len(queries)

    make_in_force(slug="first")
    count()
    one = count()
    for number in range(4):
        make_in_force(slug=f"more-{number}")
    assert count() == one
