"""The institutions that agreed to an edition, for the pages where it is read."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from documents.models import Edition
from documents.reading.approvals import register
from theme.names import spoken
from workflows.choices import AGREEING
from workflows.models import Seat, SignOff


@register
def institutions(editions: Sequence[Edition]) -> dict[int, list[str]]:
    """By edition, whose sign-off counts, or whose silence was taken as assent, in its last round; one query."""
    counting = SignOff.objects.filter(voided_at=None, choice__in=AGREEING)
    seats = (
        Seat.objects.filter(stage__review__edition__in=[edition.pk for edition in editions])
        .filter(Q(sign_offs__in=counting) | Q(assented__isnull=False))
        .select_related("institution", "stage__review")
        .order_by("-stage__review__round", "pk")
        .distinct()
    )
    last: dict[int, int] = {}
    found: dict[int, list[str]] = {}
    for seat in seats:
        review = seat.stage.review
        if last.setdefault(review.edition_id, review.round) != review.round:
            continue
        name = spoken(seat.institution)
        names = found.setdefault(review.edition_id, [])
        if name not in names:
            names.append(name)
    return found
