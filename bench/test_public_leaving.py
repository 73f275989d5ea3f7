"""Leaving forty pages: Back, Forward, the tab closed and opened again, a typed address, and without script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from public.languages import PUBLIC
from tests.support.public.whole import load_whole

PATHS = (
    "",
    "help/",
    "work-abroad/",
    "help/mk/",
    "signs/",
    "before/",
    "n/2/?in=mk",
    "services/",
    "privacy/",
    "library/",
)
MOST = 40


def shown(page: Page) -> bool:
    """Whether anything of the site is to be seen."""
    return page.locator("h1").count() > 0 and page.locator("h1").first.is_visible()


def leave(page: Page) -> None:
    page.click(".leave")
    page.wait_for_url("**/healthz")


def back_and_forward(page: Page, address: str) -> bool:
    """Back and Forward leave again; the title says nothing."""
    leave(page)
    for move in (page.go_back, page.go_forward, page.go_back):
        move(wait_until="commit")
        page.wait_for_url("**/healthz")
        if shown(page) or page.title():
            return False
    return True


def typed_again(page: Page, address: str) -> bool:
    """Who types the address sees the page, and goes on from there."""
    page.goto(address)
    return shown(page)


def reopened(page: Page, address: str) -> bool:
    """A tab that is opened again has the last address, which is the harmless one."""
    leave(page)
    last = page.url
    other = page.context.new_page()
    page.close()
    other.goto(last)
    harmless = not shown(other) and address not in other.url
    other.close()
    return harmless


def without_script(page: Page, address: str) -> bool:
    """Leaving is a plain link."""
    page.click(".leave")
    page.wait_for_url("**/healthz")
    return not shown(page)


def test_leaving(
    live_server: LiveServer,
    settings: object,
    new_page: Callable[..., Page],
    capsys: pytest.CaptureFixture[str],
) -> None:
    host = urlsplit(live_server.url).netloc
    settings.PUBLIC_HOSTS = [host]  # type: ignore[attr-defined]
    settings.KODEKS_LEAVE_URL = f"http://127.0.0.1:{host.rpartition(':')[2]}/healthz"  # type: ignore[attr-defined]
    load_whole()
    pages = [f"{live_server.url}/{PUBLIC[at % len(PUBLIC)]}/{PATHS[at % len(PATHS)]}" for at in range(MOST)]
    kept: Counter[str] = Counter()
    broken: list[tuple[str, str]] = []
    for address in pages:
        page = new_page()
        plain = new_page(java_script_enabled=False)
        for way in (back_and_forward, typed_again, reopened, without_script):
            one = plain if way is without_script else page
            if way is not typed_again:
                one.goto(f"{live_server.url}/healthz")
                one.goto(address)
            if way(one, address):
                kept[way.__name__] += 1
            else:
                broken.append((way.__name__, address))
        plain.close()
    with capsys.disabled():
        print("  leaving: " + ", ".join(f"{way} {count} of {len(pages)}" for way, count in kept.items()))
    assert broken == []
