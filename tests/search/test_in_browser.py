"""The search page in a real browser on both hosts: axe, narrow screens, without JavaScript, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, expect

from documents.demo.markdown import read_markdown
from people.roles import Role
from search.outbox import drain
from tests.factories import make_country, make_in_force, make_institution, make_person

pytestmark = pytest.mark.django_db(transaction=True)

DEMO = Path(__file__).parents[2] / "documents" / "demo" / "rs-sop" / "edition-1"
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
    client = Client()
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


@pytest.mark.parametrize("on_public", [False, True])
@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (320, "dark")]
)
def test_the_page_is_sound_at_every_width(searching: Open, on_public: bool, width: int, scheme: str) -> None:
    page = searching(
        "sr-latn",
        "q=razgovor sa zrtvom",
        on_public=on_public,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    expect(page.locator("article.hit").first).to_be_visible()
    sound(page, width)
    page.goto(page.url.split("?")[0] + "?q=qqqqxy&country=rs")
    expect(page.locator(".nothing")).to_be_visible()
    sound(page, width)
    page.goto(page.url.split("?")[0])
    expect(page.locator(".begin-search")).to_be_visible()
    sound(page, width)


def test_on_a_phone_the_filters_open_and_close_without_javascript(searching: Open) -> None:
    page = searching("sr-cyrl", "q=zrtva", viewport={"width": 390, "height": 800}, java_script_enabled=False)
    filters = page.locator("#filters")
    expect(filters).to_be_hidden()
    page.locator(".to-fac a").click()
    expect(filters).to_be_visible()
    filters.get_by_role("link", name="Српски").click()
    expect(page).to_have_url(page.url.split("#")[0])
    assert "language=sr" in page.url
    expect(filters).to_be_hidden()
    expect(page.locator(".chips li")).to_have_count(2)


def test_words_are_typed_and_a_section_opened_with_them_marked(searching: Open) -> None:
    page = searching("sr-latn", "country=rs", java_script_enabled=False)
    field = page.get_by_role("searchbox")
    field.fill("prvi razgovor")
    field.press("Enter")
    assert "country=rs" in page.url, "the choice made stays"
    page.locator("article.hit h4 a").first.click()
    expect(page.locator("article.text h1 mark").first).to_be_visible()
    page.locator(".searched a").last.click()
    expect(page.get_by_role("searchbox")).to_have_value("prvi razgovor")


def test_the_bar_of_every_page_searches(searching: Open) -> None:
    page = searching("en", "")
    page.goto(page.url.replace("/search/", "/library/"))
    page.locator("#bar-q").fill("interview")
    page.locator("#bar-q").press("Enter")
    expect(page.locator("article.hit").first).to_be_visible()


def test_on_a_wide_screen_the_filters_are_reached_before_the_results_by_keyboard(searching: Open) -> None:
    """They stand after the results in the page: a link that shows when it has the focus leads there, and another back."""
    page = searching("en", "q=interview", viewport={"width": 1280, "height": 900})
    there, back = page.locator(".to-fac a"), page.locator(".close-fac a")
    page.locator("#q").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.querySelector('.to-fac')).clipPath") == "inset(50%)"
    page.keyboard.press("Tab")
    expect(there).to_be_focused()
    assert page.evaluate("getComputedStyle(document.querySelector('.to-fac')).clipPath") == "none"
    sound(page, 1280)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".fac section a").first).to_be_focused()
    page.locator(".fac section a").last.focus()
    page.keyboard.press("Tab")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#found a").first).to_be_focused()
