"""Count questions by day and without persons, and offer those that many asked."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F, Max, Sum
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from mail.digest import local_now
from people.throttle import network_of
from search.engines.base import Query
from search.factory import analyser, engine
from search.models import AskedQuestion, AskedToday
from search.pages.zero_results import DAYS, normalise_query

log = logging.getLogger("kodeks.search")

FLOOR = 10
"""So many askers, counted day by day, before a question is offered to others."""

ON_ONE_DAY = 3
"""So many of them on one day: one person who asks every day is not ten."""

MOST_A_DAY = 2000
_MOST_CANDIDATES = 12


def count_question(request: HttpRequest, typed: str) -> None:
    """Count a question that found something, once a day for each asker. A read-only database costs a count,
    not the page."""
    words = normalise_query(typed)
    asker = f"u{request.user.pk}" if request.user.is_authenticated else network_of(request)
    # A question with a number or a sign in it would be another one without.
    if not asker or len(words.split()) < len(typed.split()):
        return
    day = local_now().date()
    digest = salted_hmac("kodeks.search.asked", f"{day} {words} {asker}").hexdigest()[:32]
    if AskedToday.objects.filter(digest=digest).exists():
        return
    try:
        with transaction.atomic():
            AskedToday.objects.create(digest=digest, day=day)
            _count(words, day)
    except (OperationalError, IntegrityError) as error:  # read-only, or two at the same moment
        log.warning("a question was not counted: %s", error)


def _count(words: str, day: date) -> None:
    counted = AskedQuestion.objects.filter(words=words, day=day)
    if counted.update(askers=F("askers") + 1) or AskedQuestion.objects.filter(day=day).count() >= MOST_A_DAY:
        return
    AskedQuestion.objects.create(words=words, day=day, askers=1)


def frequent_questions(typed: str, query: Query, most: int) -> list[str]:
    """What enough people asked that begins as typed, most asked first. Each word that tells something stands
    in a text that the reader of the query may find: no word of another comes out. Raises EngineError."""
    begun = " ".join(typed.casefold().split())
    rows = (
        AskedQuestion.objects.filter(words__startswith=begun)
        .order_by()
        .values("words")
        .annotate(n=Sum("askers"), at_once=Max("askers"))
        .filter(n__gte=FLOOR, at_once__gte=ON_ONE_DAY)
        .order_by("-n", "words")
        .values_list("words", flat=True)[:_MOST_CANDIDATES]
    )
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
    """Delete who asked on the days before, and counts that are too old; gives how many rows."""
    today = local_now().date()
    forgotten = AskedToday.objects.exclude(day=today).delete()[0]
    return forgotten + AskedQuestion.objects.filter(day__lte=today - timedelta(days=DAYS)).delete()[0]
