"""Count questions by day and without persons, and offer those that many asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.http import HttpRequest

from mail.digest import local_now
from search.engines.base import Query
from search.factory import analyser, engine
from search.models import AskedQuestion, AskedToday
from search.pages.askers import Tally
from search.pages.zero_results import DAYS, normalise_query

FLOOR = 10
"""So many askers, counted day by day, before a question is offered to others."""

QUESTIONS = Tally(AskedQuestion, "askers", 2000)
_MOST_CANDIDATES = 12


def count_question(request: HttpRequest, typed: str) -> None:
    """Count a question that found something, once a day for each asker."""
    words = normalise_query(typed)
    # A question with a number or a sign in it would be another one without.
    if words and len(words.split()) == len(typed.split()):
        QUESTIONS.add(request, words=words, in_office=not request.public)


def frequent_questions(typed: str, query: Query, most: int, *, office: bool) -> list[str]:
    """Frequent questions that begin as typed, most frequent first. In the office only its own questions
    count: on the public host anybody may ask. Each word that matters is in a text that the reader of the
    query may find. So no word of another is disclosed. Raises EngineError."""
    begun = " ".join(typed.casefold().split())
    asked = AskedQuestion.objects.filter(words__startswith=begun)
    asked = asked.filter(in_office=True) if office else asked
    rows = [row["words"] for row in QUESTIONS.frequent(asked, FLOOR, "words")[:_MOST_CANDIDATES]]
    return [words for words in rows if _all_known(words, query)][:most]


def _all_known(words: str, query: Query) -> bool:
    own = query.languages[0]
    bare = replace(query, page_size=1, facets=(), filters={}, relatives=False)
    return all(
        analyser().is_silent(word, own)
        or analyser().is_asking(word, own)
        or engine().search(replace(bare, text=f'"{word}"')).total
        for word in words.split()
    )


def forget_questions() -> int:
    """Delete who asked in the days and weeks before, and counts that are too old; gives how many rows."""
    today = local_now().date()
    forgotten = AskedToday.objects.filter(day__lt=today).delete()[0]
    return forgotten + AskedQuestion.objects.filter(day__lte=today - timedelta(days=DAYS)).delete()[0]
