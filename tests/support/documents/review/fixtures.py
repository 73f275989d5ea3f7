"""A drafter with a draft that came from a Word file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from documents.models import Edition
from people.models import User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.returned_files import draft_of


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return draft_of(drafter)


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    """The browser of a person who is signed in."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
