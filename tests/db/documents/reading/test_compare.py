"""The comparison page: what it shows, and to whom."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from documents.actions.start_revision import start_revision
from documents.choices import Classification
from documents.comparison import compare
from documents.display.links import compare_url, compared_file_url
from documents.editions.text_storage import store_translation, store_tree
from documents.models import Edition
from documents.pages.compare.cards import cards
from documents.pages.compare.page import compare_editions
from documents.text import Section, SectionText, SectionTree
from documents.word import open_package
from documents.word.resolve import resolve
from people.roles import Role
from tests.support.factories import make_in_force, make_institution, make_person, make_tree
from tests.support.html import squeeze

pytestmark = pytest.mark.django_db

ONE = (
    (1, "Општо", "Текстот е ист."),
    (1, "Рок", "Рокот е 24 часа од пријавата."),
    (1, "Образец", "Се пополнува образец."),
)
TWO = (
    (1, "Општо", "Текстот е ист."),
    (1, "Рок", "Рокот е 2 часа од пријавата."),
    (1, "Засолниште", "Прима во секое <b>време</b>."),
)
UIDS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(4)]
ONE_EN = (
    (1, "General", "The text is the same."),
    (1, "Limit", "Within 24 hours."),
    (1, "Form", "A form is filled."),
)


@pytest.fixture
def editions(settings):
    """Edition 1 in force; edition 2 a draft with a shorter limit, a removed section and a new one not yet
    translated."""
    first = make_in_force(
        languages=("mk", "en"),
        classification=Classification.OFFICIAL,
        tree=make_tree("mk", "Процедури", ONE, UIDS),
        translations=[make_tree("en", "Procedures", ONE_EN, UIDS)],
    )
    owner = first.instrument.owner
    draft = start_revision(make_person(Role.COORDINATOR, owner), first)
    store_tree(draft, make_tree("mk", "Процедури", TWO, [UIDS[0], UIDS[1], UIDS[3]]))
    store_translation(
        draft,
        make_tree(
            "en",
            "Procedures",
            ((1, "General", "The text is the same."), (1, "Limit", "Within 2 hours.")),
            UIDS,
        ),
    )
    return first, draft


@pytest.fixture
def drafter(editions):
    return make_person(Role.DRAFTER, editions[0].instrument.owner)


def address(editions, query="", language="mk"):
    first, draft = editions
    return compare_url(draft, first.number).replace("/en/", f"/{language}/") + query


def page(client, editions, query="?text=mk"):
    response = client.get(address(editions, query, "en"))
    assert response.status_code == 200
    return squeeze(response.content.decode())


def test_inline_shows_words_new_and_removed_sections(client, editions, drafter):
    client.force_login(drafter)
    html = page(client, editions)
    assert re.search(r"<del id=\"ch1\" data-change>24</del><ins>2</ins> часа", html)
    assert "3 of 4 sections change." in html
    assert "Before <bdi>24 часа</bdi>, now <bdi>2 часа</bdi>." in html
    assert "Removed section, 4 words." in html
    assert html.count("data-card") == 3
    assert "<b>време</b>" not in html
    assert "&lt;b&gt;време&lt;/b&gt;" in html
    assert "Текстот е ист" not in html, "what did not change is not shown"
    assert "style=" not in re.sub(r"stylesheet|style\.css", "", html)


def test_side_by_side_and_with_what_did_not_change(client, editions, drafter):
    client.force_login(drafter)
    html = page(client, editions, "?text=mk&view=side&all=1")
    assert 'Рокот е <del id="ch1" data-change>24</del> часа од пријавата.' in html
    assert "Рокот е <ins>2</ins> часа од пријавата." in html
    assert html.count('class="l void"') == 1 and html.count('class="r void"') == 1
    assert "Текстот е ист" in html


def test_the_order_of_the_address_does_not_turn_the_comparison_around(client, editions, drafter):
    client.force_login(drafter)
    first, draft = editions
    one = page(client, editions)
    other = squeeze(client.get(compare_url(first, draft.number) + "?text=mk").content.decode())
    assert re.findall(r"<del.*?</ins>", one) == re.findall(r"<del.*?</ins>", other)


def test_what_is_not_translated_is_said_and_not_shown_as_removed(client, editions, drafter):
    client.force_login(drafter)
    html = page(client, editions, "?text=en")
    assert "1 section is not translated into this language and is not shown here." in html
    assert ">24</del><ins>2</ins> hours" in html
    assert "Засолниште" not in html


def test_nobody_sees_a_comparison_with_an_edition_that_is_not_for_them(client, editions):
    owner = editions[0].instrument.owner
    practitioner = make_person(Role.PRACTITIONER, owner)
    stranger = make_person(Role.DRAFTER, make_institution("rs-police"))
    for person in (practitioner, stranger):
        client.force_login(person)
        response = client.get(address(editions))
        assert response.status_code == 404
        assert "24 часа" not in response.content.decode()
    client.logout()
    response = client.get(address(editions))
    assert response.status_code in (302, 404)
    assert "24 часа" not in response.content.decode()


def test_an_edition_is_not_compared_with_itself_or_with_none(client, editions, drafter):
    client.force_login(drafter)
    _, draft = editions
    assert client.get(compare_url(draft, draft.number)).status_code == 404
    assert client.get(compare_url(draft, 9)).status_code == 404
    assert client.post(address(editions)).status_code == 405


def test_the_page_asks_the_database_for_each_text_once(
    client, editions, drafter, django_assert_max_num_queries
):
    client.force_login(drafter)
    with django_assert_max_num_queries(30):
        page(client, editions)


def test_a_former_address_leads_to_the_present_one(client, editions, drafter):
    from documents.models import OldSlug

    client.force_login(drafter)
    first, _ = editions
    OldSlug.objects.create(country=first.instrument.country, slug="old-name", instrument=first.instrument)
    response = client.get(
        address(editions).replace(f"/{first.instrument.slug}/", "/old-name/") + "?view=side"
    )
    assert response.status_code == 301
    assert response["Location"] == address(editions, "?view=side")


def test_a_title_that_changed_is_marked(client, editions, drafter):
    client.force_login(drafter)
    assert "title-change" not in page(client, editions)
    _, second = editions
    Edition.objects.filter(pk=second.pk).update(title_mk=f"{second.title_mk} 2")
    drawn = page(client, editions)
    assert 'class="title-change">The title changes: <span lang="mk">' in drawn and "<ins> 2</ins>" in drawn


def test_serbian_in_two_scripts_is_one_text():
    first = make_in_force(
        slug="sr-sop",
        owner=make_institution("rs-coordinator"),
        languages=("sr",),
        tree=make_tree("sr", "Процедуре", ((1, "Рок", "Жртва се збрињава за 24 часа."),), UIDS),
        translations=[],
    )
    draft = start_revision(make_person(Role.COORDINATOR, first.instrument.owner), first)
    store_tree(draft, make_tree("sr", "Procedure", ((1, "Rok", "Žrtva se zbrinjava za 2 časa."),), UIDS))
    found = compare_editions(first, draft, "sr-latn")
    (change,) = found.comparison.shown
    assert (change.words_added, change.words_removed) == (1, 1), "only the limit"
    assert not change.retitled


def test_cards_for_other_rooms_can_be_asked_for_single_sections():
    old, new = make_tree("mk", "П", ONE, UIDS), make_tree("mk", "П", TWO, [UIDS[0], UIDS[1], UIDS[3]])
    comparison = compare(old, new)
    assert [card.title for card in cards(comparison, "mk")] == ["Рок", "Образец", "Засолниште"]
    (card,) = cards(comparison, "mk", only=frozenset({UIDS[1]}))
    assert card.say == "Before <bdi>24 часа</bdi>, now <bdi>2 часа</bdi>. 2 words changed."
    assert (card.first, card.last, card.lang, card.direction) == (1, 1, "mk", "ltr")


def test_words_of_the_text_stand_apart_in_what_a_card_says():
    """The full stop and the number behind an Arabic title were drawn inside it."""
    old = make_tree("ar", "ق", ((1, "الحماية <1>", "تمتد الحماية إلى الأسرة."),), UIDS)
    new = make_tree("ar", "ق", ((1, "حماية الأسرة", "تمتد الحماية إلى الأسرة."),), UIDS)
    (card,) = cards(compare(old, new), "ar")
    assert card.say.startswith("Previous title: <bdi>الحماية &lt;1&gt;</bdi>. ")
    html = squeeze(render_to_string("documents/parts/change_card.html", {"card": card}))
    assert '<p class="say">Previous title: <bdi>الحماية &lt;1&gt;</bdi>. 4 words changed.' in html


def test_the_word_file_with_tracked_changes(client, editions, drafter):
    first, draft = editions
    client.force_login(drafter)
    assert "Word, with tracked changes" in page(client, editions)
    url = compared_file_url(draft, first.number, text="mk")
    assert url in page(client, editions)
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    for accept, number, words in ((True, 2, "2 часа"), (False, 1, "24 часа")):
        resolved = open_package(resolve(open_package(response.content), accept=accept))
        text = "".join(str(part) for part in resolved.xml("word/document.xml").itertext())
        assert f"Рокот е {words} од пријавата." in text
        assert ("Образец" in text) is (number == 1)
        assert ("Засолниште" in text) is (number == 2)
    assert client.get(url).content == response.content


def test_the_same_comparison_as_json(client, editions, drafter):
    first, draft = editions
    url = compared_file_url(draft, first.number, "json", text="mk")
    assert client.get(url).status_code == 302, "a stranger is asked to sign in"
    client.force_login(make_person(Role.DRAFTER, make_institution("rs")))
    assert client.get(url).status_code == 404
    client.force_login(drafter)
    assert f'href="{url}"' in page(client, editions)
    response = client.get(url)
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith("attachment")
    data = response.json()
    assert (data["format"], data["language"]) == (1, "mk")
    assert {one["kind"] for one in data["sections"]} >= {"new", "removed"}


def test_the_word_file_is_for_those_who_may_read_both(client, editions, drafter):
    first, draft = editions
    url = compared_file_url(draft, first.number, text="mk")
    assert client.get(url).status_code == 302, "a stranger is asked to sign in"
    client.force_login(make_person(Role.DRAFTER, make_institution("rs")))
    assert client.get(url).status_code == 404
    client.force_login(drafter)
    assert (
        client.get(url.replace("/1.docx", "/2.docx").replace("/compare/2", "/compare/9")).status_code == 404
    )


def test_no_word_file_is_made_of_red(client):
    first = make_in_force(classification=Classification.TLP_RED, tree=make_tree("mk", "Процедури", ONE, UIDS))
    person = first.instrument.named_readers.get(pk=min(p.pk for p in first.instrument.named_readers.all()))
    draft = start_revision(person, first)
    client.force_login(person)
    response = client.get(compare_url(draft, first.number))
    assert response.status_code == 200
    assert "Word, with tracked changes" not in response.content.decode()
    for form in ("docx", "json"):
        assert client.get(compared_file_url(draft, first.number, form)).status_code == 404


def test_a_comparison_asks_the_database_as_often_for_many_sections_as_for_few(settings, client):
    counts = []
    for number in (3, 60):
        uids = [f"00000000-0000-4000-8000-{n:012d}" for n in range(number)]
        owner = make_institution(f"mk-{number}", "mk")
        first = make_in_force(
            slug=f"text-{number}",
            owner=owner,
            languages=("mk", "en"),
            tree=make_tree("mk", "Текст", [(1, f"Дел {n}", f"Текст {n}.") for n in range(number)], uids),
        )
        coordinator = make_person(Role.COORDINATOR, owner)
        draft = start_revision(coordinator, first)
        store_tree(
            draft, make_tree("mk", "Текст", [(1, f"Дел {n}", f"Друг {n}.") for n in range(number)], uids)
        )
        client.force_login(coordinator)
        for query in ("?text=mk", "?text=mk&view=side&all=1"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(compare_url(draft, 1) + query).status_code == 200
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_same_paragraphs_of_a_long_section_are_folded_in_both_views():
    words = [f"Paragraf numer {n} i nje teksti te gjate." for n in range(12)]
    pairs = []
    for last in ("Fundi i vjeter.", "Fundi i ri."):
        blocks = [{"type": "paragraph", "content": [{"type": "text", "text": one}]} for one in (*words, last)]
        text = SectionText("1", {"heading": [], "blocks": blocks, "notes": {}})
        uid = "00000000-0000-4000-8000-000000000000"
        pairs.append(SectionTree("sq", "T", (Section(uid, 1, "section", text),)))
    comparison = compare(*pairs)
    (inline,) = cards(comparison, "sq")
    assert inline.body.count('<details class="fold">') == 1 and "11 unchanged paragraphs" in inline.body
    (side,) = cards(comparison, "sq", side=True)
    folded = [pair for pair in side.pairs if pair.folded]
    assert [len(pair.folded) for pair in folded] == [11] and len(side.pairs) == 3
    html = render_to_string("documents/parts/change_card.html", {"card": side})
    assert html.count('<details class="fold">') == 1 and "Paragraf numer 0 " in html
    (whole,) = cards(comparison, "sq", unchanged=True)
    (beside,) = cards(comparison, "sq", fold=False)
    assert "<details" not in whole.body + beside.body, "who asks for what did not change sees it"
