"""People of the admin's roles, each signed in on the office host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from people.actions.groups import sync_groups
from people.models import User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """Gives the browser of somebody new with that role; ``browser.person`` is who they are."""

    def enter(role: Role | None, **fields: Any) -> Client:
        person: User = make_person(role, make_institution(), **fields)
        sync_groups(person)
        browser = PageClient()
        browser.force_login(person)
        browser.person = person  # type: ignore[attr-defined]
        return browser

    return enter
