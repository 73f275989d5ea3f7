"""A reader listens to a text in Chromium: nothing is fetched before the press."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from recordings.clean import clean
from recordings.targets import of_page
from tests.support.public.fixtures import make_campaign
from tests.support.recordings.sounds import sound
from tests.support.recordings.studio import record

UNTIL = "one => new Promise(done => %s ? done() : one.addEventListener('%s', () => done(), {once: true}))"


def test_a_press_plays_and_nothing_is_fetched_before(
    live_server: LiveServer, transactional_db: None, settings: object, new_page: Callable[..., Page]
) -> None:
    settings.PUBLIC_HOSTS = [urlsplit(live_server.url).netloc]  # type: ignore[attr-defined]
    settings.PUBLIC_BASE_URL = live_server.url  # type: ignore[attr-defined]
    campaign = make_campaign()["ar"]
    made = clean(sound("mp3", seconds=3), video=False)
    block = next(one for one in campaign.body if one.block_type == "prepare")
    target = next(one for one in of_page(campaign) if one.part == block.id)
    recording = record(None, target, made)

    page = new_page(viewport={"width": 390, "height": 800})
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/ar/work-abroad/")
    page.wait_for_load_state("networkidle")
    address = f"/n/{recording.pk}"
    assert address not in asked
    summary = page.locator(".listen summary")
    assert summary.bounding_box()["height"] >= 44  # type: ignore[index]
    summary.focus()
    page.keyboard.press("Enter")
    audio = page.locator(".listen audio")
    audio.evaluate(UNTIL % ("one.currentTime > 0", "timeupdate"))
    assert address in asked
    summary.click()
    audio.evaluate(UNTIL % ("one.paused", "pause"))
    summary.click()
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert problems == []
