"""What reviews add to the page of an edition: the running review, and who approved it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from documents.choices import State
from documents.models import Edition
from documents.pages.edition.approvals import register
from documents.pages.panels import Running, panel, register_running
from theme.localized_names import localized_name
from workflows.actions.end_review import stages_behind
from workflows.choices import AGREEING, ReviewState
from workflows.models import Review, Seat, SignOff
from workflows.pages.coordinator.stage_descriptions import standing_of


@panel
def review_state(request: HttpRequest, edition: Edition, uid: str, language: str) -> str:
    """The state of the running review, for those who may see it."""
    if edition.state != State.IN_REVIEW:
        return ""
    review = (
        Review.objects.visible_to(request.user)
        .filter(edition=edition)
        .select_related("edition__instrument__country")
        .prefetch_related("stages__seats__sign_offs")
        .order_by("-round")
        .first()
    )
    if review is None:
        return ""
    stages = list(review.stages.all())
    for stage in stages:
        stage.review = review
    seats = [seat for stage in stages if stage.opened is not None for seat in stage.seats.all()]
    context = {
        "review": review,
        "stage": next((stage for stage in stages if stage.open), None),
        "answered": sum(seat.answer is not None for seat in seats),
        "all": len(seats),
        "anchor": f"#s-{uid}" if uid else "",
    }
    return render_to_string("workflows/parts/panel.html", context, request)


def running_review(request: HttpRequest, edition: Edition) -> Running | None:
    """Where the review that runs is: the stage that ends first, and until when."""
    runs = Review.objects.visible_to(request.user).filter(edition=edition, state=ReviewState.RUNNING)
    review = runs.select_related("edition__instrument__country").order_by("-round").first()
    if review is None:
        return None
    return Running(standing_of(review), reverse("review:room", args=[review.pk]))


@register
def institutions(editions: Sequence[Edition]) -> dict[int, list[str]]:
    """By edition, whose agreement or tacit assent counts in the locked stages of its last round."""
    rounds = Review.objects.filter(edition__in=[edition.pk for edition in editions]).order_by("round")
    last = {review.edition_id: review for review in rounds}
    locked = [stage.pk for stage in stages_behind(*last.values()) if stage.locked]
    counting = SignOff.objects.filter(voided_at=None, choice__in=AGREEING)
    seats = (
        Seat.objects.filter(stage__in=locked)
        .filter(Q(sign_offs__in=counting) | Q(assented__isnull=False))
        .select_related("institution", "stage__review")
        .order_by("stage__order", "pk")
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for seat in seats:
        names = found.setdefault(seat.stage.review.edition_id, [])
        name = localized_name(seat.institution)
        if name not in names:
            names.append(name)
    return found


register_running(running_review)
