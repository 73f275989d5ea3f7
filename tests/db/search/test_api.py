"""Search for programs: the JSON API and Atom give each reader what the page gives them."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils.feedgenerator import Atom1Feed
from lxml import etree

from documents.choices import Classification
from documents.models import Edition
from people.roles import Role
from search.api import endpoints
from search.engines.base import EngineError
from search.factory import engine
from search.outbox import drain
from tests.support.factories import make_draft, make_in_force, make_institution, make_person, make_tree
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db
PUBLIC = {"host": "public.test"}


def make_texts() -> list[Edition]:
    sections = [(1, f"Step {number}", f"The officer calls the shelter. {number}") for number in range(40)]
    return [
        make_in_force(slug="open", languages=("en",), tree=make_tree("en", "Open", sections)),
        make_in_force(
            slug="closed",
            languages=("en",),
            classification=Classification.OFFICIAL,
            tree=make_tree("en", "Closed", [(1, "Kestrel", "The shelter of the kestrel.")]),
        ),
    ]


@pytest.fixture(scope="module")
def texts_once(once: Callable[..., Any]) -> None:
    once(make_texts)


@pytest.fixture(autouse=True)
def texts(texts_once: None, db: None, search_index: object) -> None:
    """These in an index of the test's own."""
    cache.clear()
    drain()


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the machine takes for sixty requests, they fall into one minute."""
    monkeypatch.setattr(endpoints, "time", SimpleNamespace(time=lambda: 1_800_000_000.0))


@pytest.fixture
def office() -> Client:
    client = PageClient()
    client.force_login(make_person(Role.PRACTITIONER))
    return client


def ask(client: Client, query: str, *, public: bool = False) -> dict[str, Any]:
    response = client.get(f"/api/v1/search?{query}", headers=PUBLIC if public else {})
    assert response.status_code == 200, response.content
    assert response.headers["Cache-Control"] == "private, no-store"
    return dict(response.json())


def test_pages_by_cursor_hold_everything_once(office: Client) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        answer = ask(office, f"q=shelter&cursor={cursor}")
        assert answer["total"] == 41
        seen += [one["url"] for one in answer["results"]]
        cursor = answer["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 41
    for wrong in ("q=officer&cursor=" + ask(office, "q=shelter")["next"], "q=shelter&cursor=x"):
        assert office.get(f"/api/v1/search?{wrong}").status_code == 400


def test_what_has_all_the_words_comes_first(office: Client) -> None:
    answer = ask(office, "q=shelter+kestrel")
    assert answer["results"][0]["heading"] == "Kestrel"
    public = ask(PageClient(), "q=step+shelter+kestrel&lang=en", public=True)
    # Its address holds the words that were typed, to mark them.
    shown = [{name: value for name, value in one.items() if name != "url"} for one in public["results"]]
    assert shown
    assert "kestrel" not in str(shown).lower()


def test_the_same_rights_as_on_the_page(office: Client) -> None:
    assert ask(office, "q=kestrel")["results"][0]["heading"] == "Kestrel"
    for query in ("q=kestrel", "q=kestrle&status=all", "q=&in=mk/closed", "q=shelter&year=2024&status=all"):
        answer = ask(PageClient(), query, public=True)
        assert "closed" not in str(answer).lower()
        assert "kestrel" not in str(answer["results"]).lower()
        assert answer["total"] == sum(count["count"] for count in answer["facets"]["language"])
    abroad = PageClient()
    abroad.force_login(make_person(Role.PRACTITIONER, make_institution("al-interior")))
    assert ask(abroad, "q=kestrel")["total"] == 0
    assert PageClient().get("/api/v1/search?q=kestrel").status_code == 302
    feed = PageClient().get("/en/library/search/feed.atom?q=kestrel&status=all", headers=PUBLIC)
    assert b"Kestrel" not in feed.content


def test_what_makes_no_sense_is_said(office: Client) -> None:
    assert office.get("/api/v1/search?q=x&on=yesterday").status_code == 422
    assert office.get("/api/v1/search?q=" + "x" * 400).status_code == 422
    for query in (
        "country=RS",
        "country=rs&country=a'b",
        "sort=best",
        "in=../open",
        "year=20-25",
        "topic=Z",
        "on=2026-W05-6",
        "across=perhaps",
        "exact=2",
        "lang=xx",
    ):
        answer = office.get(f"/api/v1/search?q=shelter&{query}")
        assert answer.status_code == 422, query
        assert query.partition("=")[0] in str(answer.json()["detail"])
    for query in ("country=", "status=all", "country=rs&status=in_force&year=2025", "in=mk/open&sort=newest"):
        ask(office, f"q=shelter&{query}")
    for query in ("lang=sr", "lang=sr-Latn", "lang=ar", "across=true&exact=0", "across=1&exact=1"):
        ask(office, f"q=shelter&{query}")
    assert ask(office, "q=shelter&contry=rs&page=2")["ignored"] == ["contry", "page"]
    first = ask(office, "q=shelter&across=1")
    assert first["ignored"] == ask(office, "q=shelter&in=mk/open&on=2026-01-31")["ignored"] == []
    assert ask(office, f"q=shelter&across=1&cursor={first['next']}")["results"]
    assert office.post("/api/v1/search").status_code == 405
    assert ask(office, "q=sheltre")["searched_for"] in ("sheltre", "shelter")


READ = (
    "/api/v1/search?q=shelter",
    "/api/v1/search?q=shelter&country=RS",
    "/api/v1/openapi.json",
    "/en/search/feed.atom?q=shelter",
    "/en/search/suggest/?q=shel",
    "/en/search/?q=shelter",
)


def test_head_is_answered_as_get_without_a_body(office: Client) -> None:
    for address in READ:
        got, asked = office.get(address), office.head(address)
        assert (asked.status_code, asked.content) == (got.status_code, b""), address
        for header in ("Content-Type", "Content-Length", "Cache-Control", "X-Robots-Tag"):
            assert asked.headers.get(header) == got.headers.get(header), (address, header)
    said = office.get("/api/v1/openapi.json").json()
    assert set(said["paths"]["/api/v1/search"]) == {"get"}
    assert office.post("/api/v1/search").headers["Allow"] in ("GET, HEAD", "HEAD, GET")


def test_who_asks_too_often_is_asked_to_wait(office: Client) -> None:
    codes = [PageClient().get("/api/v1/search?q=qqq", headers=PUBLIC).status_code for _ in range(62)]
    assert codes[:59] == [200] * 59
    assert codes[-1] == 429
    assert ask(office, "q=shelter")["total"] == 41, "another reader is not held up"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six a minute, where it is about who is counted."""
    monkeypatch.setattr(endpoints.api.throttle[0], "most", 6)  # type: ignore[index]


