"""The search page: what it says, which addresses it gives, and what it does with what nobody types."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client

from documents.models import Edition
from people.roles import Role
from public.demo.hotlines import load_hotlines
from search.api import feed
from search.outbox import drain
from search.pages import views
from search.pages.limits import first_words
from search.pages.params import LONGEST, clean, parse_params
from search.pages.spelling_suggestions import Unknown, apply_correction
from tests.support.factories import make_country, make_in_force, make_person, make_tree
from tests.support.html import PageClient
from tests.support.search.library import UIDS, get, office, plain, texts, texts_once

__all__ = ["office", "texts", "texts_once"]

pytestmark = pytest.mark.django_db


TYPED = [
    ("sr-cyrl", "zrtva", 0, "жртвама"),
    ("sr-latn", "prvi razgovor", 1, "Razgovor"),
    ("sr-cyrl", "први разговор", 1, "Разговор"),
    ("sr-latn", "žrtve trgovine ljudima", 0, "žrtvama"),
    ("sr-cyrl", "rok 24 sata", 1, "24"),
    ("mk", "прв разговор", 1, "Разговорот"),
    ("mk", "razgovor so zrtva", 1, "Разговорот"),
    ("en", "interviews", 1, "interview"),
    ("en", '"social worker"', 1, "worker"),
]


def test_words_typed_as_spoken_find_the_section_and_are_marked(office: Client) -> None:
    for tag, words, section, marked in TYPED:
        page = get(office, f"q={quote(words)}", tag)
        having = [
            hit
            for hit in re.findall(r"<article.*?</article>", page, re.DOTALL)
            if f"<mark>{marked}</mark>" in hit
        ]
        assert having, (words, plain(page))
        assert f"/s/{UIDS[section]}/" in having[0], words
        link = re.search(r'<h4><a href="([^"]+)"', having[0])
        assert link, words
        opened = unescape(office.get(link[1]).content.decode())
        assert "<mark>" in re.search(r"<article.*?</article>", opened, re.DOTALL)[0], words  # type: ignore[index]


def test_a_serbian_page_in_latin_shows_the_text_in_latin(office: Client) -> None:
    page = get(office, "q=zrtva&country=rs", "sr-latn")
    assert "Opšta pravila" in plain(page)
    assert "Општа" not in page


def test_results_stand_by_document_with_state_place_and_languages(office: Client) -> None:
    page = get(office, "q=interview&exact=1")
    assert "1 result in 1 document" in plain(page)
    assert "1 General rules" in plain(page), "the chapter that the section stands in"
    assert "also in: Српски" in plain(page)
    assert 'aria-label="Numbers to call"' in page and 'href="tel:' in page
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
    drafter = PageClient()
    drafter.force_login(make_person(Role.DRAFTER, texts["draft"].instrument.owner))
    page = get(drafter, "q=транзит", "mk")
    assert "/i/mk/mk-nrm/" not in page
    assert re.search(r'status=in_force&status=draft"|status=draft', page)
    assert "/i/mk/mk-nrm/" in get(drafter, "q=транзит&status=all", "mk")
    only = get(drafter, "q=транзит&status=draft", "mk")
    assert "/i/mk/mk-nrm/" in only
    assert "/i/mk/mk-sop/1/s/" not in only
    elsewhere = get(drafter, "q=транзит&in=mk/mk-nrm")
    assert "result in other editions, such as superseded ones or drafts." in plain(elsewhere)


def test_where_nothing_has_all_the_words_it_says_so_and_shows_some(office: Client) -> None:
    page = get(office, "q=interview+xyzzyx")
    assert "No text contains all these words. These texts contain some of them." in plain(page)
    assert "First interview" in plain(page)


def test_what_has_one_of_two_words_is_not_shown_where_something_has_both(office: Client) -> None:
    page = plain(get(office, "q=razgovor+socijalni", "sr-latn"))
    assert "Razgovor sa žrtvom vodi socijalni radnik" in page and "Razgovor sa detetom" not in page
    assert "Razgovor sa detetom" in plain(get(office, "q=razgovor+xyzzyx", "sr-latn"))
    for insisting in ('q="socijalni"+razgovor', "q=razgovor+socijalni&sort=newest"):
        assert "Razgovor sa detetom" not in plain(get(office, insisting, "sr-latn"))


def test_the_readers_country_comes_first_and_others_are_folded(office: Client) -> None:
    page = get(office, "q=razgovor+zrtva", "sr-latn")
    before, _, after = page.partition('<details class="abroad"')
    assert "In North Macedonia" in plain(get(office, "q=razgovor+zrtva"))
    assert "/i/mk/mk-sop/" in before and "/i/rs/" not in before.partition('id="home"')[2]
    assert "/i/rs/rs-sop/" in after and not after.startswith(" open")
    only_abroad = get(office, "q=social+worker")
    assert '<details class="abroad" id="abroad" open>' in only_abroad
    assert "No results in North Macedonia. Results in other countries follow." in plain(only_abroad)
    chosen = get(office, "q=razgovor&country=rs", "sr-latn")
    assert "abroad" not in chosen.partition("<main")[2]
    all_abroad = get(office, "q=razgovor&abroad=1")
    assert "/i/rs/rs-sop/" in all_abroad and "/i/mk/" not in all_abroad.partition('id="filters"')[0]


def test_a_section_found_in_another_language_is_shown_in_the_readers(office: Client) -> None:
    page = get(office, "q=стручњак", "en")
    assert "An expert speaks with the child." in plain(page)
    assert "found in the text in: Српски" in plain(page)


def test_what_people_say_finds_what_the_text_says(office: Client) -> None:
    page = get(office, "q=minor+conversation")
    assert "<mark>child</mark>" in page
    assert re.search(r"Words with a similar meaning:( [^,]+,){5} [^,]+ and \d+ more\.", plain(page))
    assert "No results for" not in page, "both were understood"
    both = plain(get(office, "q=social+worker+interview+zxqwer+zxqwes"))
    assert both.count("No results for") == 1 and "No results for zxqwer, zxqwes." in both
    assert "<article" not in get(office, "q=minor+conversation&exact=1")


def test_where_nothing_is_found_there_are_numbers_to_call(office: Client) -> None:
    """The emergency numbers of the reader's country, as the help pages have them; of no country none."""
    for code in ("al", "ba", "me", "xk"):
        make_country(code)
    load_hotlines()
    page = get(office, "q=qwertzuiop")
    assert 'href="tel:112"' in page and "Police, North Macedonia" in plain(page)
    assert "<article" not in page
    reader = PageClient(headers={"host": "public.test"})
    for country, here in (("rs", {"192", "194"}), ("", {"112", "122", "129", "192"})):
        page = reader.get(f"/en/library/search/?q=qwertzuiop&home={country}").content.decode()
        assert set(re.findall(r"tel:(1\d\d)\"", page)) == here, country
        assert page.index("tel:") < page.index("No results")


