"""Suggest sections, documents and terms for what is being typed, of what the reader may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.choices import State
from documents.display import language as display_language
from search.analysis import family_of
from search.analysis.tokenise import CO
from search.engines.base import Document, Query
from search.engines.vocabulary import beginning_with, in_script_of, known
from search.factory import engine
from search.glossary_store import current_glossary
from search.pages.glossary import bare
from search.pages.page_languages import script_of
from search.pages.params import SORTS, SearchParams
from search.pages.service import Reader, query_of
from search.pages.titles import TitledEdition, titled
from theme import locales

MOST: Final = 4
_MOST_HITS: Final = 12
_MOST_COUNTED: Final = 200
_MOST_EDITIONS: Final = 2_000
_LAST: Final = re.compile(CO + r"[^\W\d_]{2,}\Z")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant, and the address that choosing it opens. ``detail``: where it is."""

    text: str
    lang: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SuggestionGroup:
    name: str
    items: list[Suggestion]


def suggestions(params: SearchParams, reader: Reader, tag: str) -> list[SuggestionGroup]:
    """What begins as what was typed so far, by kind; nothing while its last word is not begun. Raises
    EngineError."""
    last = _LAST.search(params.words)
    if last is None:
        return []
    query = replace(
        query_of(replace(params, sort=SORTS[0], page=1, across=False), reader),
        text="", page_size=_MOST_HITS, facets=(), folded=False, side="",
    )  # fmt: skip
    groups = (
        (_("Sections"), _sections(params.words[: last.start()], last[0], query, reader, tag)),
        (_("Documents"), [] if params.document else _documents(params, reader, tag)),
        (_("Terms"), _terms(params, tag)),
    )
    return [SuggestionGroup(name, items) for name, items in groups if items]


def _sections(before: str, begun: str, query: Query, reader: Reader, tag: str) -> list[Suggestion]:
    """Sections whose heading has the words, the last one perhaps incomplete. Those of the reader's country
    and in their language are first. A section that has the words elsewhere is none: nobody who types "vic"
    means "General provisions"."""
    found = [
        hit.document
        for word in _completions(query, begun)
        for hit in engine().search(replace(query, text=f"{before}{word}")).hits
        if any(part.marked for part in hit.heading)
    ]
    own = family_of(query.languages[0])
    found.sort(
        key=lambda one: (
            bool(reader.country) and one.country != reader.country,
            family_of(one.language) != own,
        )
    )
    sections = {(one.edition, one.uid): one for one in reversed(found)}
    wanted = {one.edition for one in found}
    # The database too has to say that the reader may read it.
    editions = {str(one.pk): one for one in titled(reader.editions().filter(pk__in=wanted))}
    return [
        _section(one, editions[one.edition], tag)
        for one in dict.fromkeys(sections[one.edition, one.uid] for one in found)
        if one.edition in editions
    ][:MOST]


def _completions(query: Query, begun: str) -> list[str]:
    """The commonest word of headings that begins so in the reader's language, and in all others."""
    words: list[str] = []
    for languages in (query.languages[:1], query.languages[1:]):
        pattern = beginning_with(begun, languages)
        counted = known(engine().vocabulary(query, "headed", pattern, _MOST_COUNTED)) if pattern else ()
        words += [in_script_of(begun, word) for word in counted][:1]
    return list(dict.fromkeys(words))


def _section(one: Document, edition: TitledEdition, tag: str) -> Suggestion:
    convert, shown = script_of(one.language, tag, one.heading)
    args = [edition.country, edition.slug, edition.number, one.uid]
    text = "" if display_language.content_language(tag) == one.language else f"?text={one.language}"
    heading = f"{one.label} {one.heading}".strip()
    url = reverse("documents:section", args=args) + text
    return Suggestion(convert(heading), locales.html_lang(shown), url, convert(one.title))


def _documents(params: SearchParams, reader: Reader, tag: str) -> list[Suggestion]:
    """Documents in force with the words in one of their titles."""
    editions = reader.editions().filter(state=State.IN_FORCE)
    if countries := params.filters.get("country"):
        editions = editions.filter(instrument__country__in=countries)
    words = _folded(params.words).split()
    matching = [
        edition
        for edition in titled(editions, _MOST_EDITIONS)
        if any(begins(words, title) for title in edition.titles.values())
    ]
    matching.sort(key=lambda edition: (edition.country != reader.country, edition.path))
    found = []
    for edition in matching[:MOST]:
        shown, title = edition.shown(tag)
        url = reverse("documents:instrument", args=[edition.country, edition.slug])
        found.append(Suggestion(title, locales.html_lang(shown), url))
    return found


def _terms(params: SearchParams, tag: str) -> list[Suggestion]:
    """Terms of the glossary in any language, in the language that was typed."""
    own = display_language.content_language(tag)
    words = _folded(params.words).split()
    found: dict[str, tuple[bool, str]] = {}
    for entry in current_glossary()[0]:
        for language, ways in sorted(entry.terms.items(), key=lambda pair: pair[0] != own):
            if way := next((way for way in ways if begins(words, way)), ""):
                convert, shown = script_of(language, tag, way)
                found.setdefault(convert(way), (language != own, locales.html_lang(shown)))
                break
    ordered = sorted(found, key=lambda way: (found[way][0], len(way), way))
    return [Suggestion(way, found[way][1], _search(params, way)) for way in ordered[:MOST]]


def _search(params: SearchParams, words: str) -> str:
    return reverse("search:page") + params.address(words=words, exact=False)


def begins(words: Sequence[str], text: str) -> bool:
    """Whether each of the words, as they are folded, begins a word of the text."""
    folded = _folded(text)
    return all(f" {word}" in folded for word in words)


@lru_cache(maxsize=1 << 15)
def _folded(text: str) -> str:
    """The words of a text after blanks, whatever its script, without accents."""
    return "".join(f" {word}" for word in _WORD.findall(bare(text)))
