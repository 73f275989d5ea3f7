"""The style page in a real browser under the strict content policy: axe, narrow screens, both directions,
leaving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Page, Route

from config.middleware import OWN
from theme import views

pytestmark = pytest.mark.urls("tests.support.theme.urls")

STATIC = Path(views.__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
AWAY = "http://public.test/away/"


@pytest.fixture
def styles(new_page: Callable[..., Page], settings: object) -> Callable[..., Page]:
    """Opens the style page in a language, on a host; served straight from the view and the static folder."""
    settings.KODEKS_LEAVE_URL = AWAY  # type: ignore[attr-defined]

    def serve(route: Route, public: bool) -> None:
        path = route.request.url.split("/", 3)[3].split("?")[0]
        if path.startswith("static/"):
            file = STATIC / path.removeprefix("static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        elif path.startswith("away"):
            route.fulfill(body="<title>away</title>", content_type="text/html")
        else:
            tag = path.split("/")[0]
            request = RequestFactory().get(f"/{path}")
            request.public = public  # type: ignore[attr-defined]
            request.user = AnonymousUser()
            with translation.override(tag):
                html = views.styles(request).content
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": OWN})

    def open_styles(
        tag: str = "en", width: int = 1280, scheme: str = "light", *, public: bool = False
    ) -> Page:
        page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.route("**/*", lambda route: serve(route, public))
        page.goto(f"http://public.test/{tag}/styles/")
        return page

    return open_styles


@pytest.mark.parametrize(
    ("tag", "width", "scheme", "public"),
    [
        ("en", 1280, "light", False),
        ("sr-cyrl", 320, "dark", False),
        ("sq", 390, "light", False),
        ("en", 1280, "dark", False),
        ("ar", 320, "light", True),
        ("ur", 1280, "dark", True),
    ],
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    styles: Callable[..., Page], tag: str, width: int, scheme: str, public: bool
) -> None:
    page = styles(tag, width, scheme, public=public)
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_wider_spacing_of_text_makes_nothing_scroll_sideways(styles: Callable[..., Page]) -> None:
    page = styles("sr-latn", 320)
    page.evaluate(
        """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
        '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}');
        document.adoptedStyleSheets = [sheet]; }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_leaving_goes_away_and_back_does_not_show_the_page(styles: Callable[..., Page]) -> None:
    page = styles("ar", 390, public=True)
    page.goto("http://public.test/ps/styles/")
    page.click(".leave")
    page.wait_for_url(AWAY)
    page.go_back(wait_until="commit")
    page.wait_for_url(AWAY)
    # An address that is typed opens: the tab is not lost.
    page.goto("http://public.test/ar/styles/")
    assert page.url.endswith("/ar/styles/") and page.locator(".leave").is_visible()


def test_shift_three_times_leaves_and_typing_does_not(styles: Callable[..., Page]) -> None:
    page = styles("en", 1280, public=True)
    for key in ("Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    assert page.url.endswith("/en/styles/")
    page.keyboard.press("Shift")
    page.wait_for_url(AWAY)


def test_serbian_italics_have_their_own_letters(styles: Callable[..., Page]) -> None:
    page = styles("en")
    page.evaluate("document.fonts.ready")
    width = """lang => { const i = document.createElement('i'); i.className = 'serif'; i.lang = lang;
        i.textContent = 'птгд'.repeat(20); document.querySelector('main').append(i);
        const w = i.getBoundingClientRect().width; i.remove(); return w; }"""
    page.evaluate(f"({width})('sr-Cyrl')")
    page.wait_for_function("document.fonts.check('italic 18px \"Source Serif 4\"', 'птгд')")
    assert page.evaluate(width, "sr-Cyrl") != page.evaluate(width, "ru")
