"""What is told of a newer edition, as it looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from people.roles import Role
from tests.support.documents.reading.last_read import read
from tests.support.documents.reading.pages import supersede
from tests.support.factories import make_in_force, make_institution, make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [360, 1366])
def test_it_stands_apart_with_its_sign_beside_its_words(
    live_server: Any, new_page: Callable[..., Page], width: int
) -> None:
    edition = make_in_force()
    client = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    read(client, edition)
    supersede(edition, date(2025, 1, 1))
    page = new_page(viewport={"width": width, "height": 900})
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"{live_server.url}/en/i/{edition.instrument.path}/2/")
    note, sign, words = (
        page.locator(f".since{inner}").bounding_box() for inner in ("", " > svg", " p >> nth=0")
    )
    assert note and sign and words
    assert sign["x"] + sign["width"] < words["x"] and sign["y"] >= words["y"] - 8
    above = page.locator(".since").evaluate("it => it.previousElementSibling.getBoundingClientRect().bottom")
    assert note["y"] - above >= 10
