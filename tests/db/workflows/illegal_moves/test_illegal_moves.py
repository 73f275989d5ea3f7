"""Every illegal move, by a direct request: refused in words, in the audit trail, and nothing is changed.

Each address of the room and of the coordinator's desk that takes a POST has its moves in room.py or desk.py;
one without any fails.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from audit.models import Entry
from documents.actions.submit_edition import make_manifest
from documents.models import LanguageVersion
from mail.models import Message
from people.actions.mail_link import send_link
from people.models import Grant, MailLink
from people.roles import Role
from tests.support.factories import make_draft, make_institution, make_person
from tests.support.html import PageClient
from tests.support.reviews import CONFIRMED, client_of, make_cast, to
from tests.support.sign_in import without_second_factor
from tests.support.tables import fingerprints
from tests.support.tampering import unguarded
from tests.support.workflows.illegal_moves import desk, room  # noqa: F401  (their moves)
from tests.support.workflows.illegal_moves.moves import MOVES, Moves, World
from workflows.pages.coordinator.urls import urlpatterns as desk_urls
from workflows.pages.urls import urlpatterns as room_urls

pytestmark = pytest.mark.django_db


def make_world() -> World:
    cast = make_cast()
    stranger = make_person(Role.COORDINATOR, make_institution("rs-coordinator"))
    return World(cast, cast.start(), stranger)


@pytest.fixture(scope="module")
def world_once(once: Callable[..., Any]) -> World:
    made: World = once(make_world)
    return made


@pytest.fixture
def world(world_once: World, db: None) -> World:
    return copy.deepcopy(world_once)


ROOMS = ("documents", "workflows", "people", "mail", "search")


def state() -> dict[str, str]:
    """Everything that an illegal move could have changed: every table of the rooms, so that a new one is not
    forgotten. The signatures of a paper are looked at as soon as it comes, and a file waits for the worker,
    whatever becomes of the form."""
    aside = ("documents.PaperCheck", "documents.FileTask")
    return {name: rows for name, rows in fingerprints(ROOMS).items() if name not in aside}


def test_what_must_not_change_is_everything(world: World) -> None:
    """A right, a text submitted, a link, a language version or a mail more would be seen."""
    draft = make_draft(slug="other")
    before = state()
    with unguarded():
        Grant.objects.create(user=world.stranger, key="ed:1", verb="read", reason="none")
    make_manifest(world.cast.edition, None)
    send_link(world.cast.goran.email)
    LanguageVersion.objects.filter(edition=draft).update(authentic=False)
    changed = {name for name, rows in state().items() if rows != before[name]}
    assert changed == {
        "people.Grant",
        "documents.Manifest",
        "people.MailLink",
        "documents.LanguageVersion",
        "mail.Message",
    }


ALL = [(name, one) for name, moves in MOVES.items() for one in moves]


@pytest.mark.parametrize(("name", "make"), ALL, ids=[f"{name}-{one.__name__}" for name, one in ALL])
def test_it_is_refused_in_words_and_audited(world: World, name: str, make: Moves) -> None:
    wanted = make(world)
    client = client_of(wanted.by)
    if not wanted.second_factor:
        without_second_factor(client)
    before, last = state(), Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    came = client.post(to(name, *wanted.args), dict(wanted.data) | CONFIRMED)
    assert came.status_code == wanted.status, came.content.decode()[:2000]
    if wanted.status == 302:
        came = client.get(came["Location"], follow=True)  # of a file, what the worker found in it
        assert came.status_code in (200, 422)
    page = came.content.decode()
    assert wanted.says in page, page[page.find("<main") :][:3000]
    assert state() == before
    refused = Entry.objects.filter(id__gt=last, refused=True, actor=wanted.by.actor)
    assert refused.count() == 1
    assert not Entry.objects.filter(id__gt=last, refused=False).exists()


def test_every_address_that_takes_a_post_has_its_moves(world: World) -> None:
    """Respondent with a method that none of them knows, an address says which it takes."""
    args = {"country": "mk", "key": "urgent", "ending": "docx"}
    client, without = client_of(world.cast.coordinator), []
    for space, patterns in (("review", room_urls), ("coordinate", desk_urls)):
        for pattern in patterns:
            name = f"{space}:{pattern.name}"
            wanted = pattern.pattern.converters
            values = {key: args.get(key, 1) for key in wanted}
            with translation.override("en"):
                came = client.put(reverse(name, kwargs=values))
            assert came.status_code == 405, name
            if "POST" in came["Allow"] and name not in MOVES:
                without.append(name)
    assert without == []


def test_without_its_token_no_form_is_taken(world: World) -> None:
    """What another site makes a signed-in person send."""
    strict = PageClient(enforce_csrf_checks=True)
    strict.force_login(world.cast.coordinator)
    for name, moves in MOVES.items():
        begun = transaction.savepoint()
        wanted = moves[0](copy.deepcopy(world))
        before = state()
        assert strict.post(to(name, *wanted.args), wanted.data).status_code == 403, name
        assert state() == before, name
        transaction.savepoint_rollback(begun)


def test_a_link_from_a_mail_works_once(world: World) -> None:
    send_link(world.cast.goran.email)
    text = Message.objects.get(template="mail_link").text
    address = "/" + next(word for word in text.split() if "/mail-link/" in word).split("/", 3)[3]
    assert MailLink.objects.get().institution == world.cast.interior
    first, second = PageClient(), PageClient()
    assert first.get(address).status_code == 200 and first.post(address).status_code == 302
    again = second.post(address)
    assert again.status_code == 410 and "link" in again.content.decode()
    assert "_auth_user_id" not in second.session
    assert Entry.objects.filter(verb="sign_in", refused=True).count() == 1
