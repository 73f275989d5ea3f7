"""The accepted suggestions that are not in the text, as a form shows them before the next stage."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest

from documents.choices import State
from workflows.models import Review
from workflows.pages.desk_links import DeskLinks
from workflows.pages.matrix.rows import Row, rows_of
from workflows.rules.comment_anchors import accepted
from workflows.rules.unapplied_suggestions import FIELD


@dataclass(frozen=True)
class Unapplied:
    """Each row with its place on the drafting desk (empty where nothing can be changed there)."""

    review: Review
    places: list[tuple[Row, str]]
    confirmed_before: Collection[int]

    @property
    def draft(self) -> bool:
        return self.review.edition.state == State.DRAFT

    @property
    def value(self) -> str:
        """What the tick sends."""
        return " ".join(str(row.pk) for row, _url in self.places)

    @property
    def confirmed(self) -> bool:
        return {row.pk for row, _url in self.places} <= set(self.confirmed_before)


def confirmed_in(request: HttpRequest) -> list[int]:
    """The comments with a tick; one that was accepted since is another question."""
    return [int(one) for one in request.POST.get(FIELD, "").split() if one.isdecimal() and len(one) < 19]


def unapplied_for(request: HttpRequest, review: Review | None) -> Unapplied | None:
    """The list for who runs the review; None where it is empty."""
    if review is None:
        return None
    rows = [row for row in rows_of(review.edition, accepted(review.edition)) if row.left_out]
    links = DeskLinks(request.user, review.edition)
    places = [(row, links.url(row.comment, row.section)) for row in rows]
    return Unapplied(review, places, confirmed_in(request)) if rows else None
