"""The moves against the coordinator's desk."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from documents.actions import record_prior_adoption
from people.roles import Role
from proposals.actions import decide
from tests.support.reviews import act, act_form, client_of, form_of, pass_all, person, sign, to
from tests.support.workflows.illegal_moves.moves import Move, World, adopt_it, make_other_draft, move
from workflows.actions.remind import remind
from workflows.actions.reopen import reopen
from workflows.actions.restart import withdraw_review


@move("coordinate:start")
def a_second_review_of_the_same_text(w: World) -> Move:
    return Move(w.cast.coordinator, (w.cast.edition.pk,), {"procedure": "urgent"}, 302, "has already started")


@move("coordinate:start")
def a_drafter_starts_a_review(w: World) -> Move:
    return Move(w.cast.drafter, (make_other_draft(w).pk,), {"procedure": "urgent"})


@move("coordinate:start")
def another_countrys_coordinator_starts_it(w: World) -> Move:
    return Move(w.stranger, (make_other_draft(w).pk,), {"procedure": "urgent"})


@move("coordinate:start")
def it_begins_with_a_later_stage(w: World) -> Move:
    return Move(
        w.cast.coordinator,
        (make_other_draft(w).pk,),
        {"procedure": "joint-order", "begin": "3"},
        400,
        "You cannot skip a stage",
    )


@move("coordinate:remind")
def who_has_answered_is_reminded(w: World) -> Move:
    sign(w.cast.goran, w.seat(w.cast.interior))
    return Move(
        w.cast.coordinator, (w.review.pk,), {"seat": w.seat(w.cast.interior).pk}, 409, "has already answered"
    )


@move("coordinate:remind")
def twice_within_the_hour(w: World) -> Move:
    remind(w.cast.coordinator, w.seat(w.cast.interior))
    return Move(
        w.cast.coordinator, (w.review.pk,), {"seat": w.seat(w.cast.interior).pk}, 409, "less than an hour ago"
    )


@move("coordinate:remind")
def before_the_stage(w: World) -> Move:
    return Move(
        w.cast.coordinator,
        (w.review.pk,),
        {"seat": w.seat(w.cast.justice).pk},
        409,
        "does not have to answer now",
    )


@move("coordinate:ask")
def for_who_has_answered(w: World) -> Move:
    other = person("Vera", w.cast.interior, Role.REVIEWER)
    seat = w.seat(w.cast.interior)
    sign(w.cast.goran, seat)
    return Move(
        w.cast.coordinator, (w.review.pk,), {"seat": seat.pk, "person": other.pk}, 409, "has already answered"
    )


@move("coordinate:ask")
def a_reviewer_of_another_institution(w: World) -> Move:
    data = {"seat": w.seat(w.cast.interior).pk, "person": w.cast.outsider.pk}
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "another reviewer from the same institution")


@move("coordinate:ask")
def a_reviewer_asks_another(w: World) -> Move:
    other = person("Vera", w.cast.interior, Role.REVIEWER)
    return Move(w.cast.goran, (w.review.pk,), {"seat": w.seat(w.cast.interior).pk, "person": other.pk})


@move("coordinate:extend")
def to_an_earlier_day(w: World) -> Move:
    data = {"stage": w.review.stages.get(order=1).pk, "day": "2020-01-01", "reason": "x"}
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "Choose a date after")


@move("coordinate:extend")
def of_a_stage_that_has_not_begun(w: World) -> Move:
    day = timezone.localdate() + timedelta(days=60)
    data = {"stage": w.review.stages.get(order=2).pk, "day": str(day), "reason": "x"}
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "not open")


@move("coordinate:extend")
def by_a_reviewer(w: World) -> Move:
    day = timezone.localdate() + timedelta(days=60)
    data = {"stage": w.review.stages.get(order=1).pk, "day": str(day), "reason": "x"}
    return Move(w.cast.goran, (w.review.pk,), data)


@move("coordinate:go_on")
def over_a_stage_of_sign_offs(w: World) -> Move:
    return Move(
        w.cast.coordinator, (w.review.pk,), {"stage": w.review.stages.get(order=1).pk}, 409, "is not open"
    )


@move("coordinate:go_on")
def another_country_goes_on(w: World) -> Move:
    return Move(w.stranger, (w.review.pk,), {"stage": w.review.stages.get(order=1).pk})


@move("coordinate:restart")
def from_a_stage_that_was_not_reached(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk,), {"stage": "3", "reason": "x"}, 400, "valid choice")


@move("coordinate:restart")
def what_has_ended_is_restarted(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=True)
    return Move(w.cast.coordinator, (w.review.pk,), {"stage": "1", "reason": "x"}, 409, "has already ended")


@move("coordinate:withdraw")
def it_is_withdrawn_twice(w: World) -> Move:
    withdraw_review(w.cast.coordinator, w.review, "Not now.", text_too=False)
    return Move(w.cast.coordinator, (w.review.pk,), {"what": "text", "reason": "x"}, 409, "has already ended")


@move("coordinate:withdraw")
def a_reviewer_withdraws(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), {"what": "text", "reason": "x"})


@move("coordinate:reopen")
def a_reviewer_reopens(w: World) -> Move:
    return Move(w.cast.goran, (w.review.pk,), {"reason": "x"})


@move("coordinate:reopen")
def what_was_adopted_is_reopened(w: World) -> Move:
    adopt_it(w)
    return Move(w.cast.coordinator, (w.review.pk,), {"reason": "x"}, 409, "has already ended")


@move("coordinate:reopen")
def an_older_round_is_reopened(w: World) -> Move:
    reopen(w.cast.coordinator, w.review, "A correction.")
    w.cast.start()
    return Move(w.cast.coordinator, (w.review.pk,), {"reason": "x"}, 409, "has already ended")


@move("coordinate:adopt")
def without_the_sign_offs(w: World) -> Move:
    return Move(w.cast.coordinator, (w.review.pk,), act_form(), 409, "has not ended yet")


@move("coordinate:adopt")
def it_is_adopted_twice(w: World) -> Move:
    adopt_it(w)
    return Move(w.cast.coordinator, (w.review.pk,), act_form(), 409, "The text was adopted")


@move("coordinate:adopt")
def by_an_act_of_tomorrow(w: World) -> Move:
    pass_all(w.cast, w.review)
    tomorrow = str(timezone.localdate() + timedelta(days=2))
    data = act_form(**{"act0-date": tomorrow, "act0-published": "", "valid_from": tomorrow})
    return Move(w.cast.coordinator, (w.review.pk,), data, 409, "be in the future")


@move("coordinate:adopt")
def a_reviewer_adopts(w: World) -> Move:
    pass_all(w.cast, w.review)
    return Move(w.cast.teuta, (w.review.pk,), act_form())


@move("coordinate:adopt")
def another_country_adopts(w: World) -> Move:
    pass_all(w.cast, w.review)
    return Move(w.stranger, (w.review.pk,), act_form())


@move("coordinate:prior")
def a_text_in_review_was_adopted_before(w: World) -> Move:
    return Move(w.cast.coordinator, (w.cast.edition.pk,), act_form(), 409, "so you can&#x27;t change it")


@move("coordinate:prior")
def a_drafter_proposes_it(w: World) -> Move:
    return Move(w.cast.drafter, (make_other_draft(w).pk,), act_form())


@move("proposals:decide")
def who_proposed_it_confirms_it(w: World) -> Move:
    made = record_prior_adoption.propose_prior(w.cast.coordinator, make_other_draft(w), act(), act().date)
    return Move(w.cast.coordinator, (made.pk,), {"decision": "confirm"})


@move("proposals:decide")
def it_is_confirmed_twice(w: World) -> Move:
    made = record_prior_adoption.propose_prior(w.cast.coordinator, make_other_draft(w), act(), act().date)
    decide.confirm(w.cast.second, made)
    return Move(w.cast.second, (made.pk,), {"decision": "confirm"}, 302, "already decided")


@move("coordinate:procedure")
def another_countrys_procedure_is_changed(w: World) -> Move:
    return Move(w.stranger, ("mk", "urgent"), {"count": "1"})


@move("coordinate:procedure")
def a_procedure_that_was_changed_meanwhile(w: World) -> Move:
    data = form_of(client_of(w.cast.coordinator), to("coordinate:procedure", "mk", "urgent"))
    return Move(
        w.cast.coordinator,
        ("mk", "urgent"),
        data | {"seen": "0" * 64},
        409,
        "Somebody else has changed this procedure",
    )
