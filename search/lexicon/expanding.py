"""From the words of a query to those of another language, each with what it weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from documents.languages.scripts import to_latin
from search.lexicon.glossary import Glossary
from search.lexicon.table import Table

_MOST: Final = 6
_LEAST: Final = 0.03
_ALIKE: Final = 0.8
_ALIKE_WEIGHT: Final = 0.5
_SHORTEST_ALIKE: Final = 5
_MACEDONIAN: Final = str.maketrans({"ѓ": "g", "ќ": "k", "ѕ": "z"})


@dataclass(frozen=True, slots=True)
class Term:
    """A word in another language, as a token of its family. `of`: the place in the query of the word that it stands for."""

    token: str
    weight: float
    of: int


def expand(
    tokens: Sequence[str], source: str, target: str, table: Table, glossary: Glossary | None = None
) -> tuple[Term, ...]:
    """The terms for a query's tokens (lemmas, in order) from one family of languages to another, best first for each.

    The glossary's terms come first, the longest that stands in the query; then what was learned; then a word of the
    target that looks alike (*identifikim*, *identifikacija*). Numbers stay, and so does what nothing is known of. Within
    a family every word stays.
    """
    if source == target:
        return tuple(Term(token, 1.0, place) for place, token in enumerate(tokens))
    found: list[dict[str, float]] = [{} for _ in tokens]
    for place, length, words in glossary.find(tokens, source, target) if glossary else ():
        for at in range(place, place + length):
            for word in words:
                found[at][word] = max(
                    found[at].get(word, 0.0), 1.0 if len(words) <= length else length / len(words)
                )
    vocabulary = table.vocabulary(source, target)
    for place, token in enumerate(tokens):
        if token.isdigit():
            found[place] = {token: 1.0}
            continue
        learned = table.of(token, source, target)
        highest = max(learned.values(), default=1.0) or 1.0
        for word, weight in learned.items():
            # What is known at all is asked for: the best translation weighs at least half.
            weight = max(weight, 0.5 * weight / highest)
            found[place][word] = max(found[place].get(word, 0.0), weight)
        if not found[place]:
            found[place] = _alike(token, vocabulary) or {token: _ALIKE_WEIGHT}
    return tuple(
        Term(word, round(weight, 4), place)
        for place, words in enumerate(found)
        for word, weight in sorted(words.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
        if weight >= _LEAST
    )


def bare(token: str) -> str:
    """A token in plain Latin letters, for comparing across scripts."""
    return token if token.isascii() else to_latin(token.translate(_MACEDONIAN)).translate(_PLAIN)


_PLAIN: Final = str.maketrans({"č": "c", "ć": "c", "š": "s", "ž": "z", "đ": "d"})


def _alike(token: str, vocabulary: frozenset[str]) -> dict[str, float]:
    wanted = bare(token)
    if len(wanted) < _SHORTEST_ALIKE:
        return {}
    alike: dict[str, float] = {}
    for word in vocabulary:
        other = bare(word)
        if other[:4] == wanted[:4]:
            shared = 0
            for one, two in zip(wanted, other, strict=False):
                if one != two:
                    break
                shared += 1
            likeness = 2 * shared / (len(wanted) + len(other))
            if likeness >= _ALIKE - 0.2 and shared >= _SHORTEST_ALIKE:
                alike[word] = round(_ALIKE_WEIGHT * likeness, 4)
    return alike
