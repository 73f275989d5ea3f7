"""A revision of a Serbian text: compared with the edition in force and with the last round, read in either script."""

from __future__ import annotations

import pytest
from django.test import Client

from documents.actions.save_section import save_section
from documents.actions.start_revision import start_revision
from documents.models import Comment, Edition
from documents.text import text_hash
from documents.text_storage import load_tree
from people.models import User
from people.roles import Role
from tests.factories import body, make_in_force, make_institution, make_person, make_tree
from tests.workflows.conftest import seat_of
from tests.workflows.test_sign_off import sign
from workflows.actions.reopen import reopen
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Procedure, Review

SECTIONS = (
    (1, "Препознавање", "Радник зове Центар за заштиту у року од 24 сата."),
    (1, "Разговор", "Разговор се води на безбедном месту."),
    (1, "Тумач", "Тумач потписује изјаву."),
)


class Serbia:
    """The cast: a coordinator, a drafter, one reviewer in each of three ministries, and the draft of edition 2."""

    def __init__(self) -> None:
        office = make_institution("rs-coordinator")
        self.coordinator = make_person(Role.COORDINATOR, office)
        self.drafter = make_person(Role.DRAFTER, office)
        self.ministries = [make_institution(f"rs-{key}", name_sr=f"Министарство {key}") for key in "abc"]
        self.reviewers = [make_person(Role.REVIEWER, one, language="sr-latn") for one in self.ministries]
        former = make_in_force(owner=office, languages=("sr",), tree=make_tree("sr", "Поступци", SECTIONS))
        self.draft: Edition = start_revision(self.coordinator, former)
        self.uids = [section.uid for section in load_tree(self.draft, "sr")]

    def edit(self, place: int, text: str) -> None:
        old = load_tree(self.draft, "sr").by_uid[self.uids[place]].text.body
        save_section(
            self.drafter, self.draft, self.uids[place], "sr", body(SECTIONS[place][1], text), text_hash(old)
        )

    def start(self) -> Review:
        asked = [Asked(institution) for institution in self.ministries]
        plans = [Plan(tuple(asked[:2])), Plan((asked[2],)), Plan()]
        return start_review(self.coordinator, self.draft, Procedure.objects.get(key="joint-order"), plans)


@pytest.fixture
def serbia(db: None) -> Serbia:
    return Serbia()


def get(user: User, address: str) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


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
    client = Client()
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
    from tests.factories import make_draft
    from workflows.texts import title_for

    other = make_draft(slug="mk", owner=make_institution("mk-coordinator"), languages=("mk",))
    other.title_mk = "Процедури"
    assert title_for(other, "sr-latn") == "Процедури"
    serbia.draft.title_sr = "Поступци"
    assert title_for(serbia.draft, "sr-latn") == "Postupci"
