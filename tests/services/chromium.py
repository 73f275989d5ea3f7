"""The system's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.services.missing import Missing

APT = ("chromium",)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
        "Install it (Debian: apt-get install chromium), or name its program in KODEKS_CHROMIUM.",
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
