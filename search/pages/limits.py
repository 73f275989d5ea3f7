"""How often one network, or one person, may ask in a minute, and how much at once."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from limits.count import within_limit
from search.factory import analyser

PAGES: Final = 120
SUGGESTIONS: Final = 300
MOST_WORDS: Final = 12


def too_often(request: HttpRequest, what: str, most: int) -> bool:
    """Whether more was asked from a network of the public host; in the office nobody is stopped."""
    return bool(request.public) and not within_limit(request, what, most)


def first_words(typed: str, language: str) -> str:
    """What was typed up to its twelfth word that says something."""
    telling = 0
    words = typed.split()
    for place, word in enumerate(words):
        telling += not analyser().is_silent(word.strip('-"“”„«»'), language)
        if telling > MOST_WORDS:
            return " ".join(words[:place])
    return typed
