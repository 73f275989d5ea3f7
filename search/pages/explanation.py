"""How a query is understood, for whom, and why what comes first does: for operators."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from search.engines.base import FacetCount, Part
from search.engines.plan import Plan, Word, make_plan
from search.factory import analyser
from search.pages.params import FILTERS, SearchParams, parse_params
from search.pages.service import Found, Reader, query_of, reader_for, run_search

# An address, or what stands behind the ? in it; a word with an = in it is none.
_ADDRESS = re.compile(rf"(?:\S*\?)?(?P<query>(?:q|in|on|sort|across|abroad|exact|{'|'.join(FILTERS)})=\S*)\Z")


@dataclass(frozen=True, slots=True)
class ReadAs:
    """The query in one family of languages: what a text needs, and what counts a little."""

    family: str
    words: tuple[str, ...]
    others: tuple[str, ...]
    light: tuple[str, ...]
    phrases: tuple[str, ...]
    least: int
    weight: float


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    place: int
    score: float
    edition: int
    document: str
    language: str
    heading: Sequence[Part]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    params: SearchParams
    keys: tuple[str, ...]
    found: Found
    groups: tuple[ReadAs, ...]
    excluded: tuple[str, ...]
    denied: tuple[str, ...]
    hits: tuple[ExplainedHit, ...]

    @property
    def facets(self) -> Mapping[str, tuple[FacetCount, ...]]:
        """The counts, without those by document."""
        return {
            name: counts
            for name, counts in self.found.result.facets.items()
            if name not in ("instrument", "edition")
        }


def explain(query: str, who: Any, tag: str, within: Reader | None = None) -> Explanation:
    """What somebody would find on a page in ``tag``, by words or by the address of a search. ``within``: only
    of what this reader may find too, with no word put right. Raises EngineError."""
    address = _ADDRESS.match(query)
    params = parse_params(QueryDict(address["query"] if address else urlencode({"q": query})))
    reader = reader_for(who, tag)
    keys = tuple(sorted(reader.keys))
    if within:
        reader = replace(reader, keys=reader.keys & within.keys)
    found = run_search(params, reader, slips=within is None)
    plan = make_plan(found.query, analyser())
    hits = tuple(
        ExplainedHit(
            place,
            hit.score,
            int(hit.document.edition),
            f"{hit.document.instrument}/{hit.document.edition_number}",
            hit.document.language,
            hit.heading,
            tuple(sorted(hit.document.keys)),
        )
        for place, hit in enumerate(found.hits if within else found.result.hits, start=1)
    )
    excluded = tuple(" ".join(phrase) for phrase in plan.excluded)
    denied = tuple(sorted(query_of(params, reader).denied))
    return Explanation(params, keys, found, _groups(plan), excluded, denied, hits)


def _groups(plan: Plan) -> tuple[ReadAs, ...]:
    return tuple(
        ReadAs(
            group.family,
            tuple(map(_written, group.words)),
            tuple(" ".join(one.phrase) or one.lemma for word in group.words for one in word.others),
            tuple(word.lemma for word in group.light),
            tuple(" / ".join(f'"{" ".join(phrase)}"' for phrase in ways) for ways in group.phrases),
            group.least,
            group.weight,
        )
        for group in plan.groups
    )


def _written(word: Word) -> str:
    """A word with its beginning, if that is looked for too, and how often it counts."""
    prefix = f"({word.prefix}…)" if word.prefix else ""
    return f"{word.lemma}{prefix}" + (f"×{word.times}" if word.times > 1 else "")
