"""Every page for readers, in every language of the public site: no English for want of a string."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from config.catalogues import PUBLIC_LANGUAGES
from public.demo import load_situations
from public.languages import PUBLIC
from public.models import CampaignPage, Hotline
from public.places import TWINS
from public.publication import must_be_mended
from tests.support.public.fixtures import make_campaign
from theme.locales import html_lang

PATHS = [*TWINS, "help/mk/", "check-offer/", "data/", "no-such-page/"]
SAME = {
    *("Kodeks", "Chrome", "Samsung Internet", "Safari", "iPhone", "Firefox", "Opera Mini", "CC BY 4.0"),
    *("Chrome, Edge, Firefox", "Shift", "Kosovo*", "Ambulance", "Police", "Audio", "Video", "Licence"),
}
"""Names, and words that other languages share."""


class Words(HTMLParser):
    """The words of a page that are in its own language: what has another ``lang`` is left out."""

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang, self.langs, self.found = lang, [lang], set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in ("meta", "link", "input", "br", "path", "circle"):
            self.langs.append(given.get("lang") or self.langs[-1])
        if self.langs[-1] == self.lang and tag != "html":
            names = ("aria-label", "data-next", "data-back", "data-again", "data-pick", "data-kinds")
            self.found |= {text for name in names if (text := given.get(name)) and not text.isdigit()}

    def handle_endtag(self, tag: str) -> None:
        if len(self.langs) > 1 and tag not in ("path", "circle"):
            self.langs.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split()).strip(" (),")
        if self.langs[-1] == self.lang and re.search("[A-Za-z]{2}", text):
            self.found.add(text)


def words(reader: Client, tag: str, path: str, lang: str) -> set[str]:
    parser = Words(lang)
    parser.feed(reader.get(f"/{tag}/{path}").content.decode())
    return parser.found


def make_every_language() -> None:
    make_campaign()
    load_situations(["en", "fa"])


@pytest.fixture(scope="module")
def everywhere_once(once: Callable[..., Any]) -> None:
    once(make_every_language)


@pytest.fixture
def everywhere(everywhere_once: None, db: None) -> None:
    """A page of questions in one of the languages; the others' words around it are those of all pages."""


def test_no_page_falls_back_on_english(everywhere: None, reader: Client) -> None:
    """Those of PUBLIC_LANGUAGES here; the catalogues of the others are whole, or ``make lint`` fails."""
    numbers = set(Hotline.objects.values_list("number", flat=True))
    english = {path: words(reader, "en", path, "en") for path in PATHS}
    assert sum(map(len, english.values())) > 150
    left = {
        (tag, path, text)
        for tag in PUBLIC_LANGUAGES
        for path in PATHS
        if path != "check-offer/" or tag == "fa"
        for text in words(reader, tag, path, html_lang(tag)) & english[path]
        if text not in SAME | numbers and "." not in text.split()[0] and not text.startswith("curl ")
    }
    assert left == set()


@pytest.mark.parametrize("path", ["", "help/mk/", "signs/?in=rs"])
def test_leaving_calling_and_the_way_in_are_in_every_language(
    everywhere: None, reader: Client, path: str
) -> None:
    seen = set()
    for tag in PUBLIC:
        page = reader.get(f"/{tag}/{path}").content.decode()
        leave = re.search(r'class="leave".*?</svg>([^<]+)</a>', page, re.DOTALL)
        dock = re.search(r'class="pcall".*?<span>([^<]+)</span>', page, re.DOTALL)
        assert leave and dock, tag
        seen.add((leave[1].strip(), dock[1]))
    assert len(seen) >= 12, "Bosnian, Croatian and Montenegrin share words"


def test_nothing_of_the_demonstration_is_kept_back(everywhere: None) -> None:
    """The checks cry out at no page that was made with care."""
    load_situations()
    pages = CampaignPage.published().select_related("locale", "country")
    found = {str(page): must_be_mended(page) for page in pages}
    assert len({page.locale_id for page in pages}) == len(PUBLIC)
    assert [name for name, problems in found.items() if problems] == []
