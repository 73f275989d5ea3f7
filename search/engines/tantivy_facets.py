"""Counting the values of facets in tantivy, while the best hits are looked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

import tantivy

from search.engines.base import FacetCount, Query
from search.engines.filters import access_filter, facet_filter
from search.engines.plan import Plan
from search.engines.tantivy_layout import errors
from search.engines.tantivy_query import filter_query, match_query

_MOST_VALUES: Final = 10_000
SECTIONS: Final = {"cardinality": {"field": "section"}}
"""Sections, each once in whatever languages; exact for some hundreds, within two percent for more."""

Counts = dict[str, tuple[FacetCount, ...]]


@contextmanager
def counting(
    searcher: tantivy.Searcher, schema: tantivy.Schema, plan: Plan, query: Query
) -> Iterator[Callable[[], Counts]]:
    """Counts in threads while the block runs; gives a function that waits for the counts.

    A folded query counts sections, as its total does. Each facet is counted without its own filter; those
    without one share a pass. The threads end with the query, so that a forked process has no dead ones.
    """
    matching = match_query(schema, plan, count=True)
    free = tuple(facet for facet in query.facets if not query.filters.get(facet))
    passes = [(free, "")] if free else []
    passes += [((facet,), facet) for facet in query.facets if query.filters.get(facet)]
    if not passes:
        yield dict
        return
    with ThreadPoolExecutor(len(passes)) as pool:
        counting_passes = [
            pool.submit(partial(_count, searcher, schema, matching, query, facets, leave_out))
            for facets, leave_out in passes
        ]
        yield partial(_together, counting_passes, query.facets)


def _count(
    searcher: tantivy.Searcher,
    schema: tantivy.Schema,
    matching: tantivy.Query,
    query: Query,
    facets: tuple[str, ...],
    leave_out: str,
) -> Counts:
    allowed = filter_query(schema, access_filter(query) & facet_filter(query, leave_out=leave_out))
    combined = tantivy.Query.boolean_query([(tantivy.Occur.Must, matching), (tantivy.Occur.Must, allowed)])
    each = {"aggs": {"sections": SECTIONS}} if query.folded else {}
    wanted = {facet: {"terms": {"field": facet, "size": _MOST_VALUES}, **each} for facet in facets}
    with errors():
        buckets = searcher.aggregate(combined, wanted)
    counts: Counts = {}
    for facet in facets:
        pairs = sorted((-_number(one), one["key"]) for one in buckets[facet]["buckets"])
        counts[facet] = tuple(FacetCount(value, -count) for count, value in pairs)
    return counts


def _number(bucket: dict[str, Any]) -> int:
    """How many sections have a value, or how many texts."""
    return int(bucket["sections"]["value"] if "sections" in bucket else bucket["doc_count"])


def _together(counting_passes: list[Future[Counts]], facets: tuple[str, ...]) -> Counts:
    counted: Counts = {}
    for one in counting_passes:
        counted |= one.result()
    return {facet: counted[facet] for facet in facets}
