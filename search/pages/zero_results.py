"""Count queries without results by day, and without who asked: what the library lacks or names otherwise."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Max, Sum

from mail.digest import local_now
from search.engines.plan import split_query
from search.models import Unanswered

log = logging.getLogger("kodeks.search")

FLOOR = 5
DAYS = 90
"""So long they are kept, and shown."""

LONGEST = 80
MOST_A_DAY = 2000
"""So many different ones are counted on one day: nobody fills the database by asking for nonsense."""

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Vain:
    words: str
    times: int
    last: date


def normalise_query(typed: str) -> str:
    """The words of a query as they are counted; empty where nothing is left to count."""
    parts = split_query(typed)
    words = " ".join([*parts.words, *parts.phrases]).casefold().split()
    counted = " ".join(word for word in words if all(letter.isalpha() or letter in "-'’" for letter in word))
    return counted if len(counted) <= LONGEST else ""


def count_zero_result(typed: str) -> None:
    """Counts a query without results. A read-only database costs a count, not the page."""
    words = normalise_query(typed)
    if not words:
        return
    try:
        with transaction.atomic():
            _count(words, local_now().date())
    except OperationalError as error:
        log.warning("a search without results was not counted: %s", error)


def _count(words: str, day: date) -> None:
    if _add(words, day):
        return
    if Unanswered.objects.filter(day=day).count() >= MOST_A_DAY:
        return
    try:
        with transaction.atomic():
            Unanswered.objects.create(words=words, day=day, times=1)
    except IntegrityError:  # somebody else asked the same at the same moment
        _add(words, day)


def frequent_zero_results() -> list[Vain]:
    """What was asked in vain often enough to be shown, the most often first; one query."""
    rows = (
        Unanswered.objects.filter(day__gt=local_now().date() - timedelta(days=DAYS))
        .order_by()
        .values("words")
        .annotate(n=Sum("times"), last=Max("day"))
        .filter(n__gte=FLOOR)
        .order_by("-n", "words")[:SHOWN]
    )
    return [Vain(row["words"], row["n"], row["last"]) for row in rows]


def forget_unanswered() -> int:
    """Deletes the counts that are too old to be shown; gives how many."""
    return Unanswered.objects.filter(day__lte=local_now().date() - timedelta(days=DAYS)).delete()[0]


def _add(words: str, day: date) -> bool:
    return bool(Unanswered.objects.filter(words=words, day=day).update(times=F("times") + 1))
