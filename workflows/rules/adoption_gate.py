"""What a review requires before its text is adopted."""

from __future__ import annotations

from django.utils.translation import gettext as _

from documents.actions.errors import Problem
from documents.editions.adoption_checks import gate, recording_gate
from documents.models import Edition, Manifest
from workflows.choices import Outcome, ReviewState, StageKind
from workflows.models import Review, SignOff


@gate
def review_passed(edition: Edition) -> list[str]:
    """What of the review still is in the way of an adoption, in words."""
    manifest = Manifest.objects.filter(edition=edition).order_by("-round").first()
    review = Review.objects.filter(manifest=manifest).first() if manifest else None
    if review is None:
        return [Problem(_("The current text has not been reviewed."), code="not_passed")]
    if review.state != ReviewState.RUNNING:
        return [
            Problem(_("The review of this text ended without the required sign-offs."), code="not_passed")
        ]
    problems: list[str] = []
    stages = list(review.stages.exclude(kind=StageKind.ADOPTION).select_related("kept"))
    for stage in stages:
        if stage.closed is None:
            message = _("The stage “%(stage)s” has not ended yet.") % {"stage": stage.title}
            problems.append(Problem(message, code="not_passed"))
        elif stage.outcome != Outcome.PASSED:
            message = _("The stage “%(stage)s” was not passed.") % {"stage": stage.title}
            problems.append(Problem(message, code="not_passed"))
    binding = [(stage.kept or stage).pk for stage in stages if stage.locked]
    given = SignOff.objects.filter(seat__stage__in=binding, voided_at__isnull=True)
    other = given.exclude(manifest_sha256=edition.sha256)
    if not problems and (edition.sha256 != review.manifest.sha256 or other.exists()):
        message = _("The text that was signed off differs from the text to be adopted.")
        problems.append(Problem(message, code="other_text"))
    return problems


@recording_gate
def no_review_runs(edition: Edition) -> list[str]:
    """That a review of the text runs."""
    if not Review.objects.filter(edition=edition, state=ReviewState.RUNNING).exists():
        return []
    return [
        _(
            "A review of this text is in progress. If the text was adopted before Kodeks, "
            "withdraw the review first. The text then stays a draft."
        )
    ]
