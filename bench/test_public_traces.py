"""What the browser's profile tells after ten pages, a call and leaving, by the discreet way: in each of the
sixteen languages, every file of the profile is read as bytes, packed databases unpacked.

KODEKS_CHROMIUM names a whole browser: the one without a window keeps no history."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from public.languages import PUBLIC
from public.models import CampaignPage, HomePage, Hotline
from tests.support.public.whole import load_whole
from tests.support.services import chromium

WORDS = 200
PATHS = ("help", "signs", "before", "privacy", "erase", "about", "accessibility", "services", "work-abroad")
FILES = {
    *("History", "Favicons", "Top Sites", "Shortcuts", "Network Action Predictor", "Local State"),
    *("Preferences", "Sessions", "Cache_Data", "Cookies"),
}
"""What a whole browser keeps; the one without a window keeps less of it."""
LETTERS = re.compile(r"[^\W\d_]{5,}")


def words_of(tag: str) -> list[str]:
    """What would tell on a reader of this language: the words of titles, of campaigns and of numbers, and the
    short names in addresses."""
    pages = [page for page in CampaignPage.in_language(tag) if page.tag == tag]
    texts = [page.title + " " + page.lead for page in pages]
    texts += [json.dumps(page.body.get_prep_value(), ensure_ascii=False) for page in pages]
    texts += [page.title + " " + page.lead for page in HomePage.published().filter(locale__language_code=tag)]
    texts += [
        text.name for line in Hotline.objects.shown() for text in line.texts.all() if text.language == tag
    ]
    found = dict.fromkeys(
        word.lower() for text in texts for word in LETTERS.findall(unicodedata.normalize("NFC", text))
    )
    numbers = [line.tel for line in Hotline.objects.shown() if len(line.tel) > 4]
    slugs = [page.slug for page in CampaignPage.published() if "-" in page.slug]
    return list(dict.fromkeys([*slugs, *(f"/{tag}/{path}/" for path in PATHS), *numbers, *found]))[:WORDS]


def contents(profile: Path) -> Iterator[tuple[str, bytes]]:
    """Every file as it stands, each cell of its databases, and what is packed with gzip or zlib in it."""
    for path in profile.rglob("*"):
        if not path.is_file():
            continue
        name, content = str(path.relative_to(profile)), path.read_bytes()
        yield name, content
        for start in (found.start() for found in re.finditer(rb"\x1f\x8b\x08", content)):
            unpacked = zlib.decompressobj(16 + zlib.MAX_WBITS)
            try:
                yield f"{name} unpacked", unpacked.decompress(content[start:])
            except zlib.error:
                continue
        if content.startswith(b"SQLite format 3"):
            yield f"{name} cells", cells(path)


def cells(path: Path) -> bytes:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = (row for table in tables for row in database.execute(f'SELECT * FROM "{table}"'))
        return b"\n".join(
            cell if isinstance(cell, bytes) else str(cell).encode() for row in rows for cell in row
        )


def found_in(profile: Path, words: list[str]) -> set[tuple[str, str]]:
    """File and word: in UTF-8, UTF-16 and as in an address, whatever the case."""
    found = set()
    for name, content in contents(profile):
        for case in {word for one in words for word in (one, one.capitalize(), one.upper())}:
            spellings = (case.encode(), case.encode("utf-16-le"), quote(case).encode())
            if any(spelling in content for spelling in spellings):
                found.add((name, case.lower()))
    return found


def opened(playwright: Playwright, profile: Path) -> BrowserContext:
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium.find(), args=[*chromium.FLAGS, "--no-sandbox"]
    )


def walk(context: BrowserContext, start: str, away: str) -> int:
    """Ten pages by their links, a call, and out; how many pages were opened."""
    tab = context.pages[0] if context.pages else context.new_page()
    tab.goto(start)
    pages = 1
    if "/n/" not in start:
        for path in PATHS:
            tab.goto(f"{start}{path}/")
            pages += 1
    for _ in range(3 if "/n/" in start else 0):
        tab.locator(".bars a[href*='/n/']").nth(pages % 3).click()
        tab.locator("main a[href*='/n/']").first.click()
        tab.locator(".pfoot a[href*='/n/']").nth(1).click()
        pages += 3
    # The telephone is no part of the browser; that the number was touched is.
    tab.evaluate("document.querySelector('a[href^=\"tel:\"]')?.click()")
    tab.click(".leave")
    tab.wait_for_url(away)
    return pages


@pytest.mark.parametrize("way", ["discreet", "plain"])
def test_what_a_profile_tells(
    live_server: LiveServer, settings: object, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: str
) -> None:
    host = urlsplit(live_server.url).netloc
    away = f"http://127.0.0.1:{host.rpartition(':')[2]}/healthz"
    settings.PUBLIC_HOSTS, settings.KODEKS_LEAVE_URL = [host], away  # type: ignore[attr-defined]
    load_whole()
    tags = PUBLIC if way == "discreet" else ("en", "ar")
    words = {tag: words_of(tag) for tag in tags}
    # A browser's own files have words too: those of one that only ever saw the page that says "ok".
    with sync_playwright() as playwright:
        context = opened(playwright, tmp_path / "empty")
        context.new_page().goto(away)
        context.close()
    every = list(dict.fromkeys(one for listed in words.values() for one in listed))
    own = {word for _, word in found_in(tmp_path / "empty", every)}
    found: set[tuple[str, str, str]] = set()
    pages = 0
    for tag in tags:
        profile = tmp_path / tag
        with sync_playwright() as playwright:
            context = opened(playwright, profile)
            pages += walk(context, f"{live_server.url}/{tag}/" + ("n/1/" if way == "discreet" else ""), away)
            context.close()
        with translation.override(tag):
            title = gettext("Notes").lower()
        told = [one for one in words[tag] if one not in own and one not in title]
        found |= {(tag, *one) for one in found_in(profile, told)}
    with capsys.disabled():
        print(
            f"  {way}: {pages} pages in {len(tags)} languages, {sum(map(len, words.values()))} words looked for, {len(found)} found"
        )
    if way == "discreet":
        assert found == set()
    else:
        assert found, "the way of looking finds what is there"
