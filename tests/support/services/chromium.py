"""The system's Chromium, driven by Playwright.

Best in the build that has no window (Debian: chromium-headless-shell): the same engine, without the browser's
own pages around ours, takes a fifth less of the processor. The whole browser does where it is not there.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.support.services.missing import Missing

APT = ("chromium",)
LIGHT = "chromium-headless-shell"
"""The name of the program and of its package."""
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without the background flags, a browser looks up its maker's hosts at every start.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> Path:
    """The browser's program. Raises Missing."""
    named = os.environ.get("KODEKS_CHROMIUM")
    for name in (named, *NAMES) if named else NAMES:
        if name and (program := shutil.which(name)):
            return Path(program)
    raise Missing(
        "Chromium",
        "Install it (Debian: apt-get install chromium-headless-shell), or name its program in "
        "KODEKS_CHROMIUM.",
    )


@contextmanager
def running() -> Iterator[Browser]:
    """A headless browser, closed at the end. Raises Missing."""
    program = find()
    # Chromium's own sandbox does not run as root.
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=flags, headless=True)
        try:
            yield browser
        finally:
            browser.close()


LOCAL = {"localhost", "127.0.0.1", "public.test", "testserver"}


class Watch:
    """Notes what no page of ours may do: ask another host for anything, break its content policy, throw."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> None:
        """Watch every page of a context that has none yet."""
        context.on("page", self._over_page)

    def _over_page(self, page: Page) -> None:
        def requested(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOCAL:
                self.faults.append(f"{page.url} asked for {request.url}")

        def printed(message: ConsoleMessage) -> None:
            if message.type == "error" and "Content Security Policy" in message.text:
                self.faults.append(f"{page.url}: {message.text}")

        page.on("request", requested)
        page.on("console", printed)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url} threw {error}"))


def with_own_loop(run: Callable[..., Any]) -> Callable[..., Any]:
    """``asyncio.run`` for a thread in which the driver's loop stands: what is signed or judged has its own."""

    def run_with_own_loop(*arguments: Any, **options: Any) -> Any:
        standing = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            return run(*arguments, **options)
        finally:
            asyncio._set_running_loop(standing)

    return run_with_own_loop
