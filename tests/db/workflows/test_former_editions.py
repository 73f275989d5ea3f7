"""A revision of a Serbian text: compared with the edition in force and with the last round, read in either
script."""

from __future__ import annotations

import pytest

from documents.models import Comment
from tests.support.factories import make_institution
from tests.support.html import PageClient
from tests.support.reviews import Serbia, get, seat_of, sign
from workflows.actions.reopen import reopen


@pytest.fixture
def serbia(db: None) -> Serbia:
    return Serbia()


def test_only_what_changes_against_the_text_in_force_is_shown(serbia: Serbia) -> None:
    serbia.edit(0, "Радник зове Центар за заштиту у року од 2 сата.")
    review = serbia.start()
    page = get(serbia.reviewers[0], f"/sr-cyrl/review/{review.pk}/")
    assert "24" in page.split("<del")[1].split("</del>")[0]
    assert f'id="s-{serbia.uids[0]}"' in page and f'id="s-{serbia.uids[1]}"' not in page
    whole = get(serbia.reviewers[0], f"/sr-cyrl/review/{review.pk}/?view=whole")
    assert f'id="s-{serbia.uids[1]}"' in whole and "безбедном месту" in whole


def test_the_next_round_can_be_compared_with_either(serbia: Serbia) -> None:
    serbia.edit(0, "Радник зове Центар за заштиту у року од 2 сата.")
    review = serbia.start()
    sign(serbia.reviewers[0], seat_of(review, serbia.ministries[0]))
    reopen(serbia.coordinator, review, "Још једна измена.")
    serbia.edit(2, "Тумач потписује изјаву о поверљивости.")
    again = serbia.start()
    since = get(serbia.reviewers[0], f"/sr-cyrl/review/{again.pk}/")
    assert f'id="s-{serbia.uids[2]}"' in since and f'id="s-{serbia.uids[0]}"' not in since
    force = get(serbia.reviewers[0], f"/sr-cyrl/review/{again.pk}/?against=force")
    assert f'id="s-{serbia.uids[2]}"' in force and f'id="s-{serbia.uids[0]}"' in force
    latin = get(serbia.reviewers[0], f"/sr-latn/review/{again.pk}/")
    assert "o poverljivosti" in latin and f'id="s-{serbia.uids[0]}"' not in latin


def test_a_comment_made_in_the_other_script_stands_at_the_words_as_they_are_kept(serbia: Serbia) -> None:
    serbia.edit(0, "Радник зове Центар за заштиту у року од 2 сата.")
    review = serbia.start()
    client = PageClient()
    client.force_login(serbia.reviewers[0])
    room = get(serbia.reviewers[0], f"/sr-latn/review/{review.pk}/")
    assert "Radnik zove Centar" in room and "Ministarstvo a" in room and "Министарство" not in room
    response = client.post(
        f"/sr-latn/review/{review.pk}/comment/",
        {"uid": serbia.uids[0], "quote": "Centar za zaštitu", "suggestion": "Центар", "text": "Kraće."},
    )
    assert response.status_code == 302
    comment = Comment.objects.get()
    assert comment.quote == "Центар за заштиту" and comment.language == "sr"
    assert 'data-quote="Centar za zaštitu"' in get(serbia.reviewers[0], f"/sr-latn/review/{review.pk}/")
    assert 'data-quote="Центар за заштиту"' in get(serbia.reviewers[0], f"/sr-cyrl/review/{review.pk}/")


def test_a_macedonian_title_stays_cyrillic_on_a_serbian_page(serbia: Serbia) -> None:
    from tests.support.factories import make_draft
    from workflows.texts import title_for

    other = make_draft(slug="mk", owner=make_institution("mk-coordinator"), languages=("mk",))
    other.title_mk = "Процедури"
    assert title_for(other, "sr-latn") == "Процедури"
    serbia.draft.title_sr = "Поступци"
    assert title_for(serbia.draft, "sr-latn") == "Postupci"
