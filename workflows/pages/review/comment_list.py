"""Which comments on a text somebody reads in the room of a round, and which of them a page holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile

from django.db.models import Q, QuerySet

from documents.models import Comment
from workflows.models import Review
from workflows.pages.review.visit import number_in
from workflows.rules.rounds import Rounds
from workflows.rules.unanswered_comments import with_waits

AT_ONCE = 200
"""More comments than these are shown a section and a page at a time."""
PAGE = 50


def comments_of(review: Review, rounds: Rounds) -> QuerySet[Comment]:
    """The comments on the text; for who may not see a later round, those until this one ended."""
    found = Comment.objects.filter(edition=review.edition_id)
    return found if review.ended is None or rounds.sees_last else found.filter(written__lte=review.ended)


@dataclass(frozen=True)
class Batch:
    """Comments ``first`` to ``last`` of ``all`` on a section, counted from 1."""

    uid: str
    all: int
    number: int = 0
    """Which page of them is open; 0: none."""

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE + 1

    @property
    def last(self) -> int:
        return min(self.number * PAGE, self.all)

    @property
    def earlier(self) -> Batch | None:
        """The page before this one."""
        return replace(self, number=self.number - 1) if self.number > 1 else None

    @property
    def later(self) -> Batch | None:
        return replace(self, number=self.number + 1) if self.number and self.last < self.all else None


@dataclass
class PageComments:
    """The comments that a page holds, and counts of all."""

    comments: list[Comment]
    all: int
    open: int
    """How many of all wait for an answer, as the coordinator's desk counts them."""
    earlier: frozenset[int] = frozenset()
    """Comments of the page that were answered and written before this round; none where the page has not
    all."""
    batches: dict[str, Batch] = field(default_factory=dict)
    """By section; empty where the page has every comment."""
    numbers: dict[int, int] = field(default_factory=dict)
    """The numbers of the comments on the page, where that is not all of them."""


def page_comments(
    found: QuerySet[Comment],
    order: Iterable[str],
    query: Mapping[str, str],
    comment: int = 0,
    began: datetime | None = None,
) -> PageComments:
    """All of ``found``; of many, those of the section "of" and "page" in ``query``, or around ``comment``.

    ``order``: the sections of the page, by which comments are numbered.
    """
    some = list(with_waits(found).order_by("id")[: AT_ONCE + 1])
    if len(some) <= AT_ONCE:
        firsts = [one for one in some if one.parent_id is None]
        answered = [one for one in firsts if not one.waits]
        earlier = frozenset(one.pk for one in answered if began is not None and one.written < began)
        return PageComments(some, len(firsts), len(firsts) - len(answered), earlier)
    return _part(found, order, query, comment)


def _part(
    found: QuerySet[Comment], order: Iterable[str], query: Mapping[str, str], comment: int
) -> PageComments:
    """The comments of one section, a page of them."""
    rows = list(with_waits(found.filter(parent=None)).order_by("id").values_list("pk", "uid", "waits"))
    by_uid: dict[str, list[int]] = defaultdict(list)
    for pk, uid, _waits in rows:
        by_uid[str(uid)].append(pk)
    of = next((uid for uid, pks in by_uid.items() if comment in pks), query.get("of", ""))
    pks = by_uid.get(of, [])
    number = pks.index(comment) // PAGE + 1 if comment in pks else number_in(query.get("page")) or 1
    number = min(max(number, 1), (len(pks) + PAGE - 1) // PAGE) if pks else 0
    shown = pks[(number - 1) * PAGE : number * PAGE] if number else []
    sections = takewhile(lambda section: section != of, dict.fromkeys([*order, *by_uid]))
    before = sum(len(by_uid.get(section, ())) for section in sections)
    return PageComments(
        list(found.filter(Q(pk__in=shown) | Q(parent__in=shown)).order_by("id")),
        len(rows),
        sum(waits for _pk, _uid, waits in rows),
        frozenset(),
        {uid: Batch(uid, len(pks), number if uid == of else 0) for uid, pks in by_uid.items()},
        {pk: before + place for place, pk in enumerate(pks, 1) if pk in shown},
    )
