"""Translate the words of a query by the glossary and by what published translations taught."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Final

from django.conf import settings

from search.analysis import Analyser, family_of
from search.engines.base import Query
from search.engines.plan import Typed, split_query
from search.factory import analyser
from search.glossary import Table, Term, expand, read_value
from search.glossary.dictionary import Dictionary, open_dictionary
from search.glossary.entries import Glossary
from search.glossary.expansion import Source
from search.glossary.pairs import telling
from search.glossary.synonyms import Synonyms, synonyms_of
from search.glossary_store import current_glossary
from search.models import Learned
from search.synonym_store import current_synonyms, synonyms_once

_MOST_WORDS: Final = 20
# What is left out must be sure: the other word of a term weighs half, and so does what a dictionary has
# beside others that are as likely.
_SURE: Final = 0.6

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """A word of a query, as a token and as ``shown``. With its translations into another family, by source,
    best first."""

    word: str
    shown: str
    source_family: str
    family: str
    others: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class QueryTranslation:
    """By family: equivalents of the words of a query, the ways to say each phrase, and equivalents of
    excluded words. ``apart``: phrases that are no term in some languages; there their words are looked for
    one by one. ``let_in``: excluded words that stay in, in languages where nobody has a translation."""

    words: Mapping[str, tuple[tuple[tuple[str, float], ...], ...]]
    phrases: Mapping[str, tuple[tuple[Phrase, ...], ...]]
    excluded: Mapping[str, tuple[Phrase, ...]]
    apart: tuple[str, ...] = ()
    let_in: tuple[str, ...] = ()
    pairs: tuple[Translated, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is known to look for."""
        return any(self.words.values()) or any(self.phrases.values())


def translate_query(words: str, languages: Sequence[str]) -> QueryTranslation:
    """By family of languages, the tokens that may stand for each word of the query, with their weights.

    The family of the query itself is left out. Phrases and excluded words are translated as a whole.
    """
    typed = split_query(words)
    table, glossary = knowledge()
    families = {family_of(language): language for language in reversed(languages)}
    source = _source_family(typed, languages, families, table, glossary)
    tokens_of = partial(telling, language=families[source], analyser=analyser())
    without = {piece: tokens for piece in typed.excluded if (tokens := tokens_of(piece))}
    found: dict[str, tuple[tuple[tuple[str, float], ...], ...]] = {}
    phrases: dict[str, tuple[tuple[Phrase, ...], ...]] = {}
    excluded: dict[str, tuple[Phrase, ...]] = {}
    pairs: list[Translated] = []
    apart: set[str] = set()
    let_in: set[str] = set()
    for family in families:
        if family == source:
            continue
        ways = {piece: glossary.phrases(tokens_of(piece), source, family) for piece in typed.phrases}
        loose = [piece for piece, known in ways.items() if not known]
        apart.update(piece for piece in loose if len(tokens_of(piece)) > 1)
        phrases[family] = tuple(known for known in ways.values() if known)
        single = tokens_of(" ".join((*typed.words, *loose)))[:_MOST_WORDS]
        terms = expand(single, source, family, table, glossary, bilingual(), everyday=everyday(), sure=True)
        found[family] = _by_word(terms)
        pairs += _pairs(terms, single, source, family)
        unwanted = {
            piece: _for_sure(tokens, source, family, table, glossary) for piece, tokens in without.items()
        }
        let_in.update(piece for piece, known in unwanted.items() if not known)
        excluded[family] = tuple(dict.fromkeys(chain.from_iterable(unwanted.values())))
    return QueryTranslation(
        found,
        phrases,
        excluded,
        apart=tuple(piece for piece in dict.fromkeys(typed.phrases) if piece in apart),
        let_in=tuple(piece for piece in dict.fromkeys(typed.excluded) if piece in let_in),
        pairs=tuple(pairs),
    )


def _pairs(
    terms: Iterable[Term], tokens: Sequence[str], source_family: str, family: str
) -> Iterator[Translated]:
    """What is looked for, word by word and source by source, as it is written."""
    others: dict[tuple[str, Source], list[str]] = {}
    for term in terms:
        others.setdefault((tokens[term.of], term.source), []).append(term.token)
    for (word, source), found in others.items():
        ways = tuple(dict.fromkeys(written((token,), family) for token in found))
        yield Translated(word, written((word,), source_family), source_family, family, ways, source)


