"""Count which words of a question were replaced by others within one visit: candidates for synonyms. Nothing
tells whose visit it was, nor the rest of the question."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Sum
from django.http import HttpRequest

from mail.digest import local_now
from search.analysis import family_of
from search.factory import analyser
from search.models import RewordedQuestion, SynonymGroup
from search.pages.zero_results import normalise_query
from search.synonym_store import entries_of

log = logging.getLogger("kodeks.search")

FLOOR = 5
WEEKS = 13
"""So long they are kept."""
ONE_VISIT = 30 * 60
MOST_WORDS = 3
MOST_A_WEEK = 2000
SHOWN = 100
FIELD = "before"
"""The field of the form on the public host that carries the words of the question before."""
_SESSION = "search_asked"


@dataclass(frozen=True, slots=True)
class Candidate:
    before: str
    after: str
    times: int


def note_rewording(request: HttpRequest, typed: str, language: str) -> None:
    """Counts what was replaced since the question before: on the public host only where the form for other
    words was used, in the office within a session."""
    before = request.GET.get(FIELD, "") if request.public else _asked_before(request, typed)
    pair = replaced(before, typed, language)
    if pair is None:
        return
    try:
        with transaction.atomic():
            _count(*pair)
    except (OperationalError, IntegrityError) as error:  # read-only, or two at the same moment
        log.warning("a reworded question was not counted: %s", error)


def _asked_before(request: HttpRequest, typed: str) -> str:
    words, at = request.session.get(_SESSION, ("", 0))
    if typed != words:
        request.session[_SESSION] = (typed, int(time.time()))
    return words if time.time() - at < ONE_VISIT else ""


def replaced(before: str, after: str, language: str) -> tuple[str, str] | None:
    """The words that went and those that came instead; None where a question was only made longer or
    shorter, is quite another one, or has a digit."""
    if any(letter.isdigit() for letter in before + after):
        return None
    old, new = (_telling(words, language) for words in (before, after))
    went = [word for word in old if word not in new]
    came = [word for word in new if word not in old]
    if not (0 < len(went) <= MOST_WORDS and 0 < len(came) <= MOST_WORDS):
        return None
    if len(old) > len(went) or (len(old) == 1 == len(new)):
        return " ".join(went), " ".join(came)
    return None


def _telling(typed: str, language: str) -> list[str]:
    words = normalise_query(typed).split()
    return [
        word
        for word in words
        if not analyser().is_silent(word, language) and not analyser().is_asking(word, language)
    ]


def _count(before: str, after: str) -> None:
    today = local_now().date()
    week = today - timedelta(days=today.weekday())
    counted = RewordedQuestion.objects.filter(before=before, after=after, week=week)
    if counted.update(times=F("times") + 1):
        return
    if RewordedQuestion.objects.filter(week=week).count() < MOST_A_WEEK:
        RewordedQuestion.objects.create(before=before, after=after, week=week, times=1)


def candidates() -> list[Candidate]:
    """What was replaced often enough, the most often first, without what a group has already."""
    rows = (
        RewordedQuestion.objects.order_by()
        .values("before", "after")
        .annotate(n=Sum("times"))
        .filter(n__gte=FLOOR)
        .order_by("-n", "before", "after")[:SHOWN]
    )
    known = _known_pairs() if rows else []
    return [
        Candidate(row["before"], row["after"], row["n"])
        for row in rows
        if not any(_key(row["before"]) & group and _key(row["after"]) & group for group in known)
    ]


def _key(words: str) -> set[tuple[str, ...]]:
    """The words as tokens in each family of languages: nobody says in which they were typed."""
    return {
        (family_of(language), *(token.lemma for token in analyser().tokens(words, language)))
        for language in ("en", "sq", "sr", "mk")
    }


def _known_pairs() -> list[set[tuple[str, ...]]]:
    return [
        {
            (family_of(language), *(token.lemma for token in analyser().tokens(way, language)))
            for language, ways in entry.terms.items()
            for way in ways
        }
        for entry in entries_of(SynonymGroup.objects.all())
    ]


def forget_rewordings() -> int:
    """Deletes the counts that are too old; gives how many."""
    oldest = local_now().date() - timedelta(weeks=WEEKS)
    return RewordedQuestion.objects.filter(week__lt=oldest).delete()[0]