def test_the_address_that_a_reader_says_is_theirs_counts_only_behind_a_proxy(
    settings: Any, few: None
) -> None:
    def codes() -> set[int]:
        return {
            PageClient()
            .get("/api/v1/search?q=qqq", headers=PUBLIC | {"x-forwarded-for": f"192.0.2.{number}"})
            .status_code
            for number in range(8)
        }

    assert settings.KODEKS_PROXIES == 0
    assert codes() == {200, 429}, "whoever asks may write into it what they like"
    settings.KODEKS_PROXIES = 1
    assert codes() == {200}, "the proxy names each"


def test_behind_two_proxies_readers_are_counted_by_what_the_outer_one_saw(settings: Any, few: None) -> None:
    settings.KODEKS_PROXIES = 2

    def code(forwarded: str) -> int:
        given = PUBLIC | {"x-forwarded-for": forwarded}
        return PageClient().get("/api/v1/search?q=qqq", headers=given).status_code

    assert {code(f"{number}.1.1.1, 2001:db8::{number}, 10.0.0.2") for number in range(1, 8)} == {200, 429}, (
        "neither what a reader writes nor another address of their own connection makes them somebody else"
    )
    assert code("2001:db8:7::1, 10.0.0.2") == 200, "another reader is not held up"


def test_an_engine_that_is_down(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(query: object) -> None:
        raise EngineError("connection refused")

    monkeypatch.setattr(engine(), "search", down)
    for address in ("/api/v1/search?q=x", "/en/search/feed.atom?q=x"):
        response = office.get(address)
        assert response.status_code == 503
        assert b"refused" not in response.content


def test_openapi_names_what_can_be_asked() -> None:
    said = PageClient().get("/api/v1/openapi.json", headers=PUBLIC).json()
    names = {one["name"] for one in said["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert {"q", "status", "country", "in", "on", "cursor"} <= names
    assert said["servers"] == [{"url": settings.PUBLIC_BASE_URL}]
    assert set(said["paths"]["/api/v1/search"]["get"]["responses"]) == {"200", "400", "422", "429", "503"}
    endpoints.Answer.model_validate(said["components"]["schemas"]["Answer"]["example"])


def test_the_examples_on_the_page_for_programs_run_as_printed() -> None:
    reader = PageClient(headers=PUBLIC)
    page = reader.get("/en/data/").content.decode()
    printed = [unescape(one) for one in re.findall(r'>curl "(.+?)"</code>', page)]
    assert len(printed) == 3
    for address in printed:
        answer = reader.get(address.removeprefix("http://public.test"))
        assert address.startswith("http://public.test/") and answer.status_code == 200, address
    assert reader.get(printed[0].removeprefix("http://public.test")).json()["total"] == 40
    wrong = reader.get("/api/hsds/3/services/")
    assert (wrong.status_code, wrong.json()) == (404, {"detail": "Not Found"})


def test_a_search_as_a_feed(office: Client) -> None:
    response = office.get("/en/search/feed.atom?q=shelter")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    tree = etree.fromstring(response.content)
    spaces = {"a": Atom1Feed.ns}
    entries = tree.findall("a:entry", spaces)
    assert len(entries) == 24
    links = [link.get("href", "") for link in tree.findall("a:entry/a:link", spaces)]
    assert links[0].startswith("http://testserver/en/i/mk/")
    ids = [node.text for node in tree.findall("a:entry/a:id", spaces)]
    assert len(set(ids)) == len(ids)
    assert office.get("/en/search/feed.atom").status_code == 200


def test_every_entry_of_a_feed_has_a_moment() -> None:
    """A draft is in force since no day; feed readers refuse an entry without one."""
    draft = make_draft(
        slug="draft", languages=("en",), tree=make_tree("en", "Draft", [(1, "A", "A shelter.")])
    )
    drain()
    drafter = PageClient()
    drafter.force_login(make_person(Role.DRAFTER, draft.instrument.owner))
    feed = etree.fromstring(drafter.get("/en/search/feed.atom?q=shelter&status=draft").content)
    (entry,) = feed.findall("{*}entry")
    assert entry.findtext("{*}updated", "").startswith(draft.created.strftime("%Y-%m-%d"))


def test_what_a_text_has_of_signs_is_no_markup_in_a_feed(office: Client) -> None:
    tree = make_tree("en", "Forms", [(1, "Form <i>", "Write <b>none</b> & sign the questionnaire.")])
    make_in_force(slug="forms", languages=("en",), tree=tree)
    drain()
    feed = etree.fromstring(office.get("/en/search/feed.atom?q=questionnaire").content)
    [entry] = feed.findall("{*}entry")
    assert entry.findtext("{*}title") == "1 Form <i> – Title en"
    summary = entry.find("{*}summary")
    assert summary is not None
    assert summary.get("type") == "html"
    assert summary.text == "Write &lt;b&gt;none&lt;/b&gt; &amp; sign the questionnaire."
    assert feed.findtext("{*}author/{*}name"), "RFC 4287 asks for one"
