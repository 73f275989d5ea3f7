"""Comments that were written in the name of an institution that was asked."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, Now, TruncDate

from documents.models import Comment
from people.models import Grant
from people.roles import Verb


def comments_for_seat(user: Any) -> QuerySet[Comment]:
    """What a person wrote in the name of a seat's institution since its stage began, while they were asked there: the stage gave
    them a right to comment for it (:func:`workflows.rules.grants.give_person`), whether it has ended since or not. For a query of seats,
    whose row is the outer one.

    Who comments with a right of their own, as a drafter of the text, bears the institution for which they review as well, and
    was asked nothing.
    """
    pk = getattr(user, "pk", None)
    return (
        Comment.objects.filter(
            author=pk,
            edition=OuterRef("stage__review__edition"),
            institution=OuterRef("institution"),
            written__gte=OuterRef("stage__opened"),
            written__lte=Coalesce(OuterRef("stage__review__ended"), Now()),
        )
        .annotate(day=TruncDate("written"), stage_of=_reason("stage__review", "stage__order"))
        .filter(Exists(_asked(pk)))
    )


def _asked(pk: int | None) -> QuerySet[Grant]:
    """The grants by which they were asked on the day of a comment, which is the outer row."""
    return Grant.objects.filter(
        # On its last day too: one that was ended with the round was good for what was written before.
        Q(ends=None) | Q(ends__gte=OuterRef("day")),
        user=pk,
        key=Concat(Value("ed:"), Cast(OuterRef("edition"), CharField())),
        verb=Verb.COMMENT,
        reason=OuterRef("stage_of"),
        for_institution=OuterRef("institution"),
        starts__lte=OuterRef("day"),
    )


def _reason(review: str, order: str) -> Concat:
    """As :func:`workflows.rules.grants.reason_of` writes it, of the outer row."""
    return Concat(
        Value("review "),
        Cast(OuterRef(review), CharField()),
        Value(", stage "),
        Cast(OuterRef(order), CharField()),
        output_field=CharField(),
    )
