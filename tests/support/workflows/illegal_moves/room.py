"""The moves against the review room: answering, reading, commenting, delegates, the calendar."""

from __future__ import annotations

from django.utils import timezone

from documents.models import Comment
from people.actions.invite import enter_role
from people.models import Membership
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.reviews import say, seat_of, sign
from tests.support.tampering import unguarded
from tests.support.workflows.illegal_moves.moves import (
    Move,
    World,
    filled_table,
    hand_to_colleague,
    handing_form,
    make_colleague,
    make_other_draft,
    move,
    write_as,
)
from workflows.actions.delegate import end_delegate
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review
from workflows.models import Delegate, Seat, Stage

# ---- answering


@move("review:answer")
def a_stage_is_skipped(w: World) -> Move:
    return Move(w.cast.teuta, (w.review.pk,), w.answer(w.cast.justice))


@move("review:answer")
def a_stage_is_skipped_by_who_sees_the_review(w: World) -> Move:
    enter_role(w.cast.drafter, w.cast.justice, Role.REVIEWER)
    with unguarded():
        Seat.objects.filter(pk=w.seat(w.cast.justice).pk).update(user=None)
    return Move(w.cast.drafter, (w.review.pk,), w.answer(w.cast.justice), 409, "has not started yet")


@move("review:answer")
def a_second_vote(w: World) -> Move:
    sign(w.cast.goran, w.seat(w.cast.interior))
    return Move(
        w.cast.goran,
        (w.review.pk,),
        w.answer(w.cast.interior, choice="return", reason="No."),
        409,
        "one vote",
    )


@move("review:answer")
def a_vote_after_the_stage_has_ended(w: World) -> Move:
    sign(w.cast.goran, w.seat(w.cast.interior), "return", "No.")
    return Move(w.cast.biljana, (w.review.pk,), w.answer(w.cast.social), 409, "has ended")


@move("review:answer")
def for_another_institution(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.social), 409, "You cannot answer for them")


@move("review:answer")
def for_a_seat_of_another_review(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), {"seat": 999_999, "choice": "agree", "seen": ""})


@move("review:answer")
def from_another_country(w: World) -> Move:
    reviewer = make_person(Role.REVIEWER, make_institution("rs-interior"))
    return Move(reviewer, (w.review.pk,), w.answer(w.cast.interior))


@move("review:answer")
def by_the_coordinator(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk,), w.answer(w.cast.interior), 409, "answer for them")


@move("review:answer")
def by_an_author(w: World) -> Move:
    write_as(w, w.cast.goran)
    return Move(
        w.cast.goran, (w.review.pk,), w.answer(w.cast.interior), 409, "You are an author of this text"
    )


@move("review:answer")
def by_the_delegate_of_an_author(w: World) -> Move:
    vesna = hand_to_colleague(w)
    write_as(w, w.cast.goran)
    return Move(
        vesna, (w.review.pk,), w.answer(w.cast.interior), 409, "You cannot sign it off as the delegate"
    )


@move("review:answer")
def a_rejection_by_an_author(w: World) -> Move:
    write_as(w, w.cast.goran)
    return Move(
        w.cast.goran,
        (w.review.pk,),
        w.answer(w.cast.interior, choice="return", reason="Mine."),
        409,
        "You are an author of this text",
    )


@move("review:answer")
def by_a_delegate_whose_time_has_ended(w: World) -> Move:
    vesna = hand_to_colleague(w)
    end_delegate(w.cast.goran, Delegate.objects.get())
    return Move(vesna, (w.review.pk,), w.answer(w.cast.interior), 302, "Only Goran can give this answer.")


@move("review:answer")
def by_who_reviews_no_longer(w: World) -> Move:
    Membership.objects.filter(user=w.cast.goran).update(ends=timezone.localdate())
    enter_role(w.cast.goran, w.cast.interior, Role.PRACTITIONER)
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.interior))


@move("review:answer")
def from_a_stale_page(w: World) -> Move:
    return Move(
        w.cast.goran,
        (w.review.pk,),
        w.answer(w.cast.interior, seen="0" * 64),
        409,
        "The text has changed since you opened",
    )


@move("review:answer")
def from_a_page_of_the_round_before(w: World) -> Move:
    """The form of the first round, sent after the text was reopened, changed and submitted again."""
    old = w.answer(w.cast.interior)
    sign(w.cast.goran, w.seat(w.cast.interior))
    reopen(w.cast.coordinator, w.review, "A correction.")
    w.cast.change(0, "Нов текст.")
    w.cast.start()
    return Move(w.cast.goran, (w.review.pk,), old, 409, "An answer will be needed in the next round")


@move("review:answer")
def with_the_text_of_the_round_before(w: World) -> Move:
    old = w.review.manifest.sha256
    reopen(w.cast.coordinator, w.review, "A correction.")
    w.cast.change(0, "Нов текст.")
    again = w.cast.start()
    data = {"seat": seat_of(again, w.cast.interior).pk, "seen": old, "choice": "agree"}
    return Move(w.cast.goran, (again.pk,), data, 409, "The text has changed since you opened")


@move("review:answer")
def after_the_withdrawal(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=True)
    return Move(w.cast.goran, (w.review.pk,), w.answer(w.cast.interior), 409, "The review was withdrawn")


@move("review:answer")
def without_the_second_factor(w: World) -> Move:
    Stage.objects.filter(review=w.review, order=1).update(second_factor=True)
    return Move(
        w.cast.goran,
        (w.review.pk,),
        w.answer(w.cast.interior),
        409,
        "code from your authenticator app",
        second_factor=False,
    )


@move("review:answer")
def with_no_answer_of_the_four(w: World) -> Move:
    return Move(
        w.cast.goran, (w.review.pk,), w.answer(w.cast.interior, choice="veto"), 400, "Choose one of the four"
    )


