"""Texts that have only some of the words, shown after the results where these are few."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from search.engines.base import Engine, Hit, Query, Result
from search.engines.plan import split_query

ENOUGH: Final = 10
"""With so many results nobody needs more."""


def partial_matches(engine: Engine, query: Query, result: Result) -> tuple[Hit, ...]:
    """The best texts that have any of a query's words and are not among its results; with these at most ten.
    They are counted in no total and no facet. One question more, under the same keys, filters and deny list,
    and that only where the results are few, the best come first and no phrase is insisted on. Raises
    EngineError.
    """
    few = 0 < result.total < min(ENOUGH, query.page_size)
    if not few or query.page > 1 or query.sort != "relevance" or query.loose:
        return ()
    typed = split_query(query.text)
    if typed.phrases or len(typed.words) < 2:
        return ()
    # Whatever has more of the words is among those that have any, so ten of these hold all that is to be
    # added.
    wider = engine.search(replace(query, loose=True, facets=(), page_size=ENOUGH + result.total))
    known = {hit.document.id for hit in result.hits}
    others = [hit for hit in wider.hits if hit.document.id not in known]
    return tuple(others[: ENOUGH - result.total])
