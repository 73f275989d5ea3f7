"""Check that a text stands in an index under the terms that the analysis gives today.

What an index keeps of a text can be right while its terms are wrong: a table was changed by hand, a file was
damaged, the analysis had a fault. No engine gives the terms of a text back, but each answers whether the text
with this id has these words in this order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.analysis import Analyser
from search.engines.base import Document
from search.engines.fields import TEXT_FIELDS, keyword_values, number_values, text_fields
from search.engines.plan import EXCLUDED_FIELDS, PHRASE_FIELDS

WITH_PLACES: Final = tuple(name for name in TEXT_FIELDS if name in PHRASE_FIELDS or name in EXCLUDED_FIELDS)
"""The text fields of which an index knows where each word stands."""

_RUN: Final = 64


@dataclass(frozen=True, slots=True)
class Standing:
    """What has to be found of a text. ``runs``: by field, words side by side, each run beginning with the
    last word of the one before; ``single``: by field, words of which it is not known where they stand;
    ``values`` and ``numbers``: those of the fields that are matched whole."""

    runs: Mapping[str, tuple[tuple[str, ...], ...]]
    single: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]


def standing(document: Document, analyser: Analyser) -> Standing:
    """How a text stands in an index that was written rightly."""
    analysed = text_fields(document, analyser)
    runs: dict[str, tuple[tuple[str, ...], ...]] = {}
    single: dict[str, tuple[str, ...]] = {}
    for name, said in analysed.texts.items():
        tokens = said.split(" ")
        if name in WITH_PLACES:
            starts = range(0, max(1, len(tokens) - 1), _RUN - 1)
            runs[name] = tuple(tuple(tokens[start : start + _RUN]) for start in starts)
        else:
            single[name] = tuple(dict.fromkeys(tokens))
    values = {
        name: tuple(sorted(set(given)))
        for name, given in (*keyword_values(document).items(), *analysed.words.items())
    }
    return Standing(runs, single, values, number_values(document))
