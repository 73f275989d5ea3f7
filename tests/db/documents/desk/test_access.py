"""Every page of the desk, for those who may and those who may not: these get 404, as for what does not exist."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from documents.actions.submit_edition import submit_edition
from documents.choices import Classification
from people.roles import Role
from tests.support.documents.desk.fixtures import UID, As, Desk
from tests.support.factories import make_in_force, make_person, narrow
from tests.support.html import PageClient

WHO = ("coordinator", "drafter", "translator", "reviewer", "practitioner", "stranger")
PAGES = {
    "": {"coordinator", "drafter", "translator"},
    f"s/{UID}/mk/": {"coordinator", "drafter"},
    f"s/{UID}/sq/": {"coordinator", "drafter", "translator"},
    f"s/{UID}/en/": {"coordinator", "drafter"},
    f"s/{UID}/hr/": set(),
    "languages/": {"coordinator", "drafter", "translator"},
    "add/": {"coordinator", "drafter"},
    f"remove/{UID}/": {"coordinator", "drafter"},
    "people/": {"coordinator"},
    "upload/": {"coordinator", "drafter", "translator"},
    "classification/": {"coordinator"},
    "repeal/": set(),
    "revise/": {"coordinator"},
}


@pytest.mark.parametrize("who", WHO)
def test_pages(desk: Desk, as_: As, who: str) -> None:
    client = as_(getattr(desk, who))
    came = {path: client.get(desk.url(path)).status_code for path in PAGES}
    assert came == {path: 200 if who in readers else 404 for path, readers in PAGES.items()}


POSTS = {
    "outline/": {"coordinator", "drafter"},
    f"s/{UID}/mk/": {"coordinator", "drafter"},
    f"s/{UID}/sq/": {"coordinator", "drafter", "translator"},
    f"s/{UID}/mk/still-right/": {"coordinator", "drafter"},
    f"s/{UID}/sq/still-right/": {"coordinator", "drafter", "translator"},
    f"remove/{UID}/": {"coordinator", "drafter"},
    "add/": {"coordinator", "drafter"},
    "people/": {"coordinator"},
    "upload/": {"coordinator", "drafter", "translator"},
    "classification/": {"coordinator"},
    "repeal/": set(),
    "revise/": {"coordinator"},
}


@pytest.mark.parametrize("who", WHO)
def test_what_changes_something(desk: Desk, as_: As, who: str) -> None:
    """Each request of who may is taken back, so that the next one finds the draft as it was."""
    client, before = as_(getattr(desk, who)), desk.row().body_mk
    for path, writers in POSTS.items():
        begun = transaction.savepoint()
        answer = client.post(desk.url(path), {"heading": "x"})
        assert (answer.status_code == 404) == (who not in writers), path
        if who in writers:
            transaction.savepoint_rollback(begun)
        else:
            assert desk.row().body_mk == before, path


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("drafter", 200), ("translator", 200), ("reviewer", 404), ("practitioner", 404)],
)
def test_my_work(desk: Desk, as_: As, who: str, status: int) -> None:
    client = as_(getattr(desk, who))
    assert client.get("/en/desk/").status_code == status
    assert ("My work" in client.get("/en/").content.decode()) == (status == 200)


@pytest.mark.parametrize("who", WHO)
def test_only_coordinators_enter_documents(desk: Desk, as_: As, who: str) -> None:
    assert as_(getattr(desk, who)).get("/en/desk/new/").status_code == (200 if who == "coordinator" else 404)


def test_nobody_without_signing_in(desk: Desk, client: Client) -> None:
    for path in PAGES:
        answer = client.get(desk.url(path))
        assert answer.status_code == 302
        assert answer["Location"].startswith("/en/sign-in/")


def test_a_tightened_classification_closes_the_desk_of_those_outside(desk: Desk, as_: As) -> None:
    narrow(Classification.TLP_RED, desk.edition.instrument)
    for who in WHO:
        assert as_(getattr(desk, who)).get(desk.url()).status_code == 404


def test_an_operator_and_a_superuser_have_no_desk(desk: Desk, as_: As) -> None:
    for user in (make_person(Role.OPERATOR), make_person(is_superuser=True)):
        assert as_(user).get("/en/desk/").status_code == 404
        assert as_(user).get(desk.section()).status_code == 404


def test_forms_need_their_token(desk: Desk) -> None:
    client = PageClient(enforce_csrf_checks=True)
    client.force_login(desk.drafter)
    for path in POSTS:
        assert client.post(desk.url(path), {}).status_code == 403
    answer = client.post(desk.section(), "{}", content_type="application/json")
    assert answer.status_code == 403


def test_a_text_in_review_is_shown_as_locked_to_those_who_wrote_it(desk: Desk, as_: As) -> None:
    submit_edition(desk.coordinator, desk.edition)
    for path in (f"s/{UID}/mk/", "add/", f"remove/{UID}/", "people/", "upload/"):
        answer = as_(desk.coordinator).get(desk.url(path))
        assert answer.status_code == 409
        assert "You can't edit this text now" in answer.content.decode()
    assert as_(desk.coordinator).get(desk.url()).status_code == 200
    assert as_(desk.stranger).get(desk.section()).status_code == 404


def test_what_was_typed_before_the_text_was_locked_is_given_back(desk: Desk, as_: As) -> None:
    body = (
        '{"heading": [], "blocks": [{"type": "paragraph", "content": [{"type": "text", "text": '
        '"Tipkano"}]}], "notes": {}}'
    )
    submit_edition(desk.coordinator, desk.edition)
    answer = as_(desk.drafter).post(desk.section(), {"body": body, "expected": desk.row().text_hash_mk})
    assert answer.status_code == 409
    assert "Tipkano" in answer.content.decode()
    assert "Tipkano" not in str(desk.row().body_mk)


@pytest.mark.parametrize("sent", ["{", "null", '{"body": {}, "expected": 5}', '{"body": {}, "expected": ""}'])
def test_a_stranger_learns_of_no_draft_by_what_can_not_be_saved(desk: Desk, as_: As, sent: str) -> None:
    client = as_(desk.stranger)
    for url in (desk.section(), desk.section("hr"), desk.section(uid="00000000-0000-4000-8000-00000000ffff")):
        assert client.post(url, sent, content_type="application/json").status_code == 404, url


def test_a_coordinator_who_is_not_named_sees_no_title_of_a_red_text(db: None, as_: As) -> None:
    red = make_in_force(slug="red", classification=Classification.TLP_RED)
    other = make_person(Role.COORDINATOR, red.instrument.owner)
    named = red.instrument.named_readers.all()[0]
    title = red.title_in("en")
    assert title in as_(named).get("/en/desk/").content.decode()
    page = as_(other).get("/en/desk/")
    assert page.status_code == 200 and title not in page.content.decode()