def test_by_date_what_only_begins_like_the_words_does_not_stand_before_what_has_them(office: Client) -> None:
    tree = make_tree("en", "New", [(1, "International treaties", "Which hold.")])
    make_in_force(slug="new", languages=("en",), tree=tree, valid_from=date(2026, 1, 1))
    drain()
    said = "When sorted by date, results include only texts with your words in some form"
    best = get(office, "q=interview")
    assert "First " in best and "treaties" not in best, "it begins alike, and is another word"
    assert said not in plain(best)
    newest = get(office, "q=interview&sort=newest")
    assert "First " in newest
    assert "treaties" not in newest
    assert said in plain(newest)
    # Where nothing has the words themselves, what begins like them is better than nothing.
    only_alike = get(office, "q=intern&sort=newest")
    assert "treaties" in only_alike
    assert said not in plain(only_alike)
    feed = office.get("/en/search/feed.atom?q=interview").content.decode()
    assert "First interview" in feed
    assert "treaties" not in feed
    assert "treaties" not in office.get("/en/search/feed.atom?q=intern").content.decode()


def test_where_nothing_is_found_it_says_what_was_understood_and_what_to_try(office: Client) -> None:
    page = plain(get(office, 'q=-interview+"xyzzyx+qqqq"&country=rs'))
    for said in (
        "Exact phrase: xyzzyx qqqq",
        "Without: interview",
        "Remove the quotation marks",
        "without filters",
    ):
        assert said in page


