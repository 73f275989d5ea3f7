"""Say in words how a query was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from django.utils.translation import gettext as _

from search.analysis.families import ALBANIAN, BCMS, ENGLISH, MACEDONIAN
from search.engines.plan import split_query
from search.factory import analyser
from search.pages.params import SearchParams
from search.pages.result_groups import Group
from search.pages.service import Found
from search.pages.spelling_suggestions import lemmas_of
from theme import locales

_MOST: Final = 6
_MOST_WAYS: Final = 3
"""So many synonyms of a word are named, and so many translations by one source."""
_SHOWN_AS: Final = {ENGLISH: "en", ALBANIAN: "sq", BCMS: "sr-latn", MACEDONIAN: "mk"}


@dataclass(frozen=True, slots=True)
class Form:
    """A word as it is in a text."""

    word: str
    lang: str


@dataclass(frozen=True, slots=True)
class TranslatedWord:
    """A word of the query, and what was looked for in its place in another language, by which source."""

    word: str
    language: str
    lang: str
    others: tuple[str, ...]
    more: int
    source: str


@dataclass(frozen=True, slots=True)
class QuerySummary:
    """``words`` were looked for in every form and either script, ``phrases`` as adjacent words.
    ``excluded`` must not be there, and ``silent`` say nothing among other words and were left out.
    ``forms``: in which other forms they were found on this page; what only begins like them is none.
    ``synonyms``: the other words in the language of the page, and ``more_synonyms`` besides.
    ``translations``: the words in the other languages."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    excluded: tuple[str, ...]
    silent: tuple[str, ...]
    forms: tuple[Form, ...]
    synonyms: tuple[str, ...] = ()
    more_synonyms: int = 0
    translations: tuple[TranslatedWord, ...] = ()

    @property
    def as_phrase(self) -> str:
        """The same words as one phrase, where that is another question."""
        if len(self.words) < 2 or self.phrases or self.excluded:
            return ""
        return '"{}"'.format(" ".join(word for word in self.words if '"' not in word))


def summarise_query(
    found: Found, params: SearchParams, language: str, groups: Sequence[Group]
) -> QuerySummary:
    """How a query was read in the language of the page."""
    typed = split_query(params.words)
    analysis = analyser()

    def says_nothing(word: str) -> bool:
        tokens = analysis.tokens(word, language)
        return all(analysis.is_silent(token.text, language) for token in tokens)

    silent = tuple(word for word in typed.words if says_nothing(word))
    if len(silent) == len(typed.words) and not typed.phrases:
        silent = ()
    telling = tuple(word for word in typed.words if word not in silent)
    known = [*telling, *(word for phrase in typed.phrases for word in phrase.split())]
    named = dict.fromkeys(chain.from_iterable(ways[:_MOST_WAYS] for ways in found.synonyms))
    return QuerySummary(
        telling,
        typed.phrases,
        typed.excluded,
        silent,
        _forms(groups, known),
        tuple(named),
        len(set(chain.from_iterable(found.synonyms)) - named.keys()),
        _translations(found),
    )


def _translations(found: Found) -> tuple[TranslatedWord, ...]:
    """What was looked for in the other languages, where it was."""
    sources = {
        "glossary": _("glossary"),
        "dictionary": _("dictionary"),
        "texts": _("published translations"),
    }
    return tuple(
        TranslatedWord(
            one.shown,
            locales.native_name(_SHOWN_AS[one.family]),
            locales.html_lang(_SHOWN_AS[one.family]),
            one.others[:_MOST_WAYS],
            max(0, len(one.others) - _MOST_WAYS),
            sources[one.source],
        )
        for one in (found.translated.pairs if found.translated else ())
    )


def _forms(groups: Sequence[Group], typed: Sequence[str]) -> tuple[Form, ...]:
    """The first few forms that were found and that are not what was typed."""
    seen = {word.casefold() for word in typed}
    forms: list[Form] = []
    for group in groups:
        for section in group.sections:
            for part in (part for parts in (section.heading, *section.snippets) for part in parts):
                word = part.text.casefold()
                if not part.marked or word in seen or len(forms) == _MOST:
                    continue
                seen.add(word)
                lemmas = lemmas_of(part.text, section.content)
                if lemmas and lemmas <= section.has:
                    forms.append(Form(word, section.lang))
    return tuple(forms)
