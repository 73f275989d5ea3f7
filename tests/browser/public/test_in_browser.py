"""The public site in Chromium: axe, narrow screens, both directions, ticking, and leaving without a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from directory.demo import load_services
from public.demo import load_situations
from tests.support.factories import make_institution
from tests.support.public.fixtures import load_one, make_countries
from tests.support.services import chromium

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
Open = Callable[..., Page]


@pytest.fixture
def site(
    live_server: LiveServer, transactional_db: None, settings: object, new_page: Callable[..., Page]
) -> Iterator[Open]:
    """Opens a public page with the campaign in it. Leaving goes to another host, which says that it is well."""
    host = urlsplit(live_server.url).netloc
    settings.PUBLIC_HOSTS = [host]  # type: ignore[attr-defined]
    settings.PUBLIC_BASE_URL = live_server.url  # type: ignore[attr-defined]
    settings.KODEKS_LEAVE_URL = f"http://127.0.0.1:{host.rpartition(':')[2]}/healthz"  # type: ignore[attr-defined]
    make_countries()
    load_one()
    make_institution("mk-coordinator", "mk")
    load_services()
    load_situations(["en"])

    def open_page(
        path: str, width: int = 390, scheme: str = "light", height: int = 800, **options: object
    ) -> Page:
        page = new_page(viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        page.goto(live_server.url + path)
        return page

    yield open_page


CASES = [
    ("/mk/work-abroad/", 320, "light"),
    ("/mk/work-abroad/", 1280, "dark"),
    ("/ar/work-abroad/", 320, "dark"),
    ("/ar/work-abroad/", 390, "light"),
    ("/ar/work-abroad/", 1280, "light"),
    ("/prs/work-abroad/", 390, "dark"),
    ("/sq/", 320, "dark"),
    ("/ar/", 1280, "dark"),
    ("/sr-cyrl/help/", 320, "light"),
    ("/ar/help/xk/", 390, "dark"),
    ("/en/privacy/", 390, "light"),
    ("/ur/", 320, "light"),
    ("/ar/no-such-page/", 390, "light"),
    ("/en/", 320, "dark"),
    ("/ar/offered-work/?in=mk", 320, "light"),
    ("/en/check-offer/", 390, "dark"),
    ("/ur/erase/", 320, "dark"),
    ("/bn/help/", 320, "light"),
    ("/mk/accessibility/", 1280, "light"),
    ("/fr/before/?in=rs", 320, "light"),
    ("/en/n/3/?in=xk", 1280, "light"),
    ("/en/services/", 320, "light"),
    ("/ar/services/xk/", 390, "dark"),
    ("/sr-cyrl/services/rs/?kind=none", 320, "light"),
    ("/en/services/mk/mk-legal-5/", 1280, "light"),
    ("/ar/data/", 320, "dark"),
]


def test_axe_finds_nothing_and_nothing_scrolls_sideways(site: Open) -> None:
    for path, width, scheme in CASES:
        # As tall as the text, so that the bar at the bottom lies over nothing.
        page = site(path, width, scheme, height=6000)
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.evaluate(
            """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
            '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}');
            document.adoptedStyleSheets = [sheet]; }"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path}, spaced"
        page.close()


