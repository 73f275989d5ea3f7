"""The desk's cast: an owner with drafter and coordinator, a translator, and people who have nothing to do
there."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from documents.actions.assign import assign
from documents.actions.save_section import save_section
from documents.models import Edition, Section
from documents.text import normalise_body
from people.models import User
from people.roles import Role
from tests.support.factories import make_draft, make_institution, make_person
from tests.support.html import signed_in
from tests.support.once import commits

Open = Callable[..., Page]
As = Callable[[User], Client]
UID = "00000000-0000-4000-8000-000000000000"
UID2 = "00000000-0000-4000-8000-000000000001"
UID3 = "00000000-0000-4000-8000-000000000002"


RICH = normalise_body(
    {
        "heading": [{"type": "text", "text": "Прв разговор"}],
        "blocks": [
            {
                "type": "paragraph",
                "content": [
                    {"type": "text", "text": "Текст со "},
                    {"type": "text", "text": "дебели зборови", "marks": [{"type": "bold"}]},
                    {"type": "note", "attrs": {"id": "n1"}},
                    {"type": "text", "text": "."},
                ],
            },
            {
                "type": "step",
                "attrs": {"title": "Раздвојте го лицето", "who": "полиција", "limit": "веднаш"},
                "content": [
                    {"type": "paragraph", "content": [{"type": "text", "text": "Во друга просторија."}]}
                ],
            },
            {
                "type": "table",
                "content": [
                    {
                        "type": "row",
                        "content": [
                            {
                                "type": "cell",
                                "attrs": {"colspan": 2, "header": True},
                                "content": [
                                    {"type": "paragraph", "content": [{"type": "text", "text": "Глава"}]}
                                ],
                            }
                        ],
                    },
                    {
                        "type": "row",
                        "content": [
                            {
                                "type": "cell",
                                "content": [
                                    {"type": "paragraph", "content": [{"type": "text", "text": "А"}]}
                                ],
                            },
                            {"type": "cell", "content": []},
                        ],
                    },
                ],
            },
            {"type": "opaque", "attrs": {"text": "E = mc²", "kind": "formula", "sha256": "a" * 64}},
            {
                "type": "callout",
                "attrs": {"tone": "warn"},
                "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Внимание."}]}],
            },
        ],
        "notes": {"n1": [{"type": "paragraph", "content": [{"type": "text", "text": "Белешка."}]}]},
    }
)
"""A section with everything that the editor can hold."""


@dataclass
class Desk:
    """A draft of three sections in mk (source), sq and en, and the people round it."""

    edition: Edition
    coordinator: User
    drafter: User
    translator: User
    reviewer: User
    practitioner: User
    stranger: User

    def url(self, rest: str = "") -> str:
        return f"/en/desk/{self.edition.pk}/{rest}"

    def section(self, language: str = "mk", uid: str = UID) -> str:
        return self.url(f"s/{uid}/{language}/")

    def row(self, uid: str = UID) -> Section:
        return Section.objects.get(edition=self.edition, uid=uid)

    def save(self, language: str, new: Any, uid: str = UID, **more: Any) -> str:
        """Saves a text over the one that is there, as the drafter; gives its hash."""
        opened = getattr(self.row(uid), f"text_hash_{language}") or ""
        return save_section(self.drafter, self.edition, uid, language, new, opened, **more)


def make_desk() -> Desk:
    owner = make_institution()
    coordinator = make_person(Role.COORDINATOR, owner, name="Cveta")
    edition = make_draft(owner=owner, by=coordinator)
    translator = make_person(Role.TRANSLATOR, owner, name="Teuta", languages=["sq"])
    assign(coordinator, edition, translator, "sq")
    return Desk(
        edition=edition,
        coordinator=coordinator,
        drafter=make_person(Role.DRAFTER, owner, name="Dragi"),
        translator=translator,
        reviewer=make_person(Role.REVIEWER, owner, name="Rade"),
        practitioner=make_person(Role.PRACTITIONER, owner, name="Petra"),
        stranger=make_person(Role.DRAFTER, make_institution("rs-interior"), name="Stojan"),
    )


@pytest.fixture(scope="module")
def desk_once(request: pytest.FixtureRequest) -> Desk | None:
    """The desk for all tests of a file; None where one of them commits."""
    return None if commits(request) else request.getfixturevalue("once")(make_desk)


@pytest.fixture
def desk(desk_once: Desk | None, db: Any) -> Desk:
    return copy.deepcopy(desk_once) or make_desk()


@pytest.fixture
def as_(client: Client) -> As:
    """A client signed in as a person."""
    return signed_in


def post_json(client: Client, url: str, data: object) -> Any:
    text = data if isinstance(data, str) else json.dumps(data)
    return client.post(url, text, content_type="application/json", headers={"accept": "application/json"})


def new_document(client: Client, **fields: object) -> Any:
    data: dict[str, object] = {
        "owner": make_institution().pk,
        "kind": "guideline",
        "level": "national",
        "source_language": "mk",
        "title": "Насоки",
        "languages": ["mk", "en"],
        "authentic_languages": ["mk"],
        "slug": "guide",
        "topics": ["children"],
        "classification": "tlp_amber_strict",
    }
    return client.post("/en/desk/new/empty/", data | fields)


@pytest.fixture
def office(transactional_db: Any, live_server: Any) -> Iterator[str]:
    yield live_server.url


@pytest.fixture
def desk_here(office: str, desk: Desk) -> Desk:
    desk.save("mk", RICH)
    return desk


@pytest.fixture
def opened(office: str, new_page: Callable[..., Page]) -> Open:
    """Opens a page of the office as a person."""

    def open_as(user: User, path: str, **options: Any) -> Page:
        client = signed_in(user)
        page = new_page(**options)
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": office}]
        )
        page.goto(office + path)
        return page

    return open_as
