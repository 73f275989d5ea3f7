"""Who to call and which help pages fit, above whatever a search of the public site finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from public.help_ranking import HelpIndex, HelpText, Words, rank
from public.models import CampaignPage
from public.models.here import Here
from public.phrases import starting_phrases
from search.factory import analyser
from theme.locales import NEAREST, direction, html_lang

TOP = ("title", "lead", "body")
NO_WORDS = frozenset({"id", "type", "picture"})
"""What the blocks of a page hold beside words."""


def help_box(request: HttpRequest, words: str, tag: str, country: str) -> SafeString:
    """The numbers of the chosen country, or those of every one; and where there are words, the pages that
    fit them. ``tag``: the language of the reader."""
    keys = fitting_pages(words, tag) if words else []
    context: dict[str, Any] = {
        "here": Here.of(request, tag, country=country),
        "words": words,
        "links": CampaignPage.links_from(tag, keys),
        "html_lang": html_lang(tag),
        "html_dir": direction(tag),
    }
    with translation.override(tag):
        return render_to_string("public/help_box.html", context, request)


def fitting_pages(words: str, tag: str) -> list[UUID]:
    """The published campaigns that fit, by their ``translation_key``, best first."""
    versions: dict[str, list[tuple[int, Any]]] = {}
    rows = CampaignPage.published().order_by("pk")
    for language, pk, at in rows.values_list("locale__language_code", "pk", "last_published_at"):
        versions.setdefault(language, []).append((pk, at))
    near = [one for one in (tag, *NEAREST.get(tag, ()), "en") if one in versions]
    found: list[Any] = rank(
        words, near, versions.keys() - set(near), lambda one: _index(one, tuple(versions[one]))
    )
    return found


@lru_cache(maxsize=64)
def _index(tag: str, versions: tuple[tuple[int, Any], ...]) -> HelpIndex:
    """Made when somebody first needs it, and again when a page has changed.

    As stored: a body that is taken apart asks for each number and picture of each page.
    """
    pages = CampaignPage.objects.filter(pk__in=[pk for pk, _at in versions])
    texts = [
        HelpText(
            key,
            phrases or starting_phrases(situation, tag),
            "\n".join([title, lead, *strings_in(body.raw_data)]),
        )
        for key, situation, phrases, title, lead, body in pages.values_list(
            "translation_key", "situation", "phrases", *TOP
        )
    ]
    return HelpIndex(texts, words_of(tag))


def words_of(tag: str) -> Words:
    """How the words of a language are read: as the search of documents reads them."""
    tokens: Callable[[str, str], Any] = analyser().tokens
    return lambda text: [(token.lemma, token.prefix) for token in tokens(text, tag)]


def strings_in(value: Any) -> Iterator[str]:
    """The texts of the blocks of a page."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in NO_WORDS:
                yield from strings_in(part)
    elif not isinstance(value, int | float | None):
        for part in value:
            yield from strings_in(part)
