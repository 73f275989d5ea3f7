"""How an index is laid out in Elasticsearch, and the client's errors and counts as ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.dsl import A, Mapping

from search.engines.base import EngineError, FacetCount, IndexMissing, Query
from search.engines.fields import KEYWORD_FIELDS, NUMBER_FIELDS, TEXT_FIELDS, WORD_FIELDS
from search.engines.plan import EXCLUDED_FIELDS, PHRASE_FIELDS
from search.engines.ranking import Ranked


def mapping_of(version: str) -> Mapping:
    mapping = Mapping()
    mapping.meta("dynamic", False)
    mapping.meta("_meta", version=version)
    # The tokens can be made again from the text: keeping them would double the index.
    mapping.meta("_source", excludes=[*TEXT_FIELDS, *WORD_FIELDS])
    for name in TEXT_FIELDS:
        with_places = name in PHRASE_FIELDS or name in EXCLUDED_FIELDS
        options = "positions" if with_places else "freqs"
        mapping.field(name, "text", analyzer="whitespace", index_options=options)
    for name in KEYWORD_FIELDS:
        mapping.field(name, "keyword")
    for name in WORD_FIELDS:
        # Only ever counted.
        mapping.field(name, "keyword", index=False)
    for name in NUMBER_FIELDS:
        mapping.field(name, "long")
    mapping.field("stored", "object", enabled=False)
    return mapping


ALL = "all_found"
SECTIONS = A("cardinality", field="section", precision_threshold=40_000)
"""Sections, each once in whatever languages."""


def facets_of(answer: dict[str, Any], query: Query) -> dict[str, tuple[FacetCount, ...]]:
    counted: dict[str, tuple[FacetCount, ...]] = {}
    for facet in query.facets:
        buckets = answer["aggregations"][facet]["values"]["buckets"]
        counts = (FacetCount(str(bucket["key"]), number_of(bucket)) for bucket in buckets)
        counted[facet] = tuple(sorted(counts, key=lambda count: (-count.count, count.value)))
    return counted


def number_of(bucket: dict[str, Any]) -> int:
    """How many sections have a value, or how many texts."""
    return int(bucket["sections"]["value"] if "sections" in bucket else bucket["doc_count"])


def total_of(answer: dict[str, Any], query: Query) -> int:
    """How many sections were found, or how many texts."""
    return number_of(answer["aggregations"][ALL]) if query.folded else int(answer["hits"]["total"]["value"])


def ranked(hit: dict[str, Any], order: str) -> Ranked:
    """A hit as it is ordered: by its score, or by the values of another order."""
    key, tie = hit["sort"]
    [section] = hit.get("fields", {}).get("section", [0])
    return Ranked(float(hit["_score"] or 0.0) if not order else key, tie, hit["_id"], section)


def sweep(client: Elasticsearch, alias: str) -> None:
    """Remove what builders that were killed have left: an index named as ours that no alias names. For who is
    sure that nobody else builds."""
    for name, state in client.indices.get(index=f"{alias}-*").items():
        if re.fullmatch(rf"{re.escape(alias)}-[0-9a-f]{{12}}", name) and not state["aliases"]:
            client.indices.delete(index=name, ignore_unavailable=True)


@contextmanager
def errors() -> Iterator[None]:
    """The client's exceptions as ours."""
    try:
        yield
    except NotFoundError as error:
        raise IndexMissing(f"there is no search index yet: {error}") from error
    except (ApiError, TransportError) as error:
        raise EngineError(f"Elasticsearch does not answer: {error}") from error
