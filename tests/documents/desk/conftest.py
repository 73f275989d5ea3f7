"""The desk's cast: an owner with drafter and coordinator, a translator, and people who have nothing to do there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from documents.actions.assign import assign
from documents.models import Edition, Section
from people.models import User
from people.roles import Role
from tests.factories import make_draft, make_institution, make_person

UID = "00000000-0000-4000-8000-000000000000"
UID2 = "00000000-0000-4000-8000-000000000001"
UID3 = "00000000-0000-4000-8000-000000000002"


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


@pytest.fixture
def desk(db: Any) -> Desk:
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


@pytest.fixture
def as_(client: Client) -> Iterator[Callable[[User], Client]]:
    """A client signed in as a person; CSRF is checked, as on the real site."""

    def sign_in(user: User) -> Client:
        made = Client()
        made.force_login(user)
        return made

    yield sign_in
