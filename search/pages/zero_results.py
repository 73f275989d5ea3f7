"""Count queries without results by day, and without who asked: what the library lacks or names otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from mail.digest import local_now
from search.engines.plan import split_query
from search.models import AskedToday, Unanswered
from search.pages.askers import Tally

FLOOR = 5
DAYS = 90
"""So long they are stored, and shown."""

LONGEST = 80
VAIN = Tally(Unanswered, "times", 2000)
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


def count_zero_result(request: HttpRequest, typed: str) -> None:
    """Count a query without results, once a day for each asker."""
    if words := normalise_query(typed):
        VAIN.add(request, words=words)


def frequent_zero_results() -> list[Vain]:
    """What enough people asked in vain, the most often first; one query."""
    rows = Unanswered.objects.filter(day__gt=local_now().date() - timedelta(days=DAYS))
    return [Vain(row["words"], row["n"], row["last"]) for row in VAIN.frequent(rows, FLOOR, "words")[:SHOWN]]


def forget_unanswered() -> int:
    """Deletes who asked on the days before, and the counts that are too old to be shown; gives how many."""
    today = local_now().date()
    forgotten = AskedToday.objects.filter(day__lt=today).delete()[0]
    return forgotten + Unanswered.objects.filter(day__lte=today - timedelta(days=DAYS)).delete()[0]
