"""The rounds of a text, and which of them somebody may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import (
    CharField,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat

from audit.models import Entry
from workflows.choices import ReviewState
from workflows.models import Review


@dataclass(frozen=True)
class Rounds:
    """All rounds of one text, in their order; ``seen``: the numbers of those that the reader may open."""

    review: Review
    every: Sequence[Review]
    seen: frozenset[int]

    @property
    def before(self) -> Review | None:
        """The round before this one, if there was one."""
        return next((one for one in reversed(self.every) if one.round < self.review.round), None)

    @property
    def is_last(self) -> bool:
        return self.every[-1].round == self.review.round

    @property
    def last(self) -> Review:
        return self.every[-1]

    @cached_property
    def listed(self) -> list[Review]:
        """Those that the reader may open, the newest first; empty where there is no other than this one. One more query where one of
        them was returned: its stages tell in which words."""
        found = [one for one in reversed(self.every) if one.round in self.seen]
        if len(found) < 2:
            return []
        prefetch_related_objects([one for one in found if one.state == ReviewState.RETURNED], "stages")
        return found

    @property
    def adopted_in(self) -> Review | None:
        """The round on which the text was adopted, if it was."""
        return next((one for one in self.every if one.state == ReviewState.DONE), None)

    @property
    def next_seen(self) -> Review | None:
        """The last of the later rounds that the reader may open."""
        found = (one for one in reversed(self.every) if one.round in self.seen)
        return next((one for one in found if one.round > self.review.round), None)

    @property
    def sees_last(self) -> bool:
        """Whether they may see the last round of the text: they take part in it, or run it."""
        return self.every[-1].round in self.seen


def rounds_of(review: Review, user: Any) -> Rounds:
    """One query; none where ``review`` was read as the only round of its text, by somebody who may open it
    (:func:`workflows.pages.review.views.find_review`). A round that was ended by a restart is told by the next one: the trail says that it
    is one, and from which stage."""
    if review.alone:
        return Rounds(review, [review], frozenset({review.round}))
    seen = Review.objects.visible_to(user).filter(pk=OuterRef("pk"))
    found = Review.objects.filter(edition=review.edition_id).annotate(may_open=Exists(seen))
    every = with_restarts(found.defer("procedure"))
    for one in every:
        one.edition = review.edition
        if one.pk == review.pk:
            review.restarted_from = one.restarted_from
    # Who opens this one because they commented in it opens it, though nothing is asked of them.
    seen_rounds = {one.round for one in every if one.may_open} | {review.round}
    return Rounds(review, every, frozenset(seen_rounds))


def with_restarts(rounds: QuerySet[Review, Any]) -> list[Any]:
    """All rounds of one text in their order, each that a restart ended with the stage from which the next one began: so the trail
    tells it. One query."""
    restart = Entry.objects.filter(
        thing=Concat(Value("review:"), Cast(OuterRef("pk"), CharField())), verb="restart", refused=False
    )
    began_at = Subquery(restart.values(order=Cast(KT("detail__order"), IntegerField()))[:1])
    every = list(rounds.annotate(began_at=began_at).order_by("round"))
    for one, following in zip(every, [*every[1:], None], strict=True):
        one.restarted_from = following.began_at if following else None
    return every
