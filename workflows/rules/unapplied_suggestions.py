"""Accepted suggestions whose words are not in the text: said before it goes on, and confirmed by who runs the
review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import ngettext

from documents.actions.errors import Problem
from documents.choices import State
from documents.models import Edition
from workflows.models import Review
from workflows.pages.desk_links import ByHand
from workflows.pages.matrix.rows import Row, rows_of
from workflows.rules.comment_anchors import accepted

FIELD = "without"
CODE = "left_out"


def left_out(edition: Edition) -> list[Row]:
    """Those of a text, in its order; one query where nothing was accepted."""
    return [row for row in rows_of(edition, accepted(edition)) if row.left_out]


def problem_of(rows: Collection[Row], confirmed: Collection[int] = ()) -> Problem | None:
    """What is to be looked at before the text goes on; None where there is nothing, or all of it is among
    those ``confirmed``."""
    if {row.pk for row in rows} <= set(confirmed):
        return None
    said = ngettext(
        "%(n)d accepted suggestion is not in the text. Put its words in, or confirm below that the text "
        "goes on without them.",
        "%(n)d accepted suggestions are not in the text. Put their words in, or confirm below that the text "
        "goes on without them.",
        len(rows),
    )
    return Problem(said % {"n": len(rows)}, FIELD, CODE)


def confirmed_in(request: HttpRequest) -> list[int]:
    """The comments for which the tick was set, by their numbers: another one that was accepted meanwhile is
    another question."""
    return [int(one) for one in request.POST.get(FIELD, "").split() if one.isdecimal() and len(one) < 19]


@dataclass(frozen=True)
class Place:
    """One of them as a page lists it; ``desk``: its section on the drafting desk, or the text where it was
    removed; empty where nothing can be changed there."""

    row: Row
    desk: str


@dataclass(frozen=True)
class Listed:
    """All of them as a page lists them before the text goes on; ``review``: the round in which they are
    read."""

    review: Review
    places: Sequence[Place]
    given: Collection[int] = ()

    @property
    def n(self) -> int:
        return len(self.places)

    @property
    def draft(self) -> bool:
        """Whether the text can be changed."""
        return self.review.edition.state == State.DRAFT

    @property
    def value(self) -> str:
        """What the tick sends."""
        return " ".join(str(place.row.pk) for place in self.places)

    @property
    def confirmed(self) -> bool:
        return problem_of([place.row for place in self.places], self.given) is None


def listed(request: HttpRequest, review: Review | None) -> Listed | None:
    """What a page lists for its reader, who runs the review; None where there is nothing to be said."""
    rows = left_out(review.edition) if review is not None else []
    if review is None or not rows:
        return None
    hand = ByHand(request.user, review.edition)
    return Listed(
        review, [Place(row, hand.url(row.comment, row.section)) for row in rows], confirmed_in(request)
    )
