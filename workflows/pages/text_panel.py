"""What stands beside a text that is read while its review runs: the stage, the answers, the way to the
room."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from documents.choices import State
from documents.models import Edition
from documents.pages.panels import panel
from workflows.models import Review


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