def test_one_page_is_asked_for_and_nothing_is_kept(site: Open) -> None:
    page = site("/en/privacy/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.replace("privacy", "work-abroad"))
    assert len([url for url in asked if not url.startswith("data:")]) == 1
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0


def test_leaving_is_above_and_calling_below_and_far_apart(site: Open) -> None:
    for path in ("/mk/work-abroad/", "/ar/work-abroad/"):
        page = site(path, 390)
        leave = page.locator(".leave").bounding_box()
        call = page.locator(".pcall").bounding_box()
        assert leave and call
        assert leave["y"] + leave["height"] < 80
        assert call["y"] + call["height"] >= 799
        assert call["y"] - leave["y"] > 400
        page.evaluate("scrollTo(0, 1500)")
        assert page.locator(".leave").bounding_box()["y"] < 20  # type: ignore[index]
        assert page.locator(".pcall").bounding_box()["y"] > 700  # type: ignore[index]
        desk = site(path, 1280)
        leave, call = desk.locator(".leave").bounding_box(), desk.locator(".ptop a.num").bounding_box()
        assert leave and call
        assert abs(leave["x"] - call["x"]) > 400


NAME = """brand => {
  const range = document.createRange();
  range.selectNode([...brand.childNodes].filter(one => one.textContent.trim()).pop());
  const name = range.getBoundingClientRect(), box = brand.getBoundingClientRect();
  return [name.left, name.right, name.top, box.left, box.right, box.bottom];
}"""


def test_the_name_is_whole_or_not_shown_and_never_under_the_way_out(site: Open) -> None:
    shown = []
    for path in ("/mk/", "/mk/work-abroad/", "/ar/", "/sr-cyrl/", "/en/"):
        for width in (320, 360, 390, 768):
            page = site(path, width)
            leave = page.locator(".leave").bounding_box()
            left, right, top, box_left, box_right, box_bottom = page.locator(".ptop .brand").evaluate(NAME)
            assert leave
            assert box_right <= leave["x"] or box_left >= leave["x"] + leave["width"], (path, width)
            whole = box_left - 1 <= left and right <= box_right + 1 and top < box_bottom
            assert whole or top >= box_bottom, (path, width)
            shown.append((path, width, whole))
            page.close()
    assert ("/mk/", 768, True) in shown and ("/en/", 390, True) in shown


def test_a_check_is_answered_on_the_device_and_forgotten(site: Open) -> None:
    page = site("/en/check-offer/?in=mk")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address, entries = page.url, page.evaluate("history.length")
    page.get_by_role("button", name="A journey").click()
    legend = page.locator(".check.open legend:visible")
    assert legend.inner_text() == "Who pays for the journey?"
    page.get_by_role("button", name="Next").click()
    assert page.get_by_role("alert").inner_text() == "Choose an answer first."
    page.get_by_label("I do").check()
    page.get_by_role("button", name="Next").click()
    assert legend.inner_text() == "Do you keep your own papers and phone?", "the second is left out"
    page.locator(".check.open .on label", has_text="No").click()
    page.get_by_role("button", name="Next").click()
    end = page.locator(".check.open").inner_text()
    assert "Whoever holds your papers can hold you." in end and "Whom to ask" in end
    assert "Do they say in writing" not in end and "0800 000 000" in end
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Previous question").click()
    assert legend.inner_text() == "Do you keep your own papers and phone?"
    page.get_by_role("button", name="Start again").click()
    assert page.locator(".kinds button").first.is_visible()
    assert page.locator(".check input:checked").count() == 0
    assert asked == [] and page.url == address and page.evaluate("history.length") == entries
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_role("button", name="A job").click()
    page.locator(".check.open .on label", has_text="No").click()
    page.goto(page.url.replace("check-offer", "privacy"))
    page.go_back()
    assert page.locator(".kinds button").first.is_visible()
    assert page.locator(".check input:checked").count() == 0, "Back shows no answer"
    listed = site("/en/check-offer/", java_script_enabled=False)
    assert listed.locator(".check fieldset:visible").count() == 12
    assert listed.locator(".means:visible").count() == 12


PALE = """() => [...document.querySelectorAll('main a, main p, main li, main h1, main legend, main .tel')]
    .filter(one => one.offsetParent && one.textContent.trim())
    .filter(one => /\\d{3}/.test(getComputedStyle(one).color))
    .map(one => one.outerHTML.slice(0, 90) + getComputedStyle(one).color)"""
WORDS = ("papers", "passport", "helpline", "police", "trafficking", "danger", "abroad", "offer")


def test_print_is_black_and_the_discreet_way_leaves_no_word(
    site: Open, browser: Browser, tmp_path: Path
) -> None:
    for path in ("/en/help/", "/en/offered-work/?in=mk", "/en/check-offer/", "/en/work-abroad/"):
        page = site(path, scheme="dark")
        page.emulate_media(media="print", color_scheme="light")
        assert page.evaluate(PALE) == [], path
        assert page.locator("main .tel:visible").count() >= 1, path
        assert not page.locator(".leave").is_visible()
        page.close()
    page = site("/en/papers-held/?in=mk")
    quiet = page.locator("a.hush").first.get_attribute("href")
    entries = page.evaluate("history.length")
    page.locator("a.hush").first.click()
    page.wait_for_url(f"**{quiet}")
    assert page.title() == "Notes" and page.evaluate("history.length") == entries, "it takes the page's place"
    profile = tmp_path / "profile"
    watched = browser.browser_type.launch_persistent_context(
        profile, executable_path=chromium.find(), args=[*chromium.FLAGS, "--no-sandbox"]
    )
    tab = watched.new_page()
    host = page.url.partition("/en/")[0]
    tab.goto(f"{host}{quiet}")
    for _ in range(3):
        tab.locator(".ptabs a").nth(1).click()
        tab.locator("main .more").first.click()
        tab.locator(".here a").nth(2).click()
    tab.click(".leave")
    tab.wait_for_url("**/healthz")
    watched.close()
    kept = [one for one in profile.rglob("*") if one.is_file()]
    assert kept
    found = {
        (one.name, word)
        for one in kept
        for word in WORDS
        for written in (word.encode(), word.encode("utf-16-le"))
        if written in one.read_bytes().lower()
    }
    assert found == set()


def test_back_does_not_show_the_page_again(site: Open) -> None:
    page = site("/ar/")
    home = page.url
    page.goto(home + "work-abroad/")
    page.click(".leave")
    page.wait_for_url("**/healthz")
    away = page.url
    page.go_back(wait_until="commit")
    page.wait_for_url(away)
    assert page.locator("body").inner_text().strip() == "ok"
    assert page.title() == ""
    # Who types the address again sees the page, and goes on from there.
    page.goto(home)
    assert page.locator("h1").is_visible()
    page.goto(home + "help/")
    assert page.locator("h1").is_visible()
    # Forward, after leaving and going back, neither.
    page.click(".leave")
    page.wait_for_url("**/healthz")
    page.go_back(wait_until="commit")
    page.wait_for_url("**/healthz")
    assert page.title() == ""


def test_shift_three_times_leaves(site: Open) -> None:
    page = site("/mk/work-abroad/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**/healthz")


def test_without_javascript_everything_is_a_link(site: Open) -> None:
    page = site("/mk/work-abroad/", java_script_enabled=False)
    assert page.get_attribute(".pcall", "href") == "tel:0800000000"
    page.locator("main summary").first.click()
    assert page.locator(".story details p").first.is_visible()
    page.locator(".plang summary").click()
    page.click(".plang a[hreflang=ar]")
    assert page.url.endswith("/ar/work-abroad/")
    page.click(".leave")
    page.wait_for_url("**/healthz")


def test_a_ticked_sign_offers_the_number_and_is_forgotten(site: Open) -> None:
    page = site("/en/work-abroad/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    call = page.locator(".signs .one a")
    assert not call.is_visible()
    page.locator(".signs label").first.click()
    assert call.is_visible()
    page.locator(".signs input").nth(1).focus()
    page.keyboard.press("Space")
    assert page.locator(".signs input:checked").count() == 2
    assert asked == []
    page.reload()
    assert page.locator(".signs input:checked").count() == 0
