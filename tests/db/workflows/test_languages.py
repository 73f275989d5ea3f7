"""The text under review in two languages, and in either script of Serbian."""

from __future__ import annotations

import re

import pytest

from documents.models import Comment, Section
from tests.support.factories import make_institution
from tests.support.reviews import Cast, client_of, page_of, seat_of, sign, to
from tests.support.workflows.serbia import Serbia
from workflows.actions.reopen import reopen
from workflows.models import Review


@pytest.fixture
def serbia(db: None) -> Serbia:
    return Serbia()


def test_only_what_changes_against_the_text_in_force_is_shown(serbia: Serbia) -> None:
    serbia.edit(0, "Радник зове Центар за заштиту у року од 2 сата.")
    review = serbia.start()
    page = page_of(serbia.reviewers[0], f"/sr-cyrl/review/{review.pk}/")
    assert "24" in page.split("<del")[1].split("</del>")[0]
    assert f'id="s-{serbia.uids[0]}"' in page and f'id="s-{serbia.uids[1]}"' not in page
    whole = page_of(serbia.reviewers[0], f"/sr-cyrl/review/{review.pk}/?view=whole")
    assert f'id="s-{serbia.uids[1]}"' in whole and "безбедном месту" in whole


def test_the_next_round_can_be_compared_with_either(serbia: Serbia) -> None:
    serbia.edit(0, "Радник зове Центар за заштиту у року од 2 сата.")
    review = serbia.start()
    sign(serbia.reviewers[0], seat_of(review, serbia.ministries[0]))
    reopen(serbia.coordinator, review, "Још једна измена.")
    serbia.edit(2, "Тумач потписује изјаву о поверљивости.")
    again = serbia.start()
    since = page_of(serbia.reviewers[0], f"/sr-cyrl/review/{again.pk}/")
    assert f'id="s-{serbia.uids[2]}"' in since and f'id="s-{serbia.uids[0]}"' not in since
    force = page_of(serbia.reviewers[0], f"/sr-cyrl/review/{again.pk}/?against=force")
    assert f'id="s-{serbia.uids[2]}"' in force and f'id="s-{serbia.uids[0]}"' in force
    latin = page_of(serbia.reviewers[0], f"/sr-latn/review/{again.pk}/")
    assert "o poverljivosti" in latin and f'id="s-{serbia.uids[0]}"' not in latin


def test_a_comment_made_in_the_other_script_stands_at_the_words_as_they_are_kept(serbia: Serbia) -> None:
    serbia.edit(0, "Радник зове Центар за заштиту у року од 2 сата.")
    review = serbia.start()
    client = client_of(serbia.reviewers[0])
    room = page_of(serbia.reviewers[0], f"/sr-latn/review/{review.pk}/")
    assert "Radnik zove Centar" in room and "Ministarstvo a" in room and "Министарство" not in room
    response = client.post(
        f"/sr-latn/review/{review.pk}/comment/",
        {"uid": serbia.uids[0], "quote": "Centar za zaštitu", "suggestion": "Центар", "text": "Kraće."},
    )
    assert response.status_code == 302
    comment = Comment.objects.get()
    assert comment.quote == "Центар за заштиту" and comment.language == "sr"
    assert 'data-quote="Centar za zaštitu"' in page_of(serbia.reviewers[0], f"/sr-latn/review/{review.pk}/")
    assert 'data-quote="Центар за заштиту"' in page_of(serbia.reviewers[0], f"/sr-cyrl/review/{review.pk}/")


def test_a_macedonian_title_stays_cyrillic_on_a_serbian_page(serbia: Serbia) -> None:
    from tests.support.factories import make_draft
    from workflows.texts import title_for

    other = make_draft(slug="mk", owner=make_institution("mk-coordinator"), languages=("mk",))
    other.title_mk = "Процедури"
    assert title_for(other, "sr-latn") == "Процедури"
    serbia.draft.title_sr = "Поступци"
    assert title_for(serbia.draft, "sr-latn") == "Postupci"


def test_two_languages_stand_beside_each_other(cast: Cast, review: Review) -> None:
    client = client_of(cast.goran)
    room = to("review:room", review.pk)
    alone = client.get(room).content.decode()
    assert "beside=mk" in alone and "two both" not in alone
    page = client.get(f"{room}?beside=mk").content.decode()
    cards = re.findall(r'<article class="chg.*?</article>', page, re.DOTALL)
    assert len(cards) == 3
    # The language menu's class lays every list under it over the text.
    assert not re.search(r'class="[^"]*\blangs\b', "".join(cards))
    assert "assesses the danger within 24 hours" in cards[0]
    assert 'data-text="mk"' in cards[0] and "ја проценува опасноста" in cards[0]
    # What one does on the page leads back to both languages; a comment on the second one is kept in that
    # language.
    assert "beside=mk" in re.search(r'action="([^"]*read[^"]*)"', page)[1]  # type: ignore[index]
    address = re.search(r'href="([^"]*text=mk&amp;beside=en&amp;uid=[^"]*)"', cards[0])[1]  # type: ignore[index]
    address = address.replace("&amp;", "&")
    assert client.get(address).status_code == 200
    data = {"uid": cast.uids[0], "text": "Зошто 24?", "quote": "во рок од 24 часа"}
    answer = client.post(address.partition("&uid")[0], data)
    assert "text=mk" in answer["Location"] and "beside=en" in answer["Location"]
    assert Comment.objects.get().language == "mk"


def test_a_language_that_there_is_not_is_not_put_beside(cast: Cast, review: Review) -> None:
    room = to("review:room", review.pk)
    for wanted in ("en", "hr", "xx", "../..", "%00"):
        page = client_of(cast.goran).get(f"{room}?beside={wanted}")
        assert page.status_code == 200 and "two both" not in page.content.decode(), wanted


def test_a_section_without_translation_says_so(cast: Cast) -> None:
    Section.objects.filter(edition=cast.edition, uid=cast.uids[1]).update(body_en=None, text_hash_en="")
    cast.change(0, "Социјалниот работник ја проценува опасноста во рок од 2 часа.")
    review = cast.start()
    page = page_of(cast.goran, to("review:room", review.pk) + "?text=mk&beside=en")
    cards = re.findall(r'<article class="chg.*?</article>', page, re.DOTALL)
    assert "out of date" in cards[0] and "within 24 hours" in cards[0]
    assert "not translated into this language" in cards[1]
    assert "signs a declaration" in cards[2] and "older than" not in cards[2]
