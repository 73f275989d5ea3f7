"""What the coordinator ends: a coordination, once every comment is answered, and a consultation; what the
clock ends."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import audit
from documents.actions.submit_edition import submit_edition
from documents.choices import State
from people.access import require
from people.models import User
from people.roles import Verb
from workflows.actions.advance_stages import answers_of, end_stage, settle
from workflows.actions.confirm_unapplied import check_left_out, tell_left_out
from workflows.actions.errors import Refused
from workflows.actions.locking import hold_review, refusals
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import Review, Stage
from workflows.procedures import quorum
from workflows.rules.passed_stages import answered_by
from workflows.rules.unanswered_comments import open_comments


def end_coordination(
    by: User, stage: Stage, behind_because: str = "", without: Collection[int] = ()
) -> Review:
    """The next step opens; where it is the first that locks the text, the draft is submitted as it stands
    now.

    ``behind_because`` says why it is submitted although an authentic translation is older than its source;
    ``without``: the comments whose suggestions were accepted and are not in the text, where that was
    confirmed. Raises Refused while comments wait for an answer or such a suggestion was not confirmed, and
    for who would so submit a text of which they gave an opinion; NotReady where the text can't be submitted
    yet; Http404 where ``by`` does not run the review.
    """
    require(by, Verb.SUBMIT, stage.review)
    with refusals("end_coordination", stage, by):
        review, stage = _open(stage, StageKind.COORDINATION)
        waiting = open_comments([review.edition_id]).get(review.edition_id, {}).get("n", 0)
        if waiting:
            raise Refused(
                "comments",
                ngettext(
                    "%(n)d comment waits for an answer. Answer or settle it first.",
                    "%(n)d comments wait for an answer. Answer or settle them first.",
                    waiting,
                )
                % {"n": waiting},
            )
        left = check_left_out(review.edition, without)
        following = review.stages.filter(order__gt=stage.order).order_by("order").first()
        if following is not None and following.locked and review.edition.state == State.DRAFT:
            own = own_opinion(by, review, stage)
            if own:
                raise Refused("submitter", own)
            review.manifest = submit_edition(by, review.edition, behind_because)
            review.save(update_fields=["manifest"])
            review.edition.refresh_from_db()
            audit.record("lock_text", review, by, sha256=review.manifest.sha256)
        tell_left_out(by, review, left)
        end_stage(review, stage, Outcome.PASSED)
    return review


def own_opinion(by: User, review: Review, stage: Stage) -> str:
    """Why ``by`` can't end the coordination ``stage``, in words, where that submits the text; empty where
    they can. Nobody submits a text that they answered for, as nobody answers for one that they submitted.
    What was said in a consultation approves nothing."""
    before = review.stages.select_related("kept").filter(order__lt=stage.order)
    own = answered_by(by, before.exclude(kind=StageKind.CONSULTATION))
    if own is None:
        return ""
    said = _(
        "The answer of %(institution)s in the stage “%(stage)s” is yours, and nobody submits a text that "
        "they answered for. "
        "Ask another coordinator to end the coordination."
    )
    return said % {"institution": own[1].body, "stage": own[0].title}


def end_consultation(by: User, stage: Stage) -> Review:
    """Goes on without those who have not answered: after the deadline, or before it where enough have. Else
    raises Refused."""
    require(by, Verb.SUBMIT, stage.review)
    with refusals("end_consultation", stage, by):
        review, stage = _open(stage, StageKind.CONSULTATION)
        if not stage.late and not quorum.enough(stage.quorum, answers_of(stage)):
            raise Refused(
                "not_late", _("The deadline has not passed yet: those who have not answered still may.")
            )
        end_stage(review, stage, Outcome.PASSED)
    return review


def end_due_consultations() -> int:
    """Ends every consultation whose deadline has passed and in which as many have answered as must; gives how
    many. Called by the worker. Where fewer have, the others are late, and the coordinator goes on without
    them or gives more time."""
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
            review = hold_review(candidate.review_id)
            stage = Stage.objects.get(pk=candidate.pk)
            stage.review = review
            if review.running and stage.late:
                settle(review, stage)
                ended += not stage.open
    return ended


def _open(stage: Stage, kind: StageKind) -> tuple[Review, Stage]:
    review = hold_review(stage.review_id)
    stage = Stage.objects.get(pk=stage.pk)
    stage.review = review
    if stage.kind != kind or not (review.running and stage.open):
        raise Refused("not_open", _("The stage “%(stage)s” is not open.") % {"stage": stage.title})
    return review, stage
