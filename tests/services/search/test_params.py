"""Slips that are forgiven, suggestions, the day on which a text was in force, sorting: on both engines."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import gettext, override

import audit
from documents.choices import Classification
from documents.models import Edition
from people.roles import Role
from search.engines.base import FacetCount
from search.engines.vocabulary import beginning_with, in_script_of, key_of, known, like, nearest
from search.outbox import drain, enqueue
from tests.support.factories import make_in_force, make_institution, make_person, make_tree
from tests.support.html import PageClient
from tests.support.search.leaks import site_engine as site_engine

__all__ = ["site_engine"]

LANGUAGES = ("sr", "en", "sq", "mk")


@pytest.mark.parametrize(
    ("word", "family", "key"),
    [
        ("Žrtvama", "hbs", "zrtvama"),
        ("жртвама", "hbs", "zrtvama"),
        ("ЖРТВИТЕ", "mk", "zrtvite"),
        ("fëmijëve", "sq", "femijeve"),
        ("42", "en", ""),
        ("an", "en", ""),
        ("x" * 99, "en", ""),
    ],
)
def test_a_word_has_one_key_in_either_script(word: str, family: str, key: str) -> None:
    assert key_of(word, family) == key


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("zrtvma", "žrtvama"),  # a letter left out
        ("žrttvama", "žrtvama"),  # one too many
        ("zrtvaka", "žrtvama"),  # another one
        ("жртавма", "жртвама"),  # two that changed places
        ("idnetifikcija", "identifikacija"),  # two slips in a long word
        ("vicitm", "victim"),
        (
            "zrtvm",
            "žrtvom",
        ),  # of the forms of a word the one with all the letters, though fewer texts have it
        ("zrtvama", None),  # nothing is wrong with it
        ("kljuc", None),
        ("abc", None),
        ("izvestava", None),  # and no word of another family in another script
    ],
)
def test_what_was_meant_is_among_what_the_pattern_lets_through_and_is_chosen(
    typed: str, meant: str | None
) -> None:
    values = {
        "hbs zrtvama žrtvama": 8,
        "hbs zrtve žrtve": 9,
        "hbs zrtvom žrtvom": 7,
        "hbs zrtvovan žrtvovan": 1,
        "hbs zrtvum žrtvum": 2,
        "hbs identifikacija identifikacija": 1,
        "en victim victim": 1,
        "mk izvestuva известува": 1,
    }
    pattern = re.compile(like(typed, LANGUAGES) or r"\Z.")
    let_through = known(
        FacetCount(value, count) for value, count in values.items() if pattern.fullmatch(value)
    )
    found = nearest(typed, let_through, LANGUAGES, lambda word: word.shown.rstrip("amoe"))
    assert (in_script_of(typed, found) if found else None) == meant


def test_a_pattern_is_short_whatever_is_typed() -> None:
    for typed in ("a" * 300, "multidisciplinarnost", "(.*)|[a-z]*", "žđ", "", "ж" * 24):
        assert len(like(typed, LANGUAGES)) < 400
        assert len(beginning_with(typed, LANGUAGES)) < 400
        assert "(.*)|" not in like(typed, LANGUAGES)


def fetch(client: Client, query: str, tag: str = "en") -> str:
    response = client.get(f"/{tag}/search/?{query}")
    assert response.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", unescape(response.content.decode()))


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


def suggested(client: Client, typed: str, tag: str = "en", more: str = "") -> list[str]:
    """The sections and documents that are suggested."""
    groups = client.get(f"/{tag}/search/suggest/?q={quote(typed)}{more}").json()["groups"]
    names = [
        gettext("Sections"),
        gettext("Documents"),
        gettext("Terms"),
        gettext("Questions that others asked"),
    ]
    with override(tag):
        kinds = [gettext(name) for name in names]
    assert [group["name"] for group in groups] == [one for one in kinds if one in {g["name"] for g in groups}]
    return [item["text"] for group in groups if group["name"] in kinds[:2] for item in group["items"]]


@pytest.fixture
def office(db: None) -> Client:
    client = PageClient()
    client.force_login(make_person(Role.PRACTITIONER))
    return client


def make_open(slug: str = "open", **fields: Any) -> Edition:
    tree = make_tree(
        "en", "Procedures", [(1, "Identification of victims", "The social worker calls the shelter.")]
    )
    return make_in_force(slug=slug, languages=("en",), tree=tree, **fields)


def test_a_word_that_only_the_filters_leave_out_is_no_slip(site_engine: str, office: Client) -> None:
    for slug, year, heading in (
        ("newer", 2026, "Which camera records"),
        ("older", 2025, "The office, a cameo"),
    ):
        tree = make_tree("en", slug, [(1, heading, "Text.")])
        make_in_force(slug=slug, languages=("en",), tree=tree, valid_from=date(year, 1, 1))
    drain()
    page = plain(fetch(office, "q=camera&year=2025"))
    assert "Showing results for" not in page
    assert "Did you mean" not in page
    assert "No results for camera. These texts contain similar words" in page
    assert "Showing results for office." in plain(fetch(office, "q=ofice&year=2025"))


def test_a_slip_is_forgiven_and_said_and_can_be_insisted_on(site_engine: str, office: Client) -> None:
    make_open()
    drain()
    page = fetch(office, "q=sociel+wroker")
    assert "No results for what you typed. Showing results for social worker." in plain(page)
    assert "1 result in 1 document" in plain(page)
    assert 'value="sociel wroker"' in page, "the field keeps what was typed"
    assert re.search(r"/s/[0-9a-f-]+/\?q=social(\+|%20)worker", page), "what is opened marks the words found"
    exact = re.search(r'href="(\?q=sociel\+wroker&exact=1)"', page)
    assert exact
    insisted = fetch(office, exact[1][1:])
    assert "Showing results for" not in insisted
    assert "No text contains all these words. These texts contain some of them." in plain(insisted)
    nothing = plain(fetch(office, "q=wroker&exact=1"))
    assert "No results" in nothing
    assert "Search in the other languages too" in nothing
    vain = plain(fetch(office, "q=qqqqqqqq"))
    assert "No results" in vain
    assert "Search in the other languages too" not in vain, "it was looked there already"
    assert "Showing results" not in fetch(office, "q=social"), "nothing to forgive"
    assert "Showing results" not in fetch(office, "q=-sociel+qqqqqqqq")


def test_a_right_word_that_no_text_has_is_no_slip_of_another(site_engine: str, office: Client) -> None:
    """*Leje* is a permit and never means *bëj*, to do."""
    tree = make_tree("sq", "Procedurat", [(1, "Kërkesa për qëndrimin", "Viktima bëjë kërkesën.")])
    make_in_force(slug="open", languages=("sq",), tree=tree)
    drain()
    assert "<mark>bëjë</mark>" not in fetch(office, "q=leje+qëndrimi", "sq")


def test_co_ordinators_are_coordinators(site_engine: str, office: Client) -> None:
    for slug, heading in (("one", "The co-ordinator calls"), ("two", "Coordinators decide")):
        make_in_force(slug=slug, languages=("en",), tree=make_tree("en", slug, [(1, heading, "Text.")]))
    drain()
    for typed in ("co-ordinator", "coordinators", "Co-Ordinators"):
        page = fetch(office, f"q={typed}")
        assert "<mark>co-ordinator</mark>" in page and "<mark>Coordinators</mark>" in page, typed
    headings = ["1 The co-ordinator calls", "1 Coordinators decide"]
    assert sorted(suggested(office, "coord")) == sorted(suggested(office, "co-ord")) == sorted(headings)
    assert "Showing results for coordinators." in plain(fetch(office, "q=co-ordinatros&sort=newest"))


def test_what_only_begins_like_a_word_is_no_find(site_engine: str, office: Client) -> None:
    """A slip behind the fourth letter: others begin so, but nobody meant them."""
    make_open()
    drain()
    page = plain(fetch(office, "q=identificatoin"))
    assert "Showing results for identification" in page
    # Not where the words were asked for exactly.
    assert "Showing results for" not in plain(fetch(office, "q=identificatoin&exact=1"))
    assert "Showing results for" not in plain(fetch(office, "q=identify"))
    # Words that say nothing beside it are no finds.
    assert "Showing results for the identification with." in plain(fetch(office, "q=the+identificatoin+with"))
    assert "Showing results for" not in plain(fetch(office, "q=shelter+the+identificatoin"))


def test_neither_suggested_nor_put_right_from_what_one_may_not_read(site_engine: str, office: Client) -> None:
    """Same answers whether the closed text is there or not: even its nearer word changes nothing."""
    make_open()
    drain()
    slips = ("q=sheltr", "q=helter", "q=kestrelbank", "q=shelterx")
    before = [fetch(office, query) for query in slips]
    begun = [suggested(office, typed) for typed in ("ide", "kes", "she", "vi")]
    closed = make_in_force(
        slug="closed",
        classification=Classification.TLP_AMBER_STRICT,
        owner=make_institution("rs-coordinator"),
        languages=("en",),
        tree=make_tree("en", "Kestrel", [(1, "Kestrelbank videotape", "Sheltrs. Kestrelbanks, identikit.")]),
    )
    drain()
    assert [fetch(office, query) for query in slips] == before
    assert [suggested(office, typed) for typed in ("ide", "kes", "she", "vi")] == begun
    owner = PageClient()
    owner.force_login(make_person(Role.COORDINATOR, closed.instrument.owner))
    assert "Showing results for kestrelbank" in plain(fetch(owner, "q=kesterlbnak"))
    assert suggested(owner, "kes") == ["1 Kestrelbank videotape"]


def test_words_and_headings_are_suggested_in_the_letters_typed(site_engine: str, office: Client) -> None:
    make_open()
    tree = make_tree("sr", "Процедуре", [(1, "Први разговор са жртвом", "Текст.")])
    make_in_force(slug="sr", owner=make_institution("rs-coordinator"), languages=("sr",), tree=tree)
    drain()
    assert suggested(office, "ident") == ["1 Identification of victims"]
    assert suggested(office, "victims ident") == ["1 Identification of victims"]
    assert suggested(office, "разг", "sr-cyrl") == ["1 Први разговор са жртвом"]
    assert suggested(office, "razg", "sr-latn") == ["1 Prvi razgovor sa žrtvom"]
    assert suggested(office, "titl") == ["Title en", "Title sr"], "documents"
    # The reader's country first, then the language of the page.
    tree = make_tree("sq", "Procedurat", [(1, "Identifikimi", "Tekst.")])
    make_in_force(slug="sq", owner=make_institution("al-interior"), languages=("sq",), tree=tree)
    tree = make_tree("mk", "Постапки", [(1, "Идентификација на жртви", "Текст.")])
    make_in_force(slug="mk", languages=("mk",), tree=tree)
    drain()
    assert suggested(office, "ident")[:2] == ["1 Identification of victims", "1 Идентификација на жртви"]
    assert suggested(office, "ident", "sq")[-1] == "1 Identifikimi"
    assert suggested(office, "ident", "mk")[0] == "1 Идентификација на жртви"
    assert suggested(office, "ident ") == suggested(office, "ident"), "a space behind it is no word"
    assert suggested(office, "ident", more="&country=rs") == []
    for typed in ("", "i", '"', "42", "(a|b)*", "\x00", "qqqq", "x" * 5000):
        assert suggested(office, typed) == []


def test_only_headings_that_have_the_word_are_suggested(site_engine: str, office: Client) -> None:
    parts = [
        (1, "General provisions", "The interviews."),
        (1, "First interview", "The interview."),
        (1, "Scope", "An interview."),
    ]
    make_in_force(slug="headings", languages=("en",), tree=make_tree("en", "Procedures", parts))
    drain()
    assert suggested(office, "interv") == ["2 First interview"]
    groups = office.get("/en/search/suggest/?q=interv").json()["groups"]
    [section] = groups[0]["items"]
    assert section["detail"] == "Title en" and section["lang"] == "en"
    assert office.get(section["url"]).status_code == 200, "opened at once"


def test_suggestions_on_the_public_host_are_of_public_texts(search_index: object, db: None) -> None:
    make_open(classification=Classification.OFFICIAL)
    drain()
    response = PageClient().get("/en/library/search/suggest/?q=ident", headers={"host": "public.test"})
    assert all(group["name"] == "Terms" for group in response.json()["groups"])
    assert response.headers["Cache-Control"] == "private, no-store"
    assert PageClient().get("/en/search/suggest/?q=ident").status_code == 302


def test_what_was_in_force_on_a_day(site_engine: str, office: Client) -> None:
    edition = make_open(valid_from=date(2024, 3, 1))
    with transaction.atomic():
        audit.record("supersede", edition)
    Edition.objects.filter(pk=edition.pk).update(valid_until=date(2025, 3, 1), state="superseded")
    make_open(slug="later", valid_from=date(2025, 6, 1))
    enqueue(edition.pk)
    drain()
    for day, found in (
        ("2024-02-29", []),
        ("2024-03-01", ["open"]),
        ("2025-02-28", ["open"]),
        ("2025-03-01", []),
        ("2025-06-01", ["later"]),
    ):
        page = fetch(office, f"q=shelter&on={day}")
        assert [slug for slug in ("open", "later") if f"/i/mk/{slug}/" in page] == found, day
    page = fetch(office, "q=shelter&on=2024-05-05")
    assert "In force on 5 May 2024" in plain(page)
    assert 'value="05.05.2024"' in page and 'value="05.05.2024"' in fetch(office, "q=shelter&on=5.5.2024")
    for wrong in ("2024-02-30", "yesterday", "20240505", "٢٠٢٤-٠١-٠١", "<b>"):
        assert "is not a date" in fetch(office, f"q=shelter&on={quote(wrong)}")


def test_newest_and_oldest_first(site_engine: str, office: Client) -> None:
    for year in (2024, 2026, 2025):
        make_open(slug=f"y{year}", valid_from=date(year, 1, 1))
    drain()

    def order(sort: str) -> list[str]:
        page = fetch(office, f"q=shelter&sort={sort}")
        return re.findall(r'<h3 id="g-\d+"><a href="/en/i/mk/y(\d+)/', page)

    assert order("newest") == ["2026", "2025", "2024"]
    assert order("oldest") == ["2024", "2025", "2026"]
    page = fetch(office, "q=shelter&year=2025")
    assert "1 result in 1 document" in plain(page)
    assert re.search(r'id="fac-year".*?2026.*?2025.*?2024', page, re.DOTALL)
    assert re.search(r'id="fac-institution".*?<span class="num">1</span>', page, re.DOTALL)
