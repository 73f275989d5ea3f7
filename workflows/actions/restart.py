"""Restart a review from a stage; withdraw it, with or without its text."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

import audit
from documents.actions.audit_payloads import manifest_payload
from documents.actions.errors import ActionError
from documents.actions.locking import hold
from documents.actions.record_refusal import record_refusals
from documents.actions.reopen_edition import reopen_edition
from documents.actions.submit_edition import check_against_manifest, make_manifest
from documents.actions.withdraw import withdraw
from documents.choices import State
from documents.models import Edition
from documents.text import plain_text
from people.access import require
from people.models import User
from people.roles import Verb
from workflows.actions.advance_stages import open_step
from workflows.actions.end_review import dismiss, end_without_result, void, void_sign_offs
from workflows.actions.locking import hold_review
from workflows.actions.start_review import Plan, Respondent, lay_out
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import Review, Seat, Stage
from workflows.rules.passed_stages import answered_by, for_another_text
from workflows.rules.respondents import people_of
from workflows.trail.audit_payloads import start_payload


@record_refusals("restart")
def restart(by: User, review: Review, order: int, reason: str) -> Review:
    """End the review and begin the next round at the stage ``order``; gives the new round.

    Stages before it stay passed (:func:`still_passed`); other sign-offs are voided. Raises
    ActionError.
    """
    require(by, Verb.REOPEN, review)
    reason = plain_text(reason)
    with transaction.atomic():
        review = _lock_last(review)
        stages = list(review.stages.select_related("kept").order_by("order"))
        target = next((stage for stage in stages if stage.order == order), None)
        passed = _checked(by, review, stages, target, reason)
        assert target is not None  # noqa: S101 - checked
        first = next(stage for stage in stages if stage.step == target.step)
        plans = [_as_before(stage) for stage in stages]
        edition = review.edition
        _end_round(by, review, stages, passed, first, reason)
        again = Review.objects.create(
            edition_id=edition.pk,
            manifest=make_manifest(Edition.objects.get(pk=edition.pk), by),
            round=review.round + 1,
            procedure=review.procedure,
            submitted_by=by,
        )
        lay_out(again, review.procedure["stages"], plans, passed)
        payload = start_payload(again) | manifest_payload(again.manifest)
        audit.record("restart", again, by, of=review.pk, order=target.order, reason=reason, **payload)
        again = hold_review(again.pk)
        open_step(again, first.step)
    return again


def _checked(
    by: User, review: Review, stages: Sequence[Stage], target: Stage | None, reason: str
) -> dict[int, Stage]:
    """The stages that stay passed where the review restarts from ``target``. Raises ActionError."""
    not_reached = _("You can restart a review only from a stage that it has reached.")
    if target is None or target.opened is None or target.kind == StageKind.ADOPTION:
        raise ActionError(not_reached, "not_reached")
    if not reason.strip():
        raise ActionError(_("Give a reason. The institutions will see it."), "no_reason")
    other: list[Stage] = [] if target.locked else given_before(review, stages)
    if any(stage.step < target.step for stage in other):
        message = _(
            "The text has changed since the stage “%(stage)s” was passed. Restart from that "
            "stage or an earlier stage."
        )
        raise ActionError(message % {"stage": other[0].title}, "other_text")
    if any(stage.outcome != Outcome.PASSED for stage in stages if stage.step < target.step):
        raise ActionError(not_reached, "not_reached")
    passed = still_passed(stages, target, other)
    own = answered_by(by, passed.values())
    if own is not None:
        message = _(
            "You answered for %(institution)s in the completed stage “%(stage)s”, so you cannot "
            "submit this text. Ask another coordinator, or restart from that stage or an earlier "
            "one."
        )
        raise ActionError(message % {"institution": own[1].body, "stage": own[0].title}, "submitter")
    return passed


def _end_round(
    by: User, review: Review, stages: Sequence[Stage], passed: dict[int, Stage], first: Stage, reason: str
) -> None:
    """Ends the round before the next one begins at the step of ``first``."""
    edition = review.edition
    if not first.locked and edition.state == State.IN_REVIEW:
        reopen_edition(by, edition, reason)  # the receivers void what was signed off
        return
    voided: set[int] = set()
    if first.locked:
        check_against_manifest(edition)
        again = [stage.kept or stage for stage in stages if stage.order not in passed]
        voided = void_sign_offs(review, again, reason, again=True)
    end_without_result(review, voided, dismiss(review, voided, reason, again=True), reason)


def still_passed(stages: Sequence[Stage], target: Stage, other: Sequence[Stage] = ()) -> dict[int, Stage]:
    """The stages that stay passed, by order: those before the step of ``target``, and those of its step that
    passed. Opinions on another text (``other``) do not."""
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
    """The opinions passed before the text was locked that were given on another text."""
    passed = [stage for stage in stages if not stage.locked and stage.outcome == Outcome.PASSED]
    found = for_another_text(review.edition, passed)
    for stage in found:
        stage.review = review
    return found


@record_refusals("withdraw_review")
def withdraw_review(by: User, review: Review, reason: str, *, text_too: bool) -> None:
    """End a review; ``text_too``: withdraw the text, else make it a draft again. Raises ActionError."""
    require(by, Verb.REOPEN, review)
    reason = plain_text(reason)
    with transaction.atomic():
        review = _lock_last(review)
        if not reason.strip():
            raise ActionError(_("Give a reason. The institutions will see it."), "no_reason")
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
            raise ActionError(problem.message, "not_possible") from problem
        audit.record("withdraw_review", review, by, text_too=text_too, reason=reason)


def _lock_last(review: Review) -> Review:
    """The review, locked; ActionError unless it is the text's last one and has not ended."""
    hold(review.edition)
    review = hold_review(review.pk)
    last = Review.objects.filter(edition=review.edition_id).order_by("-round").first()
    going = review.state in (ReviewState.RUNNING, ReviewState.RETURNED) and not review.withdrawn
    if last != review or not going:
        raise ActionError(_("This review has already ended. Nothing was changed."), "ended")
    return review


def _as_before(stage: Stage) -> Plan:
    """Whom a stage asked; somebody who reviews no longer is asked as any reviewer of the institution."""
    wanted = []
    for seat in Seat.objects.filter(stage=stage.kept or stage).select_related("institution", "user"):
        others = people_of(Seat(institution=seat.institution))
        wanted.append(Respondent(seat.institution, seat.user if seat.user in others else None))
    return Plan(tuple(wanted), days=stage.days)
