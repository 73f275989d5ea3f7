"""Count which words of a question were replaced by others within one visit: candidates for synonyms. Nothing
tells whose visit it was, nor the rest of the question."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest

from mail.digest import local_now
from people.access import PUBLIC
from search.analysis import family_of
from search.engines.base import Query
from search.factory import analyser, engine
from search.models import RewordedQuestion, SynonymGroup
from search.pages.askers import Tally
from search.pages.zero_results import normalise_query
from search.synonym_store import entries_of

FLOOR = 5
WEEKS = 13
"""So long they are stored."""
ONE_VISIT = 30 * 60
MOST_WORDS = 3
SHOWN = 100
REWORDINGS = Tally(RewordedQuestion, "times", 2000, period="week", weekly=True)
_LANGUAGES = ("en", "sq", "sr", "mk")
"""One of each family."""
FIELD = "before"
"""The field of the form on the public host that carries the words of the question before."""
_SESSION = "search_asked"


@dataclass(frozen=True, slots=True)
class Candidate:
    before: str
    after: str
    times: int


def note_rewording(request: HttpRequest, typed: str, language: str) -> None:
    """Counts the words replaced since the previous question, once a week for each asker. On the public host
    only where the form for other words was used, in the office within a session. Raises EngineError."""
    before = request.GET.get(FIELD, "") if request.public else _asked_before(request, typed)
    pair = replaced(before, typed, language)
    if pair and all(_is_word(word) for word in " ".join(pair).split()):
        REWORDINGS.add(request, before=pair[0], after=pair[1])


def _is_word(word: str) -> bool:
    """Whether a dictionary or a public text has it: what neither has may be a name."""
    query = Query(f'"{word}"', frozenset({PUBLIC}), _LANGUAGES, page_size=1, facets=())
    return any(analyser().has_word(word, one) for one in _LANGUAGES) or bool(engine().search(query).total)


def _asked_before(request: HttpRequest, typed: str) -> str:
    words, at = request.session.get(_SESSION, ("", 0))
    if typed != words:
        request.session[_SESSION] = (typed, int(time.time()))
    return words if time.time() - at < ONE_VISIT else ""


def replaced(before: str, after: str, language: str) -> tuple[str, str] | None:
    """The old words and their replacements. None where a question only became longer or shorter, is quite
    another one, or has a digit."""
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


def candidates() -> list[Candidate]:
    """What enough people replaced, the most often first, without what a group has already."""
    rows = REWORDINGS.frequent(RewordedQuestion.objects.all(), FLOOR, "before", "after")[:SHOWN]
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
        for language in _LANGUAGES
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