def written(tokens: Phrase, family: str) -> str:
    """Tokens as the glossary and the synonyms write them; as they are where neither has them."""
    for known in (knowledge()[1], everyday()):
        if shown := known.written(tokens, family):
            return shown
    return tokens[0] if len(tokens) == 1 else " ".join(written((token,), family) for token in tokens)


def synonyms(query: Query) -> dict[str, Synonyms]:
    """By family: equivalents of each word of a query in its own language, by the glossary and everyday
    names."""
    typed = split_query(query.text)
    glossary = knowledge()[1]
    families = {family_of(language): language for language in reversed(query.languages)}
    found = {}
    for family, language in families.items():
        tokens = telling(" ".join(typed.words), language, analyser())[:_MOST_WORDS]
        if known := synonyms_of(tokens, family, everyday(), glossary):
            found[family] = known
    return found


def bilingual() -> Dictionary:
    """The dictionaries that were built with the tables."""
    return _bilingual(analyser(), Path(settings.KODEKS_TABLES))


@lru_cache(maxsize=1)
def _bilingual(_analyser: Analyser, directory: Path) -> Dictionary:
    return open_dictionary(directory, _analyser)


def everyday() -> Glossary:
    """What people say for the terms of the field."""
    return current_synonyms()


def _source_family(
    typed: Typed, languages: Sequence[str], families: Mapping[str, str], table: Table, glossary: Glossary
) -> str:
    """The family that knows most of the words; of several the first that the reader asks for."""
    order = [family_of(language) for language in languages]
    text = " ".join((*typed.words, *typed.phrases))

    def rank(family: str) -> tuple[int, int]:
        tokens = telling(text, families[family], analyser())[:_MOST_WORDS]
        return _known(tokens, family, table, glossary), -order.index(family)

    return max(order, key=rank)


def _by_word(terms: Iterable[Term]) -> tuple[tuple[tuple[str, float], ...], ...]:
    by_word: dict[int, list[tuple[str, float]]] = {}
    for term in terms:
        by_word.setdefault(term.of, []).append((term.token, term.weight))
    return tuple(map(tuple, by_word.values()))


def _for_sure(
    tokens: Phrase, source: str, family: str, table: Table, glossary: Glossary
) -> tuple[Phrase, ...]:
    """What stands for an excluded piece without doubt."""
    known = tuple(glossary.phrases(tokens, source, family))
    if len(tokens) > 1:
        return known
    terms = expand(tokens, source, family, table, glossary, bilingual(), sure=True)
    return (*known, *((term.token,) for term in terms if term.weight > _SURE))


def _known(tokens: Sequence[str], family: str, table: Table, glossary: Glossary) -> int:
    known = {
        token
        for (source, _), rows in table.translations.items()
        if source == family
        for token in tokens
        if token in rows
    }
    in_terms = sum(length for _, length, _ in glossary.find_any(tokens, family))
    return max(len(known), in_terms)


_known_now: ContextVar[list[tuple[Table, Glossary]] | None] = ContextVar("known_now", default=None)


@contextmanager
def known_once() -> Iterator[None]:
    """Ask the database once for what is known, while one search is made."""
    token = _known_now.set([])
    try:
        with synonyms_once():
            yield
    finally:
        _known_now.reset(token)


def knowledge() -> tuple[Table, Glossary]:
    """What is known now; read again when the glossary or the learned table has changed. One query for
    each."""
    seen = _known_now.get()
    if seen:
        return seen[0]
    found = _read_knowledge()
    if seen is not None:
        seen.append(found)
    return found


def _read_knowledge() -> tuple[Table, Glossary]:
    learned_at = Learned.objects.values_list("made", flat=True).first()
    return _learned(str(learned_at)), current_glossary()[1]


@lru_cache(maxsize=1)
def _learned(learned_at: str) -> Table:
    row = Learned.objects.first()
    return read_value(row.table) if row is not None and row.table else Table()
