"""The page Materials in Chromium: axe, narrow and wide, both directions; filters and download without script."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from materials.actions.make import make_waiting
from materials.actions.order import order
from tests.support.public.fixtures import load_one, make_countries

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CASES = [
    ("/en/materials/", 320, "light"),
    ("/ar/materials/?in=mk", 390, "dark"),
    ("/mk/materials/?language=all", 1280, "light"),
    ("/ar/materials/press/", 320, "light"),
    ("/en/n/10/", 390, "dark"),
    ("/en/work-abroad/?in=mk", 320, "light"),
]


@pytest.mark.django_db(transaction=True)
def test_the_page_for_readers(
    live_server: LiveServer, settings: object, new_page: Callable[..., Page]
) -> None:
    settings.PUBLIC_HOSTS = [urlsplit(live_server.url).netloc]  # type: ignore[attr-defined]
    settings.PUBLIC_BASE_URL = live_server.url  # type: ignore[attr-defined]
    make_countries()
    pages = {page.tag: page for page in load_one()}
    key = pages["en"].translation_key
    order(
        None, key, languages=["en", "ar", "mk"], countries=["mk"], sizes=["card", "share-wide"], publish=True
    )
    make_waiting()
    for path, width, scheme in CASES:
        page = new_page(viewport={"width": width, "height": 12_000}, color_scheme=scheme)
        page.goto(live_server.url + path)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth)"), path
        page.close()

    page = new_page(viewport={"width": 390, "height": 900}, java_script_enabled=False)
    page.goto(f"{live_server.url}/en/materials/")
    page.get_by_label("Language").select_option("ar")
    page.get_by_label("Size").select_option("card")
    page.get_by_role("button", name="Show").click()
    with page.expect_download() as asked:
        page.locator(".mats a").first.click()
    assert asked.value.suggested_filename.startswith("kodeks-card-ar-mk-")
    with page.expect_download() as asked:
        page.get_by_text("Download all in one file").click()
    assert asked.value.suggested_filename == "kodeks-materials-ar-card.zip"
    assert page.context.cookies() == []
