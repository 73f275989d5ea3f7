"""Every kind of page of the public site, in every language: axe (WCAG 2.2 AA) in light and dark at two widths,
and the Nu Html Checker. KODEKS_BENCH_LANGUAGES="en,ar" takes some languages alone."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from bench import checker
from public import views
from public.languages import PUBLIC
from search.outbox import drain
from tests.support.public.fixtures import PUBLIC as HOST
from tests.support.public.whole import addresses, load_whole
from tests.support.search.fixtures import analyser as analyser
from tests.support.search.fixtures import search_index as search_index
from tests.support.services.missing import provide

CHECKED = Path(views.__file__).with_name("accessibility.toml")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
TAGS = tuple(filter(None, os.environ.get("KODEKS_BENCH_LANGUAGES", "").split(","))) or PUBLIC
SHAPES = ((320, 640, "light"), (320, 640, "dark"), (1280, 900, "light"), (1280, 900, "dark"))


def in_language(path: str, tag: str) -> str:
    return path.replace("/en/", f"/{tag}/", 1)


def test_the_html_is_valid(
    db: None, search_index: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    provide(checker.find)
    load_whole()
    drain()
    reader = Client(headers={"host": HOST})
    pages = addresses()
    for tag in TAGS:
        for kind, path in pages.items():
            name = f"{tag} {kind}".replace("/", "-").replace(":", "-")
            answer = reader.get(in_language(path, tag), follow=True)
            (tmp_path / f"{name}.html").write_bytes(answer.content)
    found = checker.errors_in(tmp_path)
    with capsys.disabled():
        print(
            f"  Nu Html Checker: {len(pages)} kinds of page, {len(TAGS)} languages: {found.total()} findings"
        )
    assert found == Counter()


def note_the_day() -> None:
    """The page on accessibility names it."""
    text = CHECKED.read_text("utf-8")
    CHECKED.write_text(re.sub(r"(?m)^checked = .*$", f"checked = {timezone.localdate()}", text), "utf-8")


def test_axe_finds_nothing(
    live_server: LiveServer,
    settings: object,
    search_index: object,
    new_page: Callable[..., Page],
    capsys: pytest.CaptureFixture[str],
) -> None:
    load_whole()
    drain()
    pages = addresses()
    host = urlsplit(live_server.url).netloc
    settings.PUBLIC_HOSTS, settings.PUBLIC_BASE_URL = [host], live_server.url  # type: ignore[attr-defined]
    axe, page = Axe(), new_page()
    found: Counter[str] = Counter()
    runs = 0
    for tag in TAGS:
        for kind, path in pages.items():
            page.goto(live_server.url + in_language(path, tag))
            page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
            for width, height, scheme in SHAPES:
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                runs += 1
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found[f"{tag} {kind} {width}: scrolls sideways"] += 1
                for one in axe.run(page, options=RULES).response["violations"]:
                    for node in one["nodes"]:
                        found[f"{tag} {kind} {width} {scheme}: {one['id']} {node['html'][:140]}"] += 1
    with capsys.disabled():
        print(
            f"  axe: {len(pages)} kinds of page, {len(TAGS)} languages, light and dark, 320 and 1280 px: "
            f"{runs} runs, {found.total()} findings"
        )
    assert found == Counter()
    if TAGS == PUBLIC:
        note_the_day()
