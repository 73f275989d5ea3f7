"""The situations of the first page, the country in the address, and the discreet twins."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import URLPattern, URLResolver

from config import urls_public
from public.blocks.check import CheckBlock
from public.demo import load_situations
from public.demo.homes import languages, texts
from public.demo.situations import SLUGS
from public.languages import PUBLIC
from public.models import CampaignPage
from tests.support.public.campaign import read
from tests.support.public.fixtures import make_campaign

TAGS = ("en", "mk", "sr-cyrl", "sr-latn", "ar", "fa")


def make_door() -> None:
    make_campaign()
    load_situations(list(TAGS))


@pytest.fixture(scope="module")
def door_once(once: Callable[..., Any]) -> None:
    once(make_door)


@pytest.fixture
def door(door_once: None, db: None) -> None:
    """The situations in some languages."""


def tels(page: str) -> list[str]:
    return re.findall(r'href="tel:(\d+)', page)


def test_the_first_page_asks_what_is_happening(door: None, reader: Client) -> None:
    page = read(reader, "/en/")
    doors = re.findall(r'<li><a href="/en/([a-z-]+)/"><svg class="art line', page)
    assert doors == list(SLUGS.values())
    top = re.search(r'<nav class="ptabs".*?</nav>', page)
    assert top and re.findall(r">([A-Z][^<]+)</a>", top[0]) == [
        "Get help", "Know the signs", "Before you go",
        "Materials", "Documents", "Search",
    ]  # fmt: skip
    assert "/hr/offered-work/" in read(reader, "/hr/"), "offered in the language that there is"
    latin = read(reader, "/sr-latn/offered-work/")
    assert "Neko mi nudi posao u inostranstvu" in latin and "note standin" not in latin


def test_a_country_stays_in_the_address(door: None, reader: Client) -> None:
    page = read(reader, "/en/offered-work/?in=ba")
    assert tels(page)[:2] == ["080000000", "080000000"]
    assert {"122", "124"} < set(tels(page)) and "112" not in tels(page)
    assert '<a href="/en/offered-work/?in=ba" aria-current="true">' in page
    assert '<a href="/en/?in=ba"' in page.replace('class="brand" ', "")
    assert 'href="/ar/offered-work/?in=ba"' in page and 'href="/en/library/search/?home=ba"' in page
    assert '<input type="hidden" name="home" value="ba">' in read(reader, "/en/?in=ba")
    assert "You can call it from this country only" in page and "Free of charge." in page
    everywhere = read(reader, "/en/offered-work/")
    assert len(tels(everywhere)) == 6 + 2 * 6 + 3, "every helpline, police and ambulance, and 112 of three"
    assert read(reader, "/en/offered-work/?in=zz").count("tel:") == everywhere.count("tel:")
    assert "Police 192" in re.sub(r"<[^>]+>", "", read(reader, "/en/help/?in=rs"))


def test_the_search_finds_situations_in_the_readers_language(door: None, reader: Client) -> None:
    found = read(reader, "/en/library/search/?q=passport&home=mk")
    assert ">Help pages</h2>" in found and f'href="/en/{SLUGS["papers"]}/?in=mk"' in found
    away = reader.get("/en/library/search/?q=passport&from=ar")
    assert away.headers["Location"] == "/ar/library/search/?q=passport"
    assert f'href="/ar/{SLUGS["papers"]}/"' in read(reader, "/ar/library/search/?q=passport")
    assert f'href="/sr-latn/{SLUGS["papers"]}/"' in read(reader, "/sr-latn/library/search/?q=pasoš")
    for nothing in ("unicorn", "%22"):
        page = read(reader, f"/en/library/search/?q={nothing}")
        assert "Do you need help now?" in page and "/en/help/" in page.partition(">Help pages</h2>")[2], (
            nothing
        )


def test_signs_and_preparations_of_all_campaigns_stand_together(door: None, reader: Client) -> None:
    page = read(reader, "/en/signs/")
    assert page.count('type="checkbox"') == 8 * 3 + 5
    assert page.count("One sign is enough to ask.") == 1
    page = read(reader, "/sr-cyrl/signs/")
    assert page.index("/sr-cyrl/papers-held/") < page.index('<bdi lang="en">English</bdi>')
    assert page.index('<bdi lang="en">English</bdi>') < page.index("/sr-cyrl/work-abroad/")
    page = read(reader, "/en/before/")
    assert "/en/check-offer/" in page and "Leave a copy of your papers" in page
    assert "There is nothing here yet" not in page


def test_a_twin_says_nothing_and_leads_to_twins(door: None, reader: Client) -> None:
    plain = read(reader, "/en/papers-held/?in=mk")
    quiet = re.search(r'class="hush" href="([^"]+)"', plain)
    assert quiet and re.fullmatch(r"/en/n/\d+/\?in=mk", quiet[1])
    answer = reader.get(quiet[1])
    page = answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "<title>Notes</title>" in page and "<h1>They hold my papers</h1>" in page
    assert 'name="description"' not in page and 'rel="alternate"' not in page
    icon = re.search(r'rel="icon"[^>]*href="([^"]+)"', page)
    assert icon and icon[1] not in plain
    seen, waiting = set(), {quiet[1], "/en/n/1/", "/en/n/99/", "/en/n/100/", "/en/n/x/"}
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = reader.get(path)
        page = answer.content.decode()
        assert answer.status_code == (404 if path in ("/en/n/99/", "/en/n/100/", "/en/n/x/") else 200), path
        assert answer.headers["Cache-Control"] == "no-store" and "<title>Notes</title>" in page, path
        assert "<form" not in page, path
        inside = {one for one in re.findall(r'href="(/[^"#]*)', page) if not one.startswith("/static/")}
        assert all(re.fullmatch(r"/[a-z-]+/n/(\d+|x)/(\?in=[a-z]{2})?", one) for one in inside), (
            path,
            inside,
        )
        waiting |= {one for one in inside if re.match("/en/n/.*in=mk", one)} - seen
    assert 'href="/en/n/2/"' in read(reader, "/en/n/2/?in=mk"), "the numbers of all countries"
    CampaignPage.objects.filter(slug="papers-held").update(live=False)
    assert reader.get(quiet[1]).status_code == 404


def test_a_check_is_a_list_without_its_script(door: None, reader: Client) -> None:
    page = read(reader, "/en/check-offer/")
    assert page.count('<fieldset class="ask"') == 4 * 3
    assert page.count('type="radio"') == 4 * 3 * 2 and "<form" not in page
    assert page.count('class="means"') == 4 * 3
    assert page.count('data-next="0"') == 4 * 2, "the last answers end the check"
    assert 'data-next="3"' in page and "What to check, whatever you answered" in page
    assert len(re.findall(r"<script src|rel=\"stylesheet\"", page)) == 1, (
        "with the page two things are asked for"
    )


def test_a_preview_says_how_many_ways_lead_through(door: None) -> None:
    page = CampaignPage.objects.get(slug="check-offer", locale__language_code="en")
    shown = page.make_preview_request().render().content.decode()
    assert shown.count("8 ways through these questions; the longest has 3 questions.") == 3
    assert "6 ways through these questions; the longest has 3 questions." in shown
    page.body[0].value["questions"][0]["answers"][0]["goes_to"] = 9
    shown = page.make_preview_request().render().content.decode()
    assert "Some answers lead nowhere yet." in shown


def test_a_check_that_leads_nowhere_is_refused(db: None) -> None:
    block = CheckBlock()
    good = texts("en")["offer"]["job"]
    assert block.clean(block.to_python(good))
    bad = texts("en")["offer"]["job"]
    bad["questions"][2]["answers"][0]["goes_to"] = 1
    bad["questions"][0]["answers"][1]["goes_to"] = 7
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(bad))
    found = " ".join(refused.value.as_json_data()["messages"])  # type: ignore[attr-defined]
    assert "Question 3, answer 1 leads back" in found and "Question 1, answer 2" in found


def test_every_language_has_the_same_texts() -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: shape(part) for name, part in value.items() if name != "goes_to"}
        return [shape(part) for part in value] if isinstance(value, list) else bool(value)

    assert set(languages()) == set(PUBLIC)
    assert [tag for tag in languages() if shape(texts(tag)) != shape(texts("en"))] == []


EXAMPLES = {
    "healthz": "/healthz",
    "readyz": "/readyz",
    "favicon.ico": "/favicon.ico",
    "robots.txt": "/robots.txt",
    "sitemap.xml": "/sitemap.xml",
    "pictures/<str:name>": "/pictures/x.png",
    r"^campaign-files/(\d+)/(.*)$": "/campaign-files/1/x.pdf",
    "help/<slug:country>/": "/en/help/mk/",
    "n/<int:number>/": "/en/n/2/",
    "<slug:slug>/": "/en/offered-work/",
}
"""An address for each route that needs more than its own path."""


def routes(patterns: list[Any], prefix: str = "") -> list[str]:
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            language = "/en/" if type(one.pattern).__name__ == "LocalePrefixPattern" else ""
            found += routes(one.url_patterns, language or prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            path = str(one.pattern)
            found.append(EXAMPLES.get(path) or "/" + re.sub(r"<[^>]+>", "1", prefix + path).lstrip("/^"))
    return found


def test_every_route_of_the_public_host_has_the_headers(door: None, reader: Client, settings: Any) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    found = routes(urls_public.urlpatterns)
    assert len(found) > 25 and "/en/library/search/" in found
    for path in sorted({*found} - {"/healthz"}):  # asked by a proxy, whatever name it has for the machine
        answer = reader.get(path, secure=True)
        headers = answer.headers
        assert "Set-Cookie" not in headers and not answer.cookies, path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000"), path
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "worker-src" not in headers["Content-Security-Policy"], path
        if headers.get("Content-Type", "").startswith("text/html"):
            assert b"serviceWorker" not in answer.content and b"manifest" not in answer.content, path
