"""How often one network, or one person, may ask in a minute, and how much at once."""

from __future__ import annotations

import time
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from people.throttle import network_of
from search.factory import analyser

MINUTE: Final = 60
PAGES: Final = 120
SUGGESTIONS: Final = 300
MOST_WORDS: Final = 12


def within_limit(request: HttpRequest, what: str, most: int, seconds: int = MINUTE) -> bool:
    """Counted in the cache of the settings: by process where that is memory, by site where it is shared."""
    key = f"search-{what}:{int(time.time()) // seconds}:{_who(request)}"
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:
        # Thrown out of a full cache between the two steps.
        return True


def too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Whether more was asked from a network of the public host; in the office nobody is stopped."""
    return bool(request.public) and not within_limit(request, what, most)


def _who(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"u{request.user.pk}"
    return salted_hmac("kodeks.search.limit", network_of(request)).hexdigest()[:24]


def first_words(typed: str, language: str) -> str:
    """What was typed up to its twelfth word that says something."""
    telling = 0
    words = typed.split()
    for place, word in enumerate(words):
        telling += not analyser().is_silent(word.strip('-"“”„«»'), language)
        if telling > MOST_WORDS:
            return " ".join(words[:place])
    return typed
