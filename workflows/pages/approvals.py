"""The institutions that agreed to an edition, for the pages where it is read."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from documents.models import Edition
from documents.pages.edition.approvals import register
from theme.localized_names import localized_name
from workflows.actions.end_review import stages_behind
from workflows.choices import AGREEING
from workflows.models import Review, Seat, SignOff


@register
def institutions(editions: Sequence[Edition]) -> dict[int, list[str]]:
    """By edition, whose sign-off counts, or whose silence was taken as assent, in the stages that its last
    round stands on: those in which the text was locked, also where they were kept from a round before. What
    was said of a draft in a consultation is no approval. Three queries."""
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
