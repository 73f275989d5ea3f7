"""Around the search page: an engine that is away, queries, the two hosts, marks, commands."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone, translation

from documents.actions.set_titles import set_titles
from documents.actions.start_revision import start_revision
from documents.choices import Classification
from documents.models import Edition, Instrument
from documents.pages.edition.search_marks import Searched
from people.roles import Role
from search.engines.base import EngineError, IndexMissing
from search.factory import engine
from search.models import OutboxRow
from search.outbox import drain
from search.outbox.worker import Follower
from search.pages.reading_marks import spans
from tests.support.factories import make_in_force, make_person, make_tree
from tests.support.html import PageClient, squeeze
from tests.support.search.library import EN, SR, UIDS, get, office, plain, texts, texts_once

__all__ = ["office", "texts", "texts_once"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("error", "said"),
    [(EngineError, "Search is not working at the moment"), (IndexMissing, "is being prepared")],
)
def test_an_engine_that_is_down_is_said_in_words(
    office: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception], said: str
) -> None:
    def down(query: object) -> None:
        raise error("connection refused")

    monkeypatch.setattr(engine(), "search", down)
    page = plain(get(office, "q=interview"))
    assert said in page
    assert "Your documents are not affected." in page
    assert "connection refused" not in page


def test_the_page_asks_the_database_as_often_for_many_results_as_for_one(
    office: Client, django_assert_num_queries: Any
) -> None:
    get(office, "q=razgovor")  # what is asked once in a process
    with django_assert_num_queries(QUERIES):
        assert get(office, "q=razgovor").count("<article") == 3
    for number in range(6):
        make_in_force(slug=f"more-{number}", languages=("sr",), tree=make_tree("sr", "Још", SR, UIDS))
    drain()
    with django_assert_num_queries(QUERIES):
        assert get(office, "q=razgovor").count("<article") > 12


QUERIES = 17
"""Session, person, their country, their rights (4), the deny list, what is known of other
languages (2) and of synonyms, editions, sections, their chapters, numbers to call, countries, institutions, documents."""


def test_the_public_host_finds_public_texts_keeps_nothing_and_is_not_listed(
    django_assert_max_num_queries: Any,
) -> None:
    make_in_force(
        slug="closed",
        classification=Classification.OFFICIAL,
        languages=("en",),
        tree=make_tree("en", "C", EN, UIDS),
    )
    drain()
    client = PageClient()
    with django_assert_max_num_queries(30):  # nine count the question, seven find whom to call and help pages
        response = client.get("/en/library/search/?q=interview", headers={"host": "public.test"})
    page = unescape(squeeze(response.content.decode()))
    assert "/en/library/i/rs/rs-sop/1/s/" in page
    assert "/closed/" not in page
    assert not response.cookies
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert client.get("/en/search/?q=interview", headers={"host": "public.test"}).status_code == 404
    readers = client.get("/ar/library/search/?q=interview", headers={"host": "public.test"})
    assert readers.status_code == 200 and 'dir="rtl"' in readers.content.decode()
    assert readers.headers["Cache-Control"] == "private, no-store"


def test_documents_are_listed_by_the_title_that_they_have_now(texts: dict[str, Edition]) -> None:
    """The title of the edition in force, not the first one nor that of the next draft."""
    Instrument.objects.filter(pk__in=[one.instrument_id for one in texts.values()]).update(
        title_mk="Како почна", title_sr="Како је почело", title_en="As it began"
    )
    owner = texts["mk"].instrument.owner
    coordinator = make_person(Role.COORDINATOR, owner)
    set_titles(coordinator, start_revision(coordinator, texts["mk"]), {"mk": "Како ќе биде"})
    drain()
    at_work = PageClient()
    at_work.force_login(coordinator)

    def listed(tag: str, query: str) -> set[str]:
        page = get(at_work, query, tag)
        section = re.search(r'aria-labelledby="fac-in".*?</section>', page, re.DOTALL)
        return set(re.findall(r"<span lang=\"[a-zA-Z-]+\">(.*?)</span>", section[0] if section else ""))

    everything = "q=razgovor разговор&status=all"
    assert listed("en", everything) == {"Title mk", "Title en"}
    assert listed("sr-latn", everything) == {"Title mk", "Title sr"}


def test_the_feed_that_the_office_offers_needs_no_session(office: Client) -> None:
    page = get(office, "q=interview&country=rs", "sq")
    [address] = re.findall(r'href="(http[^"]+feed\.atom[^"]*)"', page)
    assert address == "http://public.test/sq/library/search/feed.atom?q=interview&country=rs"
    feed = PageClient().get(address.removeprefix("http://public.test"), headers={"host": "public.test"})
    assert feed.status_code == 200 and "First interview" in feed.content.decode()
    assert "feed readers cannot sign in" in get(office, "q=interview")
    public = (
        PageClient().get("/en/library/search/?q=interview", headers={"host": "public.test"}).content.decode()
    )
    assert "feed.atom" in public and "feed readers cannot sign in" not in public


def test_nobody_searches_in_the_office_without_signing_in() -> None:
    response = PageClient().get("/en/search/?q=interview")
    assert response.status_code == 302
    assert "/sign-in/" in response.headers["Location"]


def test_marks_stand_where_the_words_are_and_never_make_markup(
    office: Client, texts: dict[str, Edition]
) -> None:
    whole = "Први разговор. Разговор са жртвом."
    with translation.override("sr-latn"):
        found = spans(Searched("zrtva"), "sr", whole)("са жртвом & <b>жртва</b>")
    assert [("са жртвом & <b>жртва</b>")[start:end] for start, end in found] == ["жртвом", "жртва"]
    address = f"/en/i/rs/rs-sop/1/s/{UIDS[1]}/?q=" + quote('interview "><script>alert(1)</script>')
    page = squeeze(office.get(address).content.decode())
    assert "<script>alert" not in page
    assert "<mark>interview</mark>" in page
    assert "Remove highlighting" in page
    assert "<mark>" not in office.get(f"/en/i/rs/rs-sop/1/s/{UIDS[1]}/").content.decode()


def test_an_elasticsearch_that_is_stopped_is_said_in_words_and_nothing_is_lost(
    office: Client, settings: Any, texts: dict[str, Edition]
) -> None:
    index = settings.KODEKS_SEARCH
    settings.KODEKS_SEARCH = {"engine": "elasticsearch", "url": "http://127.0.0.1:9", "index": "nowhere"}
    assert "Search is not working at the moment" in plain(get(office, "q=interview"))
    OutboxRow.objects.create(edition=texts["rs"].pk)
    with pytest.raises(EngineError):
        drain()
    assert Follower()() == 0
    assert OutboxRow.objects.exists()
    with pytest.raises(CommandError):
        call_command("search_status", stdout=StringIO())
    settings.KODEKS_SEARCH = index
    assert drain() == 1
    assert "First interview" in plain(get(office, "q=interview"))


def test_the_operators_commands(texts: dict[str, Edition]) -> None:
    def run(name: str, *arguments: str, **options: Any) -> str:
        out = StringIO()
        call_command(name, *arguments, stdout=out, **options)
        return out.getvalue()

    assert "12 texts" not in run("rebuild_index", if_needed=True)
    assert "Search index: 12 texts" in run("rebuild_index")
    status = run("search_status")
    assert "tantivy: answers" in status
    assert "kept back      nothing" in status
    row = OutboxRow.objects.create(edition=texts["draft"].pk, at=timezone.now() - timedelta(minutes=4))
    assert "late" not in run("search_status")
    OutboxRow.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(minutes=6))
    with pytest.raises(CommandError):
        run("search_status")
    assert "No difference." in run("reconcile", dry_run=True)
    engine().delete([name for name, _print in engine().fingerprints()][:1])
    with pytest.raises(CommandError):
        run("reconcile", dry_run=True)
    assert "Mended." in run("reconcile")


def test_across_languages(office: Client) -> None:
    """What is typed in one language finds texts of another where that is asked for, and says so."""
    typed = "/en/search/?q=първата"  # no word of any language here
    assert "across=1" not in office.get(typed).content.decode(), "it was looked there, and in vain"
    assert "across=1" in office.get(f"{typed}&exact=1").content.decode(), "offered to who wants it as typed"
    typed = "/sq/search/?q=viktima"
    assert not office.get(f"{typed}&exact=1").context["total"]
    # Where few have the words as they are typed, it looks by itself, says so, and can be told not to.
    by_itself = office.get(typed)
    assert by_itself.context["total"]
    said = plain(by_itself.content.decode())
    assert "Përkthyer për tekste në gjuhë të tjera:" in said and "(fjalorth)" in said
    assert by_itself.context["typed_only_url"] == "?q=viktima&across=0"
    assert not office.get(f"{typed}&across=0").context["total"]
    assert "across=1" in by_itself.context["groups"][0].sections[0].url
    answer = office.get(f"{typed}&across=1")
    assert answer.context["total"]
    assert all(section.foreign for group in answer.context["groups"] for section in group.sections)
    assert any(
        part.marked
        for group in answer.context["groups"]
        for section in group.sections
        for parts in (section.heading, *section.snippets)
        for part in parts
    )
    # What is left out is left out in the other languages too.
    for query, there in (("q=-child", True), ("q=-child&across=1", False)):
        assert ("Разговор са дететом" in plain(get(office, query))) == there
    # What is opened has the words marked, in translation, and leads back to the same search.
    first = answer.context["groups"][0].sections[0]
    opened = unescape(office.get(first.url).content.decode())
    assert "<mark>" in re.search(r"<article.*?</article>", opened, re.DOTALL)[0]  # type: ignore[index]
    assert "?q=viktima&across=1" in opened