def test_where_nothing_is_found_only_what_could_find_more_is_offered(office: Client) -> None:
    nothing = plain(get(office, "q=qwertzuiop+asdfghjkl"))
    assert "No results" in nothing
    assert "exact phrase" not in nothing and "Search all editions without filters" not in nothing
    assert "Search all editions without filters" in plain(get(office, "q=qwertzuiop&country=rs"))


def test_where_nothing_was_in_force_on_a_day_another_day_can_be_asked_for(office: Client) -> None:
    page = get(office, "q=interview&on=1990-01-01")
    assert "No results" in page
    assert re.search(r'<input id="on" [^>]* value="01.01.1990">', page)
    assert '<input type="hidden" name="q" value="interview">' in page
    assert "Filters (1)" in plain(page), "the day counts as a choice"


def test_what_was_searched_for_is_said_in_words(office: Client) -> None:
    page = plain(get(office, "q=the+interviews"))
    assert "How this was searched" in page
    assert "Results in any word form and script for: interviews." in page
    assert "Ignored because they are too common: the." in page
    assert re.search(r"Also found as: [^.]*\binterview\b", page)
    assert "Also found as" not in plain(get(office, "q=%22first+interview%22")), (
        "as it was typed, in a phrase"
    )
    relative = get(office, "q=intern&exact=1")
    assert "<mark>interview</mark>" in relative
    assert "Also found as" not in plain(relative), "what only begins like a word is no form of it"


def test_what_was_meant_stands_in_the_place_of_that_word_alone(office: Client) -> None:
    """And not in the middle of another that begins so."""
    page = get(office, "q=intervie+interviews&exact=1")
    assert 'href="?q=interview+interviews&exact=1"' in page
    typed = Unknown("intervie", "interview")
    assert (
        apply_correction('"intervie x" -intervie intervie intervies', typed)
        == '"intervie x" -intervie interview intervies'
    )


UNTYPED = [
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
]


def test_what_nobody_types_breaks_nothing(office: Client) -> None:
    for query in UNTYPED:
        response = office.get(f"/en/search/?{query}")
        assert response.status_code == 200, query[:99]
        assert b"<d>" not in response.content, query[:99]


def test_a_query_is_cut_where_it_is_too_long_and_that_is_said(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    twelve = "the shelter police of child worker passport border court lawyer doctor school money bank and"
    assert first_words(f"{twelve} house", "en") == twelve
    assert "first 12 main words" in plain(get(office, "q=" + "interview+" * 13))
    assert "main words" not in plain(get(office, "q=" + "interview+" * 12))
    monkeypatch.setattr(views, "PAGES", 0)
    monkeypatch.setattr(views, "SUGGESTIONS", 0)
    monkeypatch.setattr(feed, "PAGES", 0)
    public = PageClient(headers={"host": "public.test"}, REMOTE_ADDR="203.0.113.77")
    for rest in ("", "suggest/", "feed.atom"):
        answer = public.get(f"/en/library/search/{rest}", {"q": "interview"})
        assert answer.status_code == 429 and (rest == "suggest/" or b"Too many searches" in answer.content)
    assert office.get("/en/search/", {"q": "interview"}).status_code == 200
    assert "We used only the first 300 characters" in plain(get(office, "q=" + "interview+" * 100))
    assert len(parse_params(QueryDict("q=" + "a" * 5_000)).words) == LONGEST
    assert clean("a\x00b\u200b c\n\n d") == "a b c d"


def test_what_parts_no_word_in_a_text_parts_none_in_a_query() -> None:
    """A soft hyphen comes with what is copied out of Word; a Persian word may have a joiner inside."""
    assert clean("traf\u00adikimi \u2060žrtva") == "trafikimi žrtva"
    assert clean("می\u200cخواهم \u200cکمک\u200d \u200c") == "می\u200cخواهم کمک"


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
        asked = parse_params(QueryDict(address[1:]))
        assert asked.address() == address
        assert parse_params(QueryDict(asked.address(page=3)[1:])).page == 3
        assert parse_params(QueryDict(asked.address(page=3)[1:])).address() == address
