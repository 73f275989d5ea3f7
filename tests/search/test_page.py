"""The search page: what it says, which addresses it gives, and what it does with what nobody types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.test import Client
from django.utils import translation

from documents.choices import Classification
from documents.models import Contact, Edition
from documents.reading.marks import Searched
from people.roles import Role
from search.engines import EngineError, IndexMissing
from search.marking import spans
from search.models import OutboxRow
from search.opening import engine
from search.outbox import drain
from search.outbox.worker import Follower
from search.pages.asking import LONGEST, asked_for, clean
from tests.factories import make_country, make_draft, make_in_force, make_institution, make_person, make_tree

pytestmark = pytest.mark.django_db

UIDS = [f"00000000-0000-4000-8000-{index:012d}" for index in range(4)]
SR = (
    (1, "Општа правила", "Поступање са жртвама трговине људима."),
    (2, "Први разговор", "Разговор са жртвом води социјални радник у року од 24 сата."),
    (2, "Деца", "Разговор са дететом води стручњак."),
)
EN = (
    (1, "General rules", "How victims are treated."),
    (2, "First interview", "A social worker holds the interview within 24 hours."),
    (2, "Children", "An expert speaks with the child."),
)
MK = (
    (1, "Општо", "Текст."),
    (2, "Прв разговор", "Разговорот со жртвата е насамо."),
    (1, "Транзит", "Транзитен центар."),
)


@pytest.fixture(autouse=True)
def texts(search_index: object) -> Iterator[dict[str, Edition]]:
    """Procedures of Serbia, in Serbian and English; of North Macedonia, in two editions; a draft."""
    make_country("rs", languages=["sr"], name_en="Serbia", name_sr="Србија")
    make_country("mk", name_en="North Macedonia", name_mk="Северна Македонија")
    serbian = make_in_force(
        slug="rs-sop",
        owner=make_institution("rs-coordinator"),
        languages=("sr", "en"),
        tree=make_tree("sr", "Процедуре", SR, UIDS),
        translations=[make_tree("en", "Procedures", EN, UIDS)],
    )
    macedonian = make_in_force(
        slug="mk-sop",
        languages=("mk",),
        tree=make_tree("mk", "Постапки", MK, UIDS),
        valid_from=date(2025, 1, 1),
    )
    draft = make_draft(slug="mk-nrm", languages=("mk",), tree=make_tree("mk", "Нацрт", MK, UIDS))
    Contact.objects.create(
        instrument=serbian.instrument,
        uid=UIDS[1],
        names={"sr": "Центар"},
        number="011",
        tel="011",
        checked=date(2026, 1, 1),
    )
    drain()
    yield {"rs": serbian, "mk": macedonian, "draft": draft}


@pytest.fixture
def office() -> Client:
    """A practitioner of North Macedonia."""
    client = Client()
    client.force_login(make_person(Role.PRACTITIONER))
    return client


def get(client: Client, query: str, tag: str = "en") -> str:
    response = client.get(f"/{tag}/search/?{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


@pytest.mark.parametrize(
    ("tag", "words", "section", "marked"),
    [
        ("sr-cyrl", "zrtva", 0, "жртвама"),
        ("sr-latn", "prvi razgovor", 1, "Razgovor"),
        ("sr-cyrl", "први разговор", 1, "Разговор"),
        ("sr-latn", "žrtve trgovine ljudima", 0, "žrtvama"),
        ("sr-cyrl", "rok 24 sata", 1, "24"),
        ("mk", "прв разговор", 1, "Разговорот"),
        ("en", "interviews", 1, "interview"),
        ("en", '"social worker"', 1, "worker"),
    ],
)
def test_words_typed_as_spoken_find_the_section_and_are_marked(
    office: Client, tag: str, words: str, section: int, marked: str
) -> None:
    page = get(office, f"q={quote(words)}", tag)
    first = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert first, plain(page)
    assert f"/s/{UIDS[section]}/" in first[0]
    assert f"<mark>{marked}</mark>" in first[0]
    link = re.search(r'<h4><a href="([^"]+)"', first[0])
    assert link
    opened = unescape(office.get(link[1]).content.decode())
    assert "<mark>" in re.search(r"<article.*?</article>", opened, re.DOTALL)[0]  # type: ignore[index]


def test_a_serbian_page_in_latin_shows_the_text_in_latin(office: Client) -> None:
    page = get(office, "q=zrtva&country=rs", "sr-latn")
    assert "Opšta pravila" in plain(page)
    assert "Општа" not in page


def test_results_stand_by_document_with_state_place_and_languages(office: Client) -> None:
    page = get(office, "q=interview")
    assert "1 result in 1 document" in plain(page)
    assert "1 General rules" in plain(page), "the chapter that the section stands in"
    assert "also in: Српски" in plain(page)
    assert "1 number to call in this section" in plain(page)
    assert 'class="st st-force"' in page


def test_the_same_section_in_two_languages_is_shown_once(office: Client) -> None:
    page = get(office, "q=24", "en")
    assert page.count("<article") == 1
    assert "First interview" in plain(page), "in the language of the page where it is found in that"
    assert "Први разговор" in plain(get(office, "q=24", "sr-cyrl"))


def test_filters_are_links_with_counts_that_go_in_and_out(office: Client) -> None:
    page = get(office, "q=razgovor")
    link = re.search(r'href="(\?q=razgovor&country=rs)"[^>]*>.*?<span class="num">(\d+)</span>', page)
    assert link
    narrowed = get(office, link[1][1:])
    assert f"{link[2]} results in 1 document" in plain(narrowed)
    assert "Прв разговор" not in plain(narrowed)
    # The other countries keep their counts, and the chip takes the choice out again.
    assert re.search(r'country=rs&country=mk"[^>]*>.*?<span class="num">1</span>', narrowed)
    assert re.search(r'<ul class="chips".*?href="\?q=razgovor"', narrowed, re.DOTALL)


def test_what_is_in_force_comes_by_itself_and_other_states_by_choice(texts: dict[str, Edition]) -> None:
    drafter = Client()
    drafter.force_login(make_person(Role.DRAFTER, texts["draft"].instrument.owner))
    page = get(drafter, "q=транзит", "mk")
    assert "/i/mk/mk-nrm/" not in page
    assert re.search(r'status=in_force&status=draft"|status=draft', page)
    assert "/i/mk/mk-nrm/" in get(drafter, "q=транзит&status=all", "mk")
    only = get(drafter, "q=транзит&status=draft", "mk")
    assert "/i/mk/mk-nrm/" in only
    assert "/i/mk/mk-sop/1/s/" not in only
    elsewhere = get(drafter, "q=транзит&in=mk/mk-nrm")
    assert "result in editions in another state" in plain(elsewhere)


def test_where_nothing_has_all_the_words_it_says_so_and_shows_some(office: Client) -> None:
    page = get(office, "q=interview+xyzzyx")
    assert "No text has all of these words. These have some of them." in plain(page)
    assert "First interview" in plain(page)


def test_where_nothing_is_found_it_says_what_was_understood_and_what_to_try(office: Client) -> None:
    page = plain(get(office, 'q=-interview+"xyzzyx+qqqq"&country=rs'))
    for said in (
        "Side by side: xyzzyx qqqq",
        "Without: interview",
        "Leave out the quotation marks",
        "without any filter",
    ):
        assert said in page


def test_what_was_searched_for_is_said_in_words(office: Client) -> None:
    page = plain(get(office, "q=the+interviews"))
    assert "Searched in all forms, in both scripts, with and without diacritics: interviews." in page
    assert "Left out, because every text has them: the." in page
    assert "Found also as: interview." in page


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 10_000,
        "q=" + quote("жртва " * 2_000),
        "q=" + quote('"' * 999),
        "q=" + quote("-" * 999),
        "q=%00%01%1b%7f%c2%85",
        "q=%ed%a0%80%ff",
        "q=" + quote("\u202e\u200b\ufeff\u0301\u0301"),
        "q=the+and+of",
        "q=" + quote("ли на со и"),
        "q=" + quote('"unclosed phrase'),
        "q=-interview",
        "q=" + quote("a'b\"c<d>e&f{g}h%i\\j*k?l~m^n:o/p(q)r[s]!t"),
        "q=x&page=99999999999",
        "q=x&page=-1&sort=%00&status=%00&country=" + "x" * 999,
        "q=interview&page=400",
        "&".join(f"country={chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(500)),
        "q=interview&in=../../etc&in=%00",
        "status=all&country=mk",
    ],
)
def test_what_nobody_types_breaks_nothing(office: Client, query: str) -> None:
    response = office.get(f"/en/search/?{query}")
    assert response.status_code == 200
    assert b"<d>" not in response.content


def test_a_query_is_cut_where_it_is_too_long_and_that_is_said(office: Client) -> None:
    assert "only the first 300 characters were searched for" in plain(get(office, "q=" + "interview+" * 100))
    assert len(asked_for(QueryDict("q=" + "a" * 5_000)).words) == LONGEST
    assert clean("a\x00b\u200b c\n\n d") == "a b c d"


def test_an_address_says_all_of_a_search() -> None:
    for address in (
        "?q=a+b",
        "?q=a&status=all",
        "?q=a&status=draft&status=in_review",
        "?q=a&country=mk&country=rs&kind=sop&language=sq&topic=children&in=mk%2Fsop&sort=newest",
        "?q=a&institution=4&year=2025&sort=oldest",
        "?q=a&in=mk%2Fsop&on=2025-03-01&exact=1",
        "?q=a&status=superseded&on=2025-03-01",
    ):
        asked = asked_for(QueryDict(address[1:]))
        assert asked.address() == address
        assert asked_for(QueryDict(asked.address(page=3)[1:])).page == 3
        assert asked_for(QueryDict(asked.address(page=3)[1:])).address() == address


@pytest.mark.parametrize(
    ("error", "said"), [(EngineError, "does not answer"), (IndexMissing, "is being prepared")]
)
def test_an_engine_that_is_down_is_said_in_words(
    office: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception], said: str
) -> None:
    def down(query: object) -> None:
        raise error("connection refused")

    monkeypatch.setattr(engine(), "search", down)
    page = plain(get(office, "q=interview"))
    assert said in page
    assert "Nothing is lost" in page
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


QUERIES = 15
"""Session, person, their country, their rights (4), the deny list, editions, sections, their chapters, numbers to call,
countries, institutions, documents."""


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
    client = Client()
    with django_assert_max_num_queries(10):
        response = client.get("/en/library/search/?q=interview", headers={"host": "public.test"})
    page = unescape(response.content.decode())
    assert "/en/library/i/rs/rs-sop/1/s/" in page
    assert "/closed/" not in page
    assert not response.cookies
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert client.get("/en/search/?q=interview", headers={"host": "public.test"}).status_code == 404
    away = client.get("/ar/library/search/?q=interview", headers={"host": "public.test"})
    assert away.headers["Location"] == "/en/library/search/?q=interview&from=ar"


def test_nobody_searches_in_the_office_without_signing_in() -> None:
    response = Client().get("/en/search/?q=interview")
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
    page = office.get(address).content.decode()
    assert "<script>alert" not in page
    assert "<mark>interview</mark>" in page
    assert "Without marks" in page
    assert "<mark>" not in office.get(f"/en/i/rs/rs-sop/1/s/{UIDS[1]}/").content.decode()


def test_an_elasticsearch_that_is_stopped_is_said_in_words_and_nothing_is_lost(
    office: Client, settings: Any, texts: dict[str, Edition]
) -> None:
    index = settings.KODEKS_SEARCH
    settings.KODEKS_SEARCH = {"engine": "elasticsearch", "url": "http://127.0.0.1:9", "index": "nowhere"}
    assert "does not answer" in plain(get(office, "q=interview"))
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
    assert "No difference." in run("reconcile", dry_run=True)
    nobody = run("explain_search", "prvi razgovor", lang="sr-latn")
    assert "read as hbs" in nobody
    assert "rs/rs-sop/1 sr 1.1 [Први] [разговор]" in nobody
    drafter = make_person(Role.DRAFTER, texts["draft"].instrument.owner)
    assert "mk/mk-nrm/1" not in run("explain_search", "q=транзит&status=all")
    assert "mk/mk-nrm/1" in run("explain_search", "q=транзит&status=all", user=drafter.email)
    with pytest.raises(CommandError):
        run("explain_search", "x", user="nobody@test.example")
    engine().delete([name for name, _print in engine().fingerprints()][:1])
    with pytest.raises(CommandError):
        run("reconcile", dry_run=True)
    assert "Mended." in run("reconcile")


def test_across_languages(office: Client) -> None:
    """What is typed in one language finds texts of another where that is asked for, and says so."""
    typed = "/en/search/?q=първата"  # no word of any language here
    assert "across=1" in office.get(typed).content.decode(), "offered where nothing was found"
    typed = "/sq/search/?q=viktima"
    assert not office.get(f"{typed}&exact=1").context["total"]
    # Where nothing has the words as they are typed, it looks by itself, says so, and can be told not to.
    by_itself = office.get(typed)
    assert by_itself.context["total"]
    assert by_itself.context["across_url"] == "?q=viktima&exact=1"
    assert 'class="note answer"' in by_itself.content.decode()
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
    assert answer.context["across_url"] == "?q=viktima"
    # What is opened has the words marked, in translation, and leads back to the same search.
    first = answer.context["groups"][0].sections[0]
    opened = unescape(office.get(first.url).content.decode())
    assert "<mark>" in re.search(r"<article.*?</article>", opened, re.DOTALL)[0]  # type: ignore[index]
    assert "?q=viktima&across=1" in opened
