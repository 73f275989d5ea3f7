"""Restart a review from a stage; withdraw it, with or without its text."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.actions.reopen_edition import reopen_edition
from documents.actions.submit_edition import check_against_manifest, make_manifest
from documents.actions.withdraw import withdraw
from documents.choices import State
from documents.models import Edition
from documents.text import plain_text
from documents.trail.audit_payloads import manifest_payload
from people.access import require
from people.models import User
from people.roles import Verb
from workflows.actions.advance_stages import open_step
from workflows.actions.end_review import dismiss, end_without_result, void, void_sign_offs
from workflows.actions.errors import Refused
from workflows.actions.locking import hold_review, refusals
from workflows.actions.start_review import Asked, Plan, lay_out
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import Review, Seat, Stage
from workflows.rules.passed_stages import answered_by, for_another_text
from workflows.rules.respondents import people_of
from workflows.trail.audit_payloads import start_payload


def restart(by: User, review: Review, order: int, reason: str) -> Review:
    """Ends the review and begins the next round at the stage ``order``, which must have been reached; gives
    the new round.

    What was passed before that stage, and beside it, is kept (:func:`kept_by`): sign-offs of locked stages
    only while the text stays exactly as it is. What was signed off in the others no longer counts, and each
    is told why. Back before the first sign-off, the text is open for changes again. Raises Refused.
    """
    require(by, Verb.REOPEN, review)
    reason = plain_text(reason)
    with refusals("restart", review, by):
        review = _held_last(review)
        stages = list(review.stages.select_related("kept").order_by("order"))
        target = next((stage for stage in stages if stage.order == order), None)
        kept = _checked(by, review, stages, target, reason)
        assert target is not None  # noqa: S101 - checked
        first = next(stage for stage in stages if stage.step == target.step)
        plans = [_as_before(stage) for stage in stages]
        edition = review.edition
        _end_round(by, review, stages, kept, first, reason)
        again = Review.objects.create(
            edition_id=edition.pk,
            manifest=make_manifest(Edition.objects.get(pk=edition.pk), by),
            round=review.round + 1,
            procedure=review.procedure,
            submitted_by=by,
        )
        lay_out(again, review.procedure["stages"], plans, kept)
        told = start_payload(again) | manifest_payload(again.manifest)
        audit.record("restart", again, by, of=review.pk, order=target.order, reason=reason, **told)
        again = hold_review(again.pk)
        open_step(again, first.step)
    return again


def _checked(
    by: User, review: Review, stages: Sequence[Stage], target: Stage | None, reason: str
) -> dict[int, Stage]:
    """The stages that stay passed where the review restarts from ``target``. Raises Refused where it
    can't."""
    not_reached = _("A review can only be restarted from a stage that it has reached.")
    if target is None or target.opened is None or target.kind == StageKind.ADOPTION:
        raise Refused("not_reached", not_reached)
    if not reason.strip():
        raise Refused("no_reason", _("Say why: the institutions will read it."))
    other: list[Stage] = [] if target.locked else given_before(review, stages)
    if any(stage.step < target.step for stage in other):
        said = _(
            "The text was changed since the stage “%(stage)s” was passed: restart from it at the latest."
        )
        raise Refused("other_text", said % {"stage": other[0].title})
    if any(stage.outcome != Outcome.PASSED for stage in stages if stage.step < target.step):
        raise Refused("not_reached", not_reached)
    kept = kept_by(stages, target, other)
    own = answered_by(by, kept.values())
    if own is not None:
        said = _(
            "The answer of %(institution)s in the stage “%(stage)s”, which stays passed, is yours, and "
            "nobody submits a text "
            "that they answered for. Ask another coordinator, or restart from that stage at the latest."
        )
        raise Refused("submitter", said % {"institution": own[1].body, "stage": own[0].title})
    return kept


def _end_round(
    by: User, review: Review, stages: Sequence[Stage], kept: dict[int, Stage], first: Stage, reason: str
) -> None:
    """Ends the round before the next one begins at the step of ``first``."""
    edition = review.edition
    if not first.locked and edition.state == State.IN_REVIEW:
        reopen_edition(by, edition, reason)  # the receivers void what was signed off
        return
    voided: set[int] = set()
    if first.locked:
        check_against_manifest(edition)
        again = [stage.kept or stage for stage in stages if stage.order not in kept]
        voided = void_sign_offs(review, again, reason, again=True)
    end_without_result(review, voided, dismiss(review, voided, reason, again=True), reason)


def kept_by(stages: Sequence[Stage], target: Stage, other: Sequence[Stage] = ()) -> dict[int, Stage]:
    """The stages that stay passed where a review restarts from ``target``, by their order: every one before
    its step, and what was passed at the same time as it. The text is the same for both: locked, it is not
    touched; where it is open, an opinion that was given for another one (``other``, :func:`given_before`) is
    asked again; and a consultation that was held need not be held again, because what was said in it was
    never bound to a text."""
    return {
        stage.order: stage
        for stage in stages
        if stage.step < target.step
        or (
            stage.step == target.step
            and stage.pk != target.pk
            and stage.outcome == Outcome.PASSED
            and stage not in other
        )
    }


def given_before(review: Review, stages: Sequence[Stage]) -> list[Stage]:
    """The opinions of a review, passed before its text was locked, that were given for another text than it
    is now."""
    passed = [stage for stage in stages if not stage.locked and stage.outcome == Outcome.PASSED]
    found = for_another_text(review.edition, passed)
    for stage in found:
        stage.review = review
    return found


def withdraw_review(by: User, review: Review, reason: str, *, text_too: bool) -> None:
    """Ends a review. ``text_too``: the text is given up with it; else it is a draft again, to be changed and
    submitted anew.

    Raises Refused without a reason, or where the review has ended.
    """
    require(by, Verb.REOPEN, review)
    reason = plain_text(reason)
    with refusals("withdraw_review", review, by), transaction.atomic():
        review = _held_last(review)
        if not reason.strip():
            raise Refused("no_reason", _("Say why: the institutions will read it."))
        edition = review.edition
        try:
            if text_too:
                withdraw(by, edition, reason)
            else:
                # Before the text is opened: the receiver would take the review for one that was reopened.
                void(edition, reason, ReviewState.WITHDRAWN)
                if edition.state == State.IN_REVIEW:
                    reopen_edition(by, edition, reason)
        except ActionError as problem:
            raise Refused("not_possible", problem.message) from problem
        audit.record("withdraw_review", review, by, text_too=text_too, reason=reason)


def _held_last(review: Review) -> Review:
    """The review, held; Refused unless it is the text's last one and has not ended."""
    hold(review.edition)
    review = hold_review(review.pk)
    last = Review.objects.filter(edition=review.edition_id).order_by("-round").first()
    going = review.state in (ReviewState.RUNNING, ReviewState.RETURNED) and not review.withdrawn
    if last != review or not going:
        raise Refused("ended", _("This review has ended already. Nothing was changed."))
    return review


def _as_before(stage: Stage) -> Plan:
    """Whom a stage asked; somebody who reviews no longer is asked as any reviewer of the institution."""
    asked = []
    for seat in Seat.objects.filter(stage=stage.kept or stage).select_related("institution", "user"):
        others = people_of(Seat(institution=seat.institution))
        asked.append(Asked(seat.institution, seat.user if seat.user in others else None))
    return Plan(tuple(asked), days=stage.days)
