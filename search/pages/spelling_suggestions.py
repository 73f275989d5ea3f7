"""Correct slips in a query, by the words of the texts that the reader may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.analysis import family_of
from search.analysis.tokenise import CO
from search.engines.base import Engine, Hit, Query
from search.engines.plan import PIECE, as_written, split_query, tag, without_stopwords
from search.engines.vocabulary import Known, in_script_of, known, like, nearest
from search.factory import analyser

_WORD: Final = re.compile(CO + r"[^\W\d_]{4,}")
_MOST_WORDS: Final = 6
_MOST_LIKE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that none of the searched texts has in any form, though similar ones were found. ``meant``:
    the probable word, or empty."""

    typed: str
    meant: str


def unknown_terms(query: Query, hits: Sequence[Hit], engine: Engine) -> tuple[Unknown, ...]:
    """The words of a query that none of the searched texts has, though the query has hits. These have words
    that begin like them, or lack them. The engine looks up only words that none of the hits has. It skips
    those that say nothing (*with*) or only ask (*koliko*), in whatever language."""
    telling = without_stopwords(split_query(query.text).words, query.languages, analyser())
    typed = [word for word in telling if _WORD.fullmatch(word) and not _asks(word, query)][:_MOST_WORDS]
    given = replace(_bare(query), across={})
    found = []
    for word in dict.fromkeys(typed):
        tokens = {language: lemmas_of(word, language) for language in {hit.document.language for hit in hits}}
        if any(tokens[hit.document.language] <= hit.has for hit in hits):
            continue
        if engine.search(replace(given, text=f'"{word}"')).total:
            continue
        found.append(Unknown(word, corrected(replace(given, text=word), engine)))
    return tuple(found)


def _asks(word: str, query: Query) -> bool:
    known = analyser()
    return any(
        known.is_asking(word, language) or known.is_silent(word, language) for language in query.languages
    )


def apply_correction(words: str, unknown: Unknown) -> str:
    """The query with the unknown word replaced, and no part of another word."""

    def piece(match: re.Match[str]) -> str:
        return unknown.meant if not match["minus"] and match["word"] == unknown.typed else match[0]

    return PIECE.sub(piece, words)


def lemmas_of(word: str, language: str) -> frozenset[str]:
    """A word's tokens as they are in the index."""
    family = family_of(language)
    read = (as_written(token, family) for token in analyser().tokens(word, language))
    return frozenset(tag(family, token.lemma) for one in read for token in analyser().tokens(one, language))


def _bare(query: Query) -> Query:
    """The query for looking single words up, in every country."""
    return replace(
        query, page=1, page_size=1, facets=(), sort="relevance", side="", folded=False, rarity={}, synonyms={}
    )


def _lemma(word: Known) -> str:
    return "".join(token.lemma for token in analyser().tokens(word.shown, word.family))


def corrected(query: Query, engine: Engine) -> str:
    """The query with each word corrected that no text has in any form. Empty where there is nothing to
    correct. A word in a text that the filters leave out is no slip. Nor is one that a dictionary has.

    The words to choose from are counted by the engine under the query's own keys and filters. Texts that
    the reader may not read make no difference to the answer, not even between two similar words.
    """
    given = _bare(query)
    anywhere = replace(given, filters={}, instrument="", in_force_on=None)
    words_looked_up = 0

    def word(match: re.Match[str]) -> str:
        nonlocal words_looked_up
        typed = match[0]
        words_looked_up += 1
        # As a phrase: in some form, not only as a relative of the word.
        if (
            words_looked_up > _MOST_WORDS
            or any(analyser().has_word(typed, language) for language in query.languages)
            or engine.search(replace(anywhere, text=f'"{typed}"')).total
        ):
            return typed
        pattern = like(typed, query.languages)
        values = engine.vocabulary(replace(given, text=""), "words", pattern, _MOST_LIKE)
        meant = nearest(typed, known(values), query.languages, _lemma)
        return in_script_of(typed, meant) if meant else typed

    def piece(match: re.Match[str]) -> str:
        return match[0] if match["minus"] else _WORD.sub(word, match[0])

    better = PIECE.sub(piece, query.text)
    return better if better != query.text else ""
