"""What several test files of search begin with: in browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import Page

from documents.demo.markdown import read_markdown
from people.roles import Role
from search.outbox import drain
from tests.support.factories import make_country, make_in_force, make_institution, make_person
from tests.support.html import PageClient

DEMO = Path(__file__).parents[3] / "documents" / "demo" / "rs-sop" / "edition-1"


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


Open = Callable[..., Page]


@pytest.fixture
def searching(live_server: Any, new_page: Open, settings: Any, search_index: object) -> Iterator[Open]:
    """Opens the search over the demonstration's Serbian procedures: as a practitioner, or on the public host."""
    port = live_server.url.rpartition(":")[2]
    public = f"127.0.0.1:{port}"
    settings.PUBLIC_HOSTS, settings.PUBLIC_BASE_URL = [public], f"http://{public}"
    make_country("rs", languages=["sr"], name_sr="Србија", time_zone="Europe/Belgrade")
    owner = make_institution("rs-coordinator", name_sr="Канцеларија")
    texts = [read_markdown((DEMO / f"{tag}.md").read_text("utf-8"), "rs-sop", tag) for tag in ("sr", "en")]
    make_in_force(owner=owner, languages=["sr", "en"], tree=texts[0], translations=texts[1:])
    drain()
    client = PageClient()
    client.force_login(make_person(Role.PRACTITIONER, make_institution("rs-interior")))
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value

    def open_page(tag: str, query: str, *, on_public: bool = False, **options: Any) -> Page:
        page = new_page(**options)
        if on_public:
            page.goto(f"http://{public}/{tag}/library/search/?{query}")
            return page
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}/{tag}/search/?{query}")
        return page

    yield open_page


def sound(page: Page, width: int) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