# ---- reading and commenting


@move("review:read")
def who_was_not_asked_marks_as_read(w: World) -> Move:
    return Move(w.cast.outsider, (w.review.pk,), {"uid": w.cast.uids[0]})


@move("review:comment")
def who_was_not_asked_comments(w: World) -> Move:
    return Move(w.cast.outsider, (w.review.pk,), {"uid": w.cast.uids[0], "text": "x"})


@move("review:comment")
def a_comment_after_the_withdrawal(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=True)
    return Move(w.cast.goran, (w.review.pk,), {"uid": w.cast.uids[0], "text": "x"})


@move("review:reply")
def an_answer_to_a_comment_of_another_text(w: World) -> Move:
    other = Comment.objects.create(edition=make_other_draft(w), uid=w.cast.uids[0], language="mk", text="x")
    return Move(w.cast.goran, (w.review.pk, other.pk), {"text": "x"})


@move("review:reply")
def an_answer_by_who_was_not_asked(w: World) -> Move:
    return Move(w.cast.outsider, (w.review.pk, say(w.cast, w.review).pk), {"text": "x"})


@move("review:resolve")
def the_thread_of_another_institution_is_settled(w: World) -> Move:
    return Move(w.cast.biljana, (w.review.pk, say(w.cast, w.review).pk))


@move("review:decide")
def a_reviewer_decides_their_own_comment(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk, say(w.cast, w.review).pk), {"outcome": "accepted"})


@move("review:decide")
def an_answer_over_an_answer_not_seen(w: World) -> Move:
    data = {"outcome": "rejected", "answer": "No.", "seen": "an older one"}
    return Move(
        w.cast.coordinator,
        (w.review.pk, say(w.cast, w.review).pk),
        data,
        409,
        "Someone else has answered this comment",
    )


@move("review:accept")
def a_reviewer_puts_their_words_in(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk, say(w.cast, w.review).pk), {"seen": ""})


@move("review:accept")
def words_are_put_into_a_locked_text(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk, say(w.cast, w.review).pk), {"seen": ""})


@move("review:accept")
def words_that_were_rejected_are_put_in(w: World) -> Move:
    comment = say(w.cast, w.review)
    Comment.objects.filter(pk=comment.pk).update(outcome="partly", applied=timezone.now())
    reopen(w.cast.coordinator, w.review, "A correction.")
    return Move(
        w.cast.coordinator, (w.review.pk, comment.pk), {"seen": ""}, 409, "already been added to the text"
    )


@move("review:matrix")
def a_reviewer_fills_the_table_in(w: World) -> Move:
    say(w.cast, w.review)
    return Move(w.cast.goran, (w.review.pk,), {"file": filled_table(w)})


@move("review:matrix")
def the_table_of_another_state(w: World) -> Move:
    comment = say(w.cast, w.review)
    table = filled_table(w)
    Comment.objects.filter(pk=comment.pk).update(
        outcome="partly", outcome_text="Half.", decided=timezone.now()
    )
    return Move(
        w.cast.coordinator, (w.review.pk,), {"file": table}, 302, "answered after the table was downloaded"
    )


# ---- delegates, calendar


@move("review:delegates")
def to_a_person_of_another_institution(w: World) -> Move:
    make_colleague(w)
    return Move(w.cast.goran, (), handing_form(w, w.cast.goran, w.cast.biljana), 422, "valid choice")


@move("review:delegates")
def for_somebody_else(w: World) -> Move:
    return Move(make_colleague(w), (), handing_form(w, w.cast.biljana, w.cast.goran), 422, "valid choice")


@move("review:delegates")
def a_coordinator_names_themselves(w: World) -> Move:
    enter_role(w.cast.coordinator, w.cast.interior, Role.REVIEWER)
    return Move(
        w.cast.coordinator,
        (),
        handing_form(w, w.cast.goran, w.cast.coordinator),
        422,
        "You cannot make yourself",
    )


@move("review:delegate_end")
def a_stranger_ends_it(w: World) -> Move:
    hand_to_colleague(w)
    return Move(w.cast.biljana, (Delegate.objects.get().pk,))


@move("review:delegate_end")
def it_is_ended_twice(w: World) -> Move:
    hand_to_colleague(w)
    end_delegate(w.cast.goran, Delegate.objects.get())
    return Move(w.cast.goran, (Delegate.objects.get().pk,), {}, 302, "This has already ended")


@move("review:calendar")
def who_never_reviews_asks_for_a_calendar(w: World) -> Move:
    return Move(w.cast.drafter, ())


@move("review:take_back")
def a_colleague_takes_an_answer_back(w: World) -> Move:
    seat = seat_of(w.review, w.cast.interior)
    sign(w.cast.goran, seat)
    return Move(
        w.cast.biljana, (w.review.pk,), {"seat": seat.pk}, 302, "You have no answer to take back here"
    )


@move("review:take_back")
def an_answer_is_taken_back_from_outside(w: World) -> Move:
    return Move(w.cast.outsider, (w.review.pk,), {"seat": seat_of(w.review, w.cast.interior).pk})


@move("review:answer_several")
def a_reviewer_answers_several_comments(w: World) -> Move:
    ticked = [f"{say(w.cast, w.review).pk}-"]
    return Move(w.cast.goran, (w.review.pk,), {"comments": ticked, "outcome": "accepted", "answer": ""})


@move("review:answer_several")
def several_comments_one_of_which_was_answered(w: World) -> Move:
    comment = say(w.cast, w.review)
    data = {"comments": [f"{comment.pk}-an older one"], "outcome": "accepted", "answer": ""}
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "Someone else has answered this comment")
