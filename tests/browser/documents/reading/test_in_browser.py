"""Reading in a real browser on both hosts: axe, narrow screens, the contents that follow, and without
JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Page, expect

from documents.actions.edit_contacts import enter_contact
from documents.demo.markdown import read_markdown, uid_of
from documents.models import Contact
from people.roles import Role
from tests.support.factories import make_country, make_in_force, make_institution, make_person

pytestmark = pytest.mark.django_db(transaction=True)

DEMO = Path(__file__).parents[4] / "documents" / "demo" / "rs-sop" / "edition-1"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STEP = uid_of("rs-sop", "first-interview")

Open = Callable[..., Page]


@pytest.fixture
def reading(live_server: Any, new_page: Open, settings: Any) -> Iterator[Open]:
    """Opens a reading page of the demonstration's Serbian procedures: as a practitioner, or on the public
    host."""
    port = live_server.url.rpartition(":")[2]
    public = f"127.0.0.1:{port}"
    settings.PUBLIC_HOSTS = [public]
    make_country("rs", languages=["sr"], name_sr="Србија", time_zone="Europe/Belgrade")
    owner = make_institution("rs-coordinator", name_sr="Канцеларија")
    texts = [read_markdown((DEMO / f"{tag}.md").read_text("utf-8"), "rs-sop", tag) for tag in ("sr", "en")]
    edition = make_in_force(owner=owner, languages=["sr", "en"], tree=texts[0], translations=texts[1:])
    enter_contact(
        Contact(
            instrument=edition.instrument,
            uid=STEP,
            names={"sr": "Центар за заштиту жртава"},
            number="011 000 00 00",
            tel="+381110000000",
            checked=date(2026, 11, 2),
        )
    )
    client = Client()
    client.force_login(make_person(Role.PRACTITIONER, make_institution("rs-interior")))
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value

    def open_page(tag: str, path: str, *, on_public: bool = False, **options: Any) -> Page:
        page = new_page(**options)
        if on_public:
            page.goto(f"http://{public}/{tag}/library/{path}")
            return page
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}/{tag}/{path}")
        return page

    yield open_page


def test_every_reading_page_is_accessible_and_never_wider_than_the_screen(reading: Open) -> None:
    pages = (
        ("sr-latn", f"i/rs/sop/1/s/{STEP}/"),
        ("sr-cyrl", "i/rs/sop/1/?whole=1"),
        ("sq", "i/rs/sop/"),
        ("en", "i/rs/sop/on/2020-01-01/"),
        ("en", "i/rs/"),
    )
    for on_public, (tag, path) in product((False, True), pages):
        page = reading(tag, path, on_public=on_public)
        for width, scheme in ((1280, "light"), (320, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{tag} {path} {scheme}\n{found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{tag} {path}"


def test_the_contents_follow_the_reading(reading: Open) -> None:
    page = reading("en", "i/rs/sop/1/?whole=1")
    line = page.locator(f'[data-follow] a[href="#s-{uid_of("rs-sop", "referral")}"]')
    assert line.count() == 1
    page.locator(f"#s-{uid_of('rs-sop', 'referral')}").scroll_into_view_if_needed()
    page.evaluate(f"document.getElementById('s-{uid_of('rs-sop', 'referral')}').scrollIntoView()")
    expect(line).to_have_attribute("aria-current", "true")
    assert page.locator("[data-follow] [aria-current]").count() == 1


def test_the_address_is_copied_and_that_is_said(reading: Open) -> None:
    page = reading("en", f"i/rs/sop/1/s/{STEP}/", permissions=["clipboard-read", "clipboard-write"])
    page.click("[data-copy]")
    expect(page.locator("[data-copy]")).to_contain_text("Address copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/en/i/rs/sop/1/s/{STEP}/")


def test_on_a_phone_the_number_is_one_tap_away_and_step_one_on_the_first_screen(reading: Open) -> None:
    page = reading("sr-cyrl", f"i/rs/sop/1/s/{STEP}/", viewport={"width": 390, "height": 844})
    assert page.locator(".steps .do").first.bounding_box()["y"] < 844  # type: ignore[index]
    page.click('.dock a[href="#call"]')
    expect(page.locator('.call a[href="tel:+381110000000"]')).to_be_in_viewport()
    page.click('.dock a[href="#contents"]')
    expect(page.locator("#contents")).to_be_in_viewport()


def test_without_javascript_everything_is_there(reading: Open) -> None:
    page = reading("en", f"i/rs/sop/1/s/{STEP}/", java_script_enabled=False)
    page.click(".langs summary >> nth=-1")
    page.click("main .langs a")
    assert "text=sr" in page.url
    assert page.locator("[data-print]").is_hidden()
    page.click(".pager a[rel=next]")
    assert "text=sr" in page.url


def test_the_public_library_stores_nothing(reading: Open) -> None:
    page = reading("en", f"i/rs/sop/1/s/{STEP}/", on_public=True)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
