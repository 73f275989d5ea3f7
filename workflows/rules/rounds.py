"""The rounds of a text, and which of them somebody may open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
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
from django.utils.translation import gettext as _

from audit.models import Entry
from workflows.choices import ReviewState
from workflows.models import Review


@dataclass(frozen=True)
class Rounds:
    """All rounds of one text, in their order; ``seen``: the numbers of those that the reader may open."""

    review: Review
    every: Sequence[Review]
    seen: frozenset[int]
    restarts: Mapping[int, int]
    """By a round that a restart ended, the stage from which the next one began."""

    def state_label(self, review: Review) -> str:
        """The state of one of the rounds, in words."""
        if review.state == ReviewState.VOIDED and (order := self.restarts.get(review.round)):
            return _("Restarted from stage %(n)d") % {"n": order}
        return review.state_label

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
        """Those that the reader may open, newest first; empty for a single one."""
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
    """The rounds of the text of ``review``; one query."""
    seen = Review.objects.visible_to(user).filter(pk=OuterRef("pk"))
    found = Review.objects.filter(edition=review.edition_id).annotate(may_open=Exists(seen))
    every = with_restarts(found.defer("procedure"))
    for one in every:
        one.edition = review.edition
    # Who opens this one because they commented in it opens it, though nothing is asked of them.
    seen_rounds = {one.round for one in every if one.may_open} | {review.round}
    return Rounds(review, every, frozenset(seen_rounds), restarts_of(every))


def with_restarts(rounds: QuerySet[Review, Any]) -> list[Any]:
    """The rounds of a text in order; ``began_at`` is the stage of a restart, by the audit trail."""
    restart = Entry.objects.filter(
        thing=Concat(Value("review:"), Cast(OuterRef("pk"), CharField())), verb="restart", refused=False
    )
    began_at = Subquery(restart.values(order=Cast(KT("detail__order"), IntegerField()))[:1])
    return list(rounds.annotate(began_at=began_at).order_by("round"))


def restarts_of(every: Sequence[Any]) -> dict[int, int]:
    """By a round that a restart ended, the stage from which the next one began."""
    return {one.round: after.began_at for one, after in pairwise(every) if after.began_at}
