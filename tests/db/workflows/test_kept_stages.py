"""What was given for another text never counts in a next round: an opinion is kept only where the text is the
same, hash by hash."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from documents.actions.errors import NotReady
from documents.actions.save_section import save_section
from documents.text import text_hash
from documents.text_storage import load_tree
from tests.support.html import PageClient
from tests.support.reviews import Cast, body, seat_in, sign
from tests.support.workflows.kept_stages import begin
from workflows.actions.end_coordination import end_coordination
from workflows.actions.errors import Refused
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart
from workflows.models import Review
from workflows.reminders.deadlines import take_silence_as_assent
from workflows.rules.passed_stages import may_begin_with


@pytest.fixture
def heard(cast: Cast) -> Review:
    """The opinions were given, the final text is coordinated."""
    review = begin(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.teuta, seat_in(review, 2, cast.justice))
    sign(cast.biljana, seat_in(review, 3, cast.social))
    return review


@pytest.fixture
def reopened(cast: Cast, heard: Review) -> Review:
    end_coordination(cast.coordinator, heard.stages.get(order=4))
    reopen(cast.coordinator, Review.objects.get(pk=heard.pk), "One more change.")
    return Review.objects.get(pk=heard.pk)


def start_page(cast: Cast) -> str:
    client = PageClient()
    client.force_login(cast.coordinator)
    return client.get(f"/en/desk/reviews/start/{cast.edition.pk}/").content.decode()


def test_an_opinion_stays_while_the_text_is_the_same(cast: Cast, reopened: Review) -> None:
    assert may_begin_with(reopened, reopened.procedure["stages"]) == [1, 2, 4, 5]
    assert "was changed since" not in start_page(cast)
    assert begin(cast, 5).stages.get(order=2).kept is not None


def test_another_courtesy_translation_asks_nobody_again(cast: Cast, reopened: Review) -> None:
    old = load_tree(cast.edition, "en").by_uid[cast.uids[0]].text.body
    new = body("Identification", "Another English word.")
    save_section(cast.drafter, cast.edition, cast.uids[0], "en", new, text_hash(old))
    assert may_begin_with(reopened, reopened.procedure["stages"]) == [1, 2, 4, 5]


def test_an_opinion_on_another_text_is_asked_again(cast: Cast, reopened: Review) -> None:
    cast.change(0, "Десет дена.")
    assert may_begin_with(reopened, reopened.procedure["stages"]) == [1, 2]
    with pytest.raises(NotReady, match="skipped"):
        begin(cast, 5)
    said = start_page(cast)
    assert "changed since the stage “The lawyers” was passed" in said
    assert re.search(r"2\. The lawyers\s*</option>", said)
    assert not re.search(r'<option value="5"[^>]*>\s*5\.', said)
    assert begin(cast, 2).stages.get(order=1).kept is not None


def test_one_of_two_that_saw_another_text_takes_both(cast: Cast) -> None:
    review = begin(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.teuta, seat_in(review, 2, cast.justice))
    cast.change(0, "Десет дена.")
    sign(cast.biljana, seat_in(review, 3, cast.social))
    end_coordination(cast.coordinator, review.stages.get(order=4))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "Again.")
    assert may_begin_with(Review.objects.get(pk=review.pk), review.procedure["stages"]) == [1, 2]


def test_silence_names_no_text(cast: Cast) -> None:
    review = begin(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.biljana, seat_in(review, 3, cast.social))
    take_silence_as_assent(timezone.now() + timedelta(days=99))
    end_coordination(cast.coordinator, review.stages.get(order=4))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "Again.")
    assert may_begin_with(Review.objects.get(pk=review.pk), review.procedure["stages"]) == [1, 2]


def test_a_restart_in_an_open_text_keeps_no_opinion_on_another(cast: Cast, heard: Review) -> None:
    cast.change(0, "Десет дена.")
    with pytest.raises(Refused) as refusal:
        restart(cast.coordinator, heard, 4, "Once more.")
    assert refusal.value.code == "other_text" and "The lawyers" in refusal.value.message
    again = restart(cast.coordinator, heard, 3, "Once more.")
    assert again.stages.get(order=2).open and again.stages.get(order=3).open
