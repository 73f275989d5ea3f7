"""From the words of a query to those of another language, each with what it weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from search.analysis.families import BCMS, MACEDONIAN
from search.glossary.dictionary import Dictionary
from search.glossary.entries import Glossary
from search.glossary.translation_table import BEGINNING, Table, bare

_MOST: Final = 24
_LEAST: Final = 0.03
_ALIKE: Final = 0.6
# What looks alike where a translation is known, and what was learned where the glossary has a term.
_BESIDE: Final = 0.6
_ALIKE_WEIGHT: Final = 0.5
_SHORTEST_ALIKE: Final = 5


Source = Literal["glossary", "dictionary", "texts", "alike"]
# By what knows a word best, where several do.
_BY_TRUST: Final[tuple[Source, ...]] = ("glossary", "dictionary", "texts", "alike")
_DICTIONARY: Final = 0.7
_EVERYDAY: Final = 0.8


@dataclass(frozen=True, slots=True)
class Term:
    """A token in another language. `of` is the place of its word in the query, `source` names where it is
    from."""

    token: str
    weight: float
    of: int
    source: Source = "alike"


def expand(
    tokens: Sequence[str],
    source: str,
    target: str,
    table: Table,
    glossary: Glossary | None = None,
    dictionary: Dictionary | None = None,
    *,
    everyday: Glossary | None = None,
    sure: bool = False,
) -> tuple[Term, ...]:
    """The tokens of another family for a query's lemmas, best first for each.

    First the glossary's terms, then their everyday names (``everyday``), dictionaries, learned words, and
    similar words (*identifikim*, *identifikacija*). Each weighs less. Numbers and unknown words stay as
    they are. ``sure``: only what the glossary, a dictionary or common texts of the two languages know.
    """
    if source == target:
        return tuple(Term(token, 1.0, place) for place, token in enumerate(tokens))
    in_terms = _terms(tokens, source, target, glossary)
    for known_of, synonyms in zip(in_terms, _terms(tokens, source, target, everyday), strict=True):
        for word, weight in synonyms.items():
            if weight == 1:  # one word of a longer synonym says too little: *centre* for *social worker*
                known_of.setdefault(word, _EVERYDAY)
    terms: list[Term] = []
    for place, token in enumerate(tokens):
        known: dict[str, Source] = dict.fromkeys(in_terms[place], "glossary")
        words = dict(in_terms[place])
        if not token.isdigit():
            share = _BESIDE if words else 1.0
            for other, weight in (dictionary.of(token, source, target) if dictionary else {}).items():
                known.setdefault(other, "dictionary")
                words.setdefault(other, _DICTIONARY * share * weight)
        words = _words(token, source, target, table, words, known, sure=sure)
        best = sorted(words.items(), key=lambda item: (-item[1], _BY_TRUST.index(known[item[0]]), item[0]))
        terms += [
            Term(word, round(weight, 4), place, known[word])
            for word, weight in best[:_MOST]
            if weight >= _LEAST
        ]
    return tuple(terms)


def _terms(
    tokens: Sequence[str], source: str, target: str, glossary: Glossary | None
) -> list[dict[str, float]]:
    """By place, the words of the glossary's terms that are in the query."""
    found: list[dict[str, float]] = [{} for _ in tokens]
    for place, length, words in glossary.find(tokens, source, target) if glossary else ():
        weight = 1.0 if len(words) <= length else length / len(words)
        for at in range(place, place + length):
            for word in words:
                found[at][word] = max(found[at].get(word, 0.0), weight)
    return found


def _words(
    token: str,
    source: str,
    target: str,
    table: Table,
    given: Mapping[str, float],
    known: dict[str, Source],
    *,
    sure: bool,
) -> dict[str, float]:
    """What may stand for one word. ``given``: its equivalents by the glossary and dictionaries. ``known``
    collects the source of each of them."""
    if token.isdigit():
        known[token] = "glossary"
        return {token: 1.0}
    found = dict(given)
    learned = table.taught(token, source, target) if sure else table.of(token, source, target)
    highest = max(learned.values(), default=1.0) or 1.0
    for word, weight in learned.items():
        # What is known at all is asked for: the best translation weighs at least half. Beside a term of the
        # glossary not: what was learned of one word of *social worker* is of any other worker too.
        weight = weight * _BESIDE if given else max(weight, 0.5 * weight / highest)
        found[word] = max(found.get(word, 0.0), weight)
        known.setdefault(word, "texts")
    if sure:
        return found
    share = _BESIDE if found else 1.0
    for word, weight in {
        **_kindred(token, source, target),
        **_alike(token, table.beginnings(target)),
    }.items():
        found.setdefault(word, weight * share)
    found = found or {token: _ALIKE_WEIGHT}
    for word in found:
        known.setdefault(word, "alike")
    return found


def _alike(token: str, beginnings: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, float]:
    wanted = bare(token)
    if len(wanted) < _SHORTEST_ALIKE:
        return {}
    alike: dict[str, float] = {}
    for other, word in beginnings.get(wanted[:BEGINNING], ()):
        shared = _shared(wanted, other)
        likeness = 2 * shared / (len(wanted) + len(other))
        if likeness >= _ALIKE and shared >= _SHORTEST_ALIKE:
            alike[word] = round(_ALIKE_WEIGHT * likeness, 4)
    return alike


def _shared(one: str, other: str) -> int:
    """How many letters two words begin alike with."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


# How Macedonian verbs and adjectives end, and how the same ones do in Serbian and its sisters.
_ENDINGS: Final = (
    ("uva", "ovati"),
    ("uva", "ivati"),
    ("ira", "irati"),
    ("en", "an"),
    ("en", "ni"),
    ("i", "iti"),
    ("a", "ati"),
)


def _kindred(token: str, source: str, target: str) -> dict[str, float]:
    """A Macedonian word spelt as in Serbian: most words of law are the same."""
    if (source, target) != (MACEDONIAN, BCMS) or token.isascii():
        return {}
    latin = bare(token)
    candidates = [latin, *(latin[: -len(one)] + other for one, other in _ENDINGS if latin.endswith(one))]
    return {word: _ALIKE_WEIGHT if word == latin else _ALIKE_WEIGHT / 2 for word in candidates}
