"""What was translated before: pairs of texts, and the nearest of them to a text that is to be translated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from documents.text.extraction import inline_text
from documents.translation.slots import same_shape, slots

NEAR = 75
"""The least likeness, in percent of the longer text's characters, at which a former translation helps more
than it misleads."""
SHORTEST = 3
"""Texts with fewer words are offered only when they are the same: "Article 5" is like every other heading."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation, as plain words, and where they are."""

    source: str
    target: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A pair for a text, with how alike the sources are: 100 for the same words."""

    text: str
    pair: Pair
    percent: int


def pairs_of(source: Mapping[str, Any], target: Mapping[str, Any], place: str = "") -> list[Pair]:
    """The pairs of a section's bodies in two languages; none where their blocks differ."""
    if not same_shape(source, target):
        return []
    there = dict(slots(target))
    return [
        Pair(_words(inline_text(content)), _words(inline_text(there[name])), place)
        for name, content in slots(source)
        if name in there
    ]


def offers(texts: Iterable[str], pairs: Iterable[Pair], most: int = 1) -> list[Offer]:
    """For each text, in order, the ``most`` nearest pairs of NEAR and more, the nearest first; one for each
    translation."""
    known: dict[str, list[Pair]] = {}
    for pair in pairs:
        known.setdefault(pair.source, []).append(pair)
    sources = list(known)
    found: list[Offer] = []
    for raw in texts:
        text = _words(raw)
        if text in known:
            nearest = [(text, 100)]
        elif len(text.split()) < SHORTEST:
            continue
        else:
            nearest = [
                (source, int(score))
                for source, score, _ in process.extract(
                    text, sources, scorer=fuzz.ratio, score_cutoff=NEAR, limit=most
                )
            ]
        targets: set[str] = set()
        for source, percent in nearest:
            for pair in known[source]:
                if pair.target not in targets and len(targets) < most:
                    targets.add(pair.target)
                    found.append(Offer(text, pair, percent))
    return found


def _words(text: str) -> str:
    return " ".join(text.split())
