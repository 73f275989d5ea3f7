"""Silence is assent only of an institution in which somebody could have answered; else it is waited for, and
is said why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from documents.actions.classify import change_classification
from mail.models import Message
from people.models import Membership, SecondFactor
from people.roles import Role
from tests.support.reviews import Cast, client_of, hash_now, open_review, person, say, seat_in, sign, to
from workflows.actions.delegate import delegate
from workflows.actions.errors import Refused
from workflows.actions.remind import extend_deadline, remind
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.models import Review, Seat, Stage
from workflows.reminders.deadlines import send_reminders, take_silence_as_assent

GONE = ["account", "role"]


def leave(cast: Cast, how: str) -> None:
    """Goran, whom Interior was asked by, is there no more."""
    if how == "account":
        cast.goran.is_active = False
        cast.goran.save()
    else:
        Membership.objects.filter(user=cast.goran).update(ends=timezone.localdate())


def silent(cast: Cast) -> tuple[Review, Seat]:
    """A consultation in which Interior alone has not answered."""
    review = open_review(cast)
    sign(cast.biljana, seat_in(review, 1, cast.social))
    return review, seat_in(review, 1, cast.interior)


def taken(review: Review) -> list[Seat]:
    due = review.stages.get(order=1).due
    assert due is not None
    return take_silence_as_assent(due + timedelta(minutes=1))


@pytest.mark.parametrize("how", GONE)
def test_nobody_there_could_have_answered(cast: Cast, how: str) -> None:
    review, seat = silent(cast)
    leave(cast, how)
    assert taken(review) == [] and review.stages.get(order=1).open
    due = review.stages.get(order=1).due
    assert due is not None
    send_reminders(due + timedelta(days=1))
    said = "Goran reviews for this institution no longer, and nobody else may answer."
    assert f"Ministry of Interior: {said}" in Message.objects.get(template="late").text
    assert not Message.objects.filter(template="reminder", to=cast.goran.email).exists()
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert said in page and "Where nobody could have answered, silence is no assent" in page
    Membership.objects.filter(user=cast.goran).update(ends=None)
    cast.goran.is_active = True
    cast.goran.save()
    assert taken(review) == [seat]


@pytest.mark.parametrize("how", GONE)
def test_any_reviewer_of_an_institution_that_has_none(cast: Cast, how: str) -> None:
    review, seat = silent(cast)
    Seat.objects.filter(pk=seat.pk).update(user=None)
    leave(cast, how)
    assert taken(review) == [] and review.stages.get(order=1).open
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert "This institution has no reviewer any more." in page and "Invite another reviewer" in page
    person("Vesna", cast.interior, Role.REVIEWER)
    assert taken(review) == [seat]


def test_a_delegate_could_have_answered_for_whose_account_was_closed(cast: Cast) -> None:
    review, seat = silent(cast)
    vesna = person("Vesna", cast.interior, Role.REVIEWER)
    today: date = timezone.localdate()
    delegate(cast.goran, cast.goran, cast.interior, vesna, today, today + timedelta(days=5), "On leave.")
    leave(cast, "account")
    held = Membership.objects.get(user=vesna)
    Membership.objects.filter(pk=held.pk).update(ends=today)
    assert taken(review) == [], "who was named reviews there no longer either"
    Membership.objects.filter(pk=held.pk).update(ends=None)
    assert taken(review) == [seat]


def put_in(cast: Cast, review: Review) -> None:
    """Words that Goran suggested stand in the text."""
    comment = say(cast, review)
    client = client_of(cast.coordinator)
    client.post(to("review:accept", review.pk, comment.pk), {"seen": hash_now(cast)})


def test_an_author_is_told_that_they_cannot_answer_wherever_they_are_asked(cast: Cast) -> None:
    review = open_review(cast)
    asked = Message.objects.get(template="asked", to=cast.goran.email).text
    assert "taken as assent" in asked and "Your words stand" not in asked
    put_in(cast, review)
    stage = review.stages.get(order=1)
    assert stage.due_day
    extend_deadline(cast.coordinator, stage, stage.due_day + timedelta(days=7), "Holidays.")
    told = Message.objects.get(template="extended", to=cast.goran.email).text
    assert "taken as assent" not in told and "Your words stand in this text" in told
    assert "taken as assent" in Message.objects.get(template="extended", to=cast.biljana.email).text
    for page in ("/en/", "/en/review/"):
        said = client_of(cast.goran).get(page).content.decode()
        assert "Your words stand in this text: another reviewer answers." in said
        assert "Read and answer" not in said
    room = client_of(cast.goran).get(to("review:room", review.pk)).content.decode()
    assert "answer this" in room and "sign this off" not in room and "were put into it" in room
    assert to("review:matrix", review.pk) in room


def test_the_mail_says_that_a_second_factor_takes_time(cast: Cast) -> None:
    review = open_review(cast)
    Stage.objects.filter(review=review).update(second_factor=True)
    remind(cast.coordinator, seat_in(review, 1, cast.interior))
    said = Message.objects.get(template="reminder", to=cast.goran.email).text
    assert "only after a day" in said
    SecondFactor.objects.create(user=cast.goran, secret="JBSWY3DPEHPK3PXP", confirmed=timezone.now())
    Seat.objects.update(reminded=None)
    remind(cast.coordinator, seat_in(review, 1, cast.interior))
    said = Message.objects.filter(template="reminder", to=cast.goran.email).latest("pk").text
    assert "only after a day" not in said and "a code from the app on your phone" in said


def test_whom_the_classification_keeps_out_could_not_have_answered(cast: Cast) -> None:
    review, seat = silent(cast)
    change_classification(cast.coordinator, cast.edition.instrument, "tlp_amber_strict", "Not for others.")
    assert taken(review) == [] and review.stages.get(order=1).open
    page = client_of(cast.coordinator).get(to("coordinate:review", review.pk)).content.decode()
    assert "The classification of the document lets nobody who is asked read it any more" in page
    with pytest.raises(Refused):
        remind(cast.coordinator, seat)


MOVES: dict[str, Callable[[Cast, Review], object]] = {
    "more time": lambda cast, review: extend_deadline(
        cast.coordinator, review.stages.get(order=1), review.today + timedelta(days=60), "WHY"
    ),
    "reopened": lambda cast, review: reopen(cast.coordinator, review, "WHY"),
    "withdrawn": lambda cast, review: withdraw_review(cast.coordinator, review, "WHY", text_too=False),
    "restarted": lambda cast, review: restart(cast.coordinator, review, 1, "WHY"),
    "reminders": lambda cast, review: send_reminders(timezone.now() + timedelta(days=60)),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
@pytest.mark.parametrize("how", ["classified", "left"])
def test_who_may_not_know_of_it_any_more_is_told_nothing(
    cast: Cast, how: str, move: Callable[[Cast, Review], object]
) -> None:
    review = cast.start()
    sign(cast.goran, review.stages.get(order=1).seats.get(user=cast.goran))
    if how == "left":
        leave(cast, "role")
    else:
        change_classification(
            cast.coordinator, cast.edition.instrument, "tlp_amber_strict", "Not for others."
        )
    Message.objects.all().delete()
    move(cast, Review.objects.get(pk=review.pk))
    told = set(Message.objects.values_list("to", flat=True))
    assert cast.goran.email not in told
    assert (cast.biljana.email in told) == (how == "left")
