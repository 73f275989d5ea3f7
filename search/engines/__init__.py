"""One interface, two engines: tantivy, embedded, and Elasticsearch."""

from search.engines.base import (
    CONTENT_LANGUAGES,
    FACETS,
    Document,
    Engine,
    EngineError,
    FacetCount,
    Health,
    Hit,
    IndexMissing,
    Part,
    Query,
    Result,
    WordField,
)

__all__ = [
    "CONTENT_LANGUAGES",
    "FACETS",
    "Document",
    "Engine",
    "EngineError",
    "FacetCount",
    "Health",
    "Hit",
    "IndexMissing",
    "Part",
    "Query",
    "Result",
    "WordField",
]
