"""A review that is open in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page

from people.models import User
from tests.support.reviews import Cast, client_of, make_cast
from workflows.models import Review
from workflows.shipped_procedures import ensure

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


Open = Callable[..., Page]


@pytest.fixture
def office(live_server: Any, new_page: Open) -> Iterator[tuple[Cast, Review, Callable[..., Page]]]:
    """A running review, and a way to open a page of it as one of its people."""
    ensure()
    cast = make_cast()
    review = cast.start()

    def open_as(user: User, address: str, **options: Any) -> Page:
        client = client_of(user)
        page = new_page(**options)
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(live_server.url + address)
        return page

    yield cast, review, open_as
