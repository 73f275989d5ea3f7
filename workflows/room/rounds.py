"""The rounds of a text, and which of them somebody may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, prefetch_related_objects

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
    """One query."""
    seen = Review.objects.visible_to(user).filter(pk=OuterRef("pk"))
    found = Review.objects.filter(edition=review.edition_id).annotate(may_open=Exists(seen))
    every = list(found.defer("procedure").order_by("round"))
    for one in every:
        one.edition = review.edition
    return Rounds(review, every, frozenset(one.round for one in every if one.may_open))
