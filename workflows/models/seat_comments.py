"""Comments that were written in the name of an institution that was asked."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now, TruncDate

from documents.models import Comment
from people.models import Grant
from people.roles import Verb


def comments_for_seat(user: Any) -> QuerySet[Comment]:
    """What a person wrote in the name of a seat's institution while they were asked there.

    For a query of seats, whose row is the outer one. The stage gave them a right to comment, ended since or
    not: who comments with a right of their own, as a drafter, bears the institution too, and was asked
    nothing.
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
        .annotate(day=TruncDate("written"))
        .filter(Exists(_asked(pk)))
    )


def _asked(pk: int | None) -> QuerySet[Grant]:
    """The grants by which they were asked on the day of a comment, which is the outer row."""
    return Grant.objects.filter(
        # On its last day too: one that was ended with the round was good for what was written before.
        Q(ends=None) | Q(ends__gte=OuterRef("day")),
        user=pk,
        verb=Verb.COMMENT,
        of_stage__stage=OuterRef(OuterRef("stage")),
        for_institution=OuterRef("institution"),
        starts__lte=OuterRef("day"),
    )
