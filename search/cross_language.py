"""Translate the words of a query by the glossary and by what published translations taught."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from search.analysis import family_of
from search.engines.plan import split_query
from search.factory import analyser
from search.glossary import Table, expand, read_value
from search.glossary.entries import Glossary
from search.glossary.pairs import telling
from search.glossary_store import current_glossary
from search.models import Learned

_MOST_WORDS: Final = 20
# What is left out must be sure: a likeness weighs half, and so does the other word of a term.
_SURE: Final = 0.5

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryTranslation:
    """By family, what may stand for the words of a query, in which ways each of its phrases is said, and what
    stands for sure for what it excludes. ``apart``: phrases that are no term in some of the languages, so
    that their words are looked for there one by one; ``let_in``: what was to be left out, and is not in the
    languages in which nobody knows what it is."""

    words: Mapping[str, tuple[tuple[tuple[str, float], ...], ...]]
    phrases: Mapping[str, tuple[tuple[Phrase, ...], ...]]
    excluded: Mapping[str, tuple[Phrase, ...]]
    apart: tuple[str, ...] = ()
    let_in: tuple[str, ...] = ()


def translate_query(words: str, languages: Sequence[str]) -> QueryTranslation:
    """By family of languages, the tokens that may stand for each word of the query, with their weights.

    The family of the query itself is left out. Phrases and excluded words are translated as a whole.
    """
    typed = split_query(words)
    table, glossary = knowledge()
    analysis = analyser()
    families = {family_of(language): language for language in reversed(languages)}
    order = [family_of(language) for language in languages]
    read = {
        family: telling(" ".join((*typed.words, *typed.phrases)), language, analysis)[:_MOST_WORDS]
        for family, language in families.items()
    }
    source = max(
        order, key=lambda family: (_known(read[family], family, table, glossary), -order.index(family))
    )

    def telling_of(piece: str) -> Phrase:
        return telling(piece, families[source], analysis)

    said = [(piece, telling_of(piece)) for piece in typed.phrases]
    without = [(piece, tokens) for piece in typed.excluded if (tokens := telling_of(piece))]
    found: dict[str, tuple[tuple[tuple[str, float], ...], ...]] = {}
    phrases: dict[str, tuple[tuple[Phrase, ...], ...]] = {}
    excluded: dict[str, tuple[Phrase, ...]] = {}
    apart: set[str] = set()
    let_in: set[str] = set()
    for family in families:
        if family == source:
            continue
        ways = {piece: glossary.phrases(tokens, source, family) for piece, tokens in said}
        loose = [piece for piece, known in ways.items() if not known]
        apart.update(piece for piece in loose if len(telling_of(piece)) > 1)
        phrases[family] = tuple(known for known in ways.values() if known)
        single = telling_of(" ".join((*typed.words, *loose)))[:_MOST_WORDS]
        by_word: dict[int, list[tuple[str, float]]] = {}
        for term in expand(single, source, family, table, glossary):
            by_word.setdefault(term.of, []).append((term.token, term.weight))
        found[family] = tuple(tuple(terms) for terms in by_word.values())
        unwanted: list[Phrase] = []
        for piece, tokens in without:
            known = [*glossary.phrases(tokens, source, family)]
            if len(tokens) == 1:
                terms = expand(tokens, source, family, table, glossary)
                known += [(term.token,) for term in terms if term.weight > _SURE]
            if not known:
                let_in.add(piece)
            unwanted += known
        excluded[family] = tuple(dict.fromkeys(unwanted))

    def as_typed(pieces: set[str], given: Sequence[str]) -> tuple[str, ...]:
        return tuple(piece for piece in dict.fromkeys(given) if piece in pieces)

    return QueryTranslation(
        found, phrases, excluded, as_typed(apart, typed.phrases), as_typed(let_in, typed.excluded)
    )


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


def knowledge() -> tuple[Table, Glossary]:
    """What is known now; read anew when the glossary or the learned table has changed. One query for each."""
    made = Learned.objects.values_list("made", flat=True).first()
    return _learned(str(made)), current_glossary()[1]


@lru_cache(maxsize=1)
def _learned(made: str) -> Table:
    row = Learned.objects.first()
    return read_value(row.table) if row is not None and row.table else Table()
