"""End a coordination, once every comment is answered, or a consultation."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import audit
from documents.actions.errors import ActionError
from documents.actions.record_refusal import record_refusals
from documents.actions.submit_edition import submit_edition
from documents.choices import State
from people.access import require
from people.models import User
from people.roles import Verb
from workflows.actions.advance_stages import answers_of, end_stage, settle
from workflows.actions.confirm_unapplied import check_left_out, tell_left_out
from workflows.actions.locking import hold_stage
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import Review, Stage
from workflows.procedures import quorum
from workflows.rules.passed_stages import answered_by
from workflows.rules.unanswered_comments import open_comments


@record_refusals("end_coordination")
def end_coordination(
    by: User, stage: Stage, behind_because: str = "", without: Collection[int] = ()
) -> Review:
    """Open the next step; where that is the first locked one, submit the draft.

    ``behind_because``: why it is submitted with an outdated translation; ``without``: the confirmed comments
    whose suggestions are not in the text. Raises ActionError, or NotReady where the text can't be submitted
    yet.
    """
    require(by, Verb.SUBMIT, stage.review)
    with transaction.atomic():
        review, stage = _open(stage, StageKind.COORDINATION)
        waiting = open_comments([review.edition_id]).get(review.edition_id, {}).get("n", 0)
        if waiting:
            raise ActionError(
                ngettext(
                    "%(n)d comment needs an answer. Answer or resolve it first.",
                    "%(n)d comments need an answer. Answer or resolve them first.",
                    waiting,
                )
                % {"n": waiting},
                "comments",
            )
        left = check_left_out(review.edition, without)
        following = review.stages.filter(order__gt=stage.order).order_by("order").first()
        if following is not None and following.locked and review.edition.state == State.DRAFT:
            own = own_opinion(by, review, stage)
            if own:
                raise ActionError(own, "submitter")
            review.manifest = submit_edition(by, review.edition, behind_because)
            review.save(update_fields=["manifest"])
            review.edition.refresh_from_db()
            audit.record("lock_text", review, by, sha256=review.manifest.sha256)
        tell_left_out(by, review, left)
        end_stage(review, stage, Outcome.PASSED)
    return review


def own_opinion(by: User, review: Review, stage: Stage) -> str:
    """Why ``by`` can't submit the text by ending ``stage``: nobody submits a text that they answered for."""
    before = review.stages.select_related("kept").filter(order__lt=stage.order)
    own = answered_by(by, before.exclude(kind=StageKind.CONSULTATION))
    if own is None:
        return ""
    message = _(
        "You answered for %(institution)s in the stage “%(stage)s”, so you cannot submit this "
        "text. Ask another coordinator to end the coordination."
    )
    return message % {"institution": own[1].body, "stage": own[0].title}


@record_refusals("end_consultation")
def end_consultation(by: User, stage: Stage) -> Review:
    """Go on after the deadline, or before it where enough have answered. Else raises ActionError."""
    require(by, Verb.SUBMIT, stage.review)
    with transaction.atomic():
        review, stage = _open(stage, StageKind.CONSULTATION)
        if not stage.late and not quorum.enough(stage.quorum, answers_of(stage)):
            raise ActionError(
                _("The deadline has not passed. Institutions that have not answered can still do so."),
                "not_late",
            )
        end_stage(review, stage, Outcome.PASSED)
    return review


def end_due_consultations() -> int:
    """End each consultation whose deadline has passed with enough answers; gives how many."""
    ended = 0
    due = Stage.objects.filter(
        kind=StageKind.CONSULTATION,
        opened__isnull=False,
        closed__isnull=True,
        due__lt=timezone.now(),
        review__state=ReviewState.RUNNING,
    )
    for candidate in due.order_by("pk"):
        with transaction.atomic():
            stage = hold_stage(candidate)
            if stage.review.running and stage.late:
                settle(stage.review, stage)
                ended += not stage.open
    return ended


def _open(stage: Stage, kind: StageKind) -> tuple[Review, Stage]:
    stage = hold_stage(stage)
    if stage.kind != kind or not (stage.review.running and stage.open):
        raise ActionError(_("The stage “%(stage)s” is not open.") % {"stage": stage.title}, "not_open")
    return stage.review, stage
