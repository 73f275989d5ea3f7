"""The first page of the office, by role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

import audit
from audit.models import Entry
from config.home import last_visit
from documents.actions.assign import assign
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import signed_in
from tests.support.reviews import Cast, client_of, page_of, seat_of, sign, to
from tests.support.workflows.fixtures import begun as begun
from tests.support.workflows.fixtures import begun_once as begun_once
from tests.support.workflows.fixtures import cast as cast
from tests.support.workflows.fixtures import review as review
from tests.support.workflows.fixtures import review_once as review_once
from workflows.models import Review, Stage

pytestmark = pytest.mark.django_db


def test_a_reviewer_comes_to_the_room_by_one_click(cast: Cast, review: Review) -> None:
    page = page_of(cast.goran, "/en/")
    seat = seat_of(review, cast.interior)
    assert f'href="{to("review:room", review.pk)}?seat={seat.pk}"' in page
    assert "Read and answer" in page and "days left" in page and "review to answer" in page
    assert "3 changed sections (English), 0 read" in page
    sign(cast.goran, seat)
    assert "You have nothing to answer." in page_of(cast.goran, "/en/")


def test_a_coordinator_reads_who_is_late_by_name(cast: Cast, review: Review) -> None:
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=4))
    sign(cast.goran, seat_of(review, cast.interior))
    page = page_of(cast.coordinator, "/en/")
    assert "institution is late" in page and "4 days late" in page
    assert f"No answer yet: {cast.social}" in page and "Send a reminder" in page
    assert to("coordinate:review", review.pk) in page and "<svg" in page
    assert "Ministry of Interior: Agree" in page, "what moved since the last visit"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.DRAFTER, Role.PRACTITIONER])
def test_another_country_reads_nothing_of_it(cast: Cast, review: Review, role: Role) -> None:
    page = page_of(make_person(role, make_institution("rs-coordinator")), "/en/")
    for address in (to("review:room", review.pk), to("coordinate:review", review.pk)):
        assert address not in page
    assert to("desk:draft", cast.edition.pk) not in page and "Ministry of Interior" not in page


def test_a_translator_opens_the_next_section_that_waits(cast: Cast) -> None:
    translator = make_person(Role.TRANSLATOR, cast.commission, languages=["en"])
    assign(cast.coordinator, cast.edition, translator, "en", due=timezone.localdate() + timedelta(days=5))
    cast.change(1, "Another text.")
    page = page_of(translator, "/en/")
    assert "Open the next section" in page and "5 days left" in page
    assert to("desk:section", cast.edition.pk, cast.uids[1], "en") in page
    assert "the original of 1 section has changed" in page
    page = page_of(cast.coordinator, "/en/")
    assert "English: 1 section is out of date" in page and "Start the review" in page


def test_an_operator_without_another_role_gets_no_texts(cast: Cast, review: Review) -> None:
    operator = make_person(Role.OPERATOR, cast.commission)
    page = page_of(operator, "/en/")
    assert "In force" not in page and to("review:room", review.pk) not in page


def test_the_last_visit_is_the_sign_in_before_this_one() -> None:
    person = make_person(Role.PRACTITIONER, make_institution("mk-police"))
    assert timezone.now() - last_visit(person) > timedelta(days=6)
    for _ in range(2):
        with transaction.atomic():
            audit.record("sign_in", person, person)
    first, _second = Entry.objects.filter(actor=person.actor, verb="sign_in").order_by("id")
    assert last_visit(person) == first.at


@pytest.mark.parametrize("who", ["coordinator", "goran", "drafter"])
def test_the_number_of_queries_does_not_grow(
    cast: Cast, review: Review, django_assert_max_num_queries: Any, who: str
) -> None:
    client = client_of(getattr(cast, who))
    client.get("/en/")
    with django_assert_max_num_queries(45) as before:
        client.get("/en/")
    for slug in ("second", "third"):
        cast.another(slug).start()
    # Of each of the few reviews that are shown: whether the reviewer is an author, and what changed.
    with django_assert_max_num_queries(len(before) + (10 if who == "goran" else 0)):
        client.get("/en/")


def test_nobody_else_has_it() -> None:
    assert (
        signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police"))).get("/en/").status_code
        == 200
    )
    assert Client().get("/en/").status_code in (302, 404)
