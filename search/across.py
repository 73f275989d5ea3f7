"""Searching across languages: what the words of a query are in the others, by the glossary and by the published translations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.db.models import Count, Max

from search.analysis import family_of
from search.engines.plan import take_apart
from search.glossary import entries_of
from search.lexicon import Table, expand, read_value
from search.lexicon.glossary import Glossary
from search.lexicon.pairs import telling
from search.models import GlossaryTerm, Learned
from search.opening import analyser

Across = dict[str, tuple[tuple[tuple[str, float], ...], ...]]
_MOST_WORDS: Final = 20
# What is left out must be sure: a likeness weighs half, and so does the other word of a term.
_SURE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Translated:
    """By family, what may stand for the words of a query, and what stands for sure for the words that it excludes."""

    words: Across
    excluded: Mapping[str, tuple[str, ...]]


def translated(words: str, languages: Sequence[str]) -> Translated:
    """For each family of the languages but the one that the words are in: for each word the tokens that may stand for it.

    The words are taken to be in that language of which the glossary and the translations know the most of them; of
    several, in the first. Phrases are words there, and of what is excluded single words alone are.
    """
    typed = take_apart(words)
    text = " ".join((*typed.words, *typed.phrases))
    table, glossary = knowledge()
    analysis = analyser()
    families = {family_of(language): language for language in reversed(languages)}
    read = {family: telling(text, language, analysis)[:_MOST_WORDS] for family, language in families.items()}
    order = [family_of(language) for language in languages]
    source = max(
        order, key=lambda family: (_known(read[family], family, table, glossary), -order.index(family))
    )
    without = [telling(piece, families[source], analysis) for piece in typed.excluded]
    across: Across = {}
    excluded: dict[str, tuple[str, ...]] = {}
    for family in families:
        if family == source:
            continue
        by_word: dict[int, list[tuple[str, float]]] = {}
        for term in expand(read[source], source, family, table, glossary):
            by_word.setdefault(term.of, []).append((term.token, term.weight))
        across[family] = tuple(tuple(terms) for terms in by_word.values())
        excluded[family] = tuple(
            term.token
            for tokens in without
            if len(tokens) == 1
            for term in expand(tokens, source, family, table, glossary)
            if term.weight > _SURE
        )
    return Translated(across, excluded)


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
    state = GlossaryTerm.objects.aggregate(number=Count("pk"), last=Max("changed"))
    made = Learned.objects.values_list("made", flat=True).first()
    return _learned(str(made)), _glossary(f"{state['number']} {state['last']}")


@lru_cache(maxsize=1)
def _learned(made: str) -> Table:
    row = Learned.objects.first()
    return read_value(row.table) if row is not None and row.table else Table()


@lru_cache(maxsize=1)
def _glossary(state: str) -> Glossary:
    return Glossary(entries_of(GlossaryTerm.objects.filter(shown=True)), analyser())
