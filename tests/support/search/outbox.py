"""What several test files of search begin with: outbox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search.engines.base import Query
from search.engines.tantivy_engine import TantivyEngine
from search.factory import engine
from search.outbox import denied_editions

UIDS = [f"00000000-0000-4000-8000-{index:012d}" for index in range(3)]


PUBLIC = frozenset({"pub"})


def ids(keys: frozenset[str] = PUBLIC, text: str = "", **fields: object) -> set[str]:
    """Edition, section and language of what is found with these keys."""
    query = Query(text=text, keys=keys, facets=(), page_size=100, denied=denied_editions(), **fields)  # type: ignore[arg-type]
    return {
        f"{hit.document.edition}/{hit.document.uid[-1]}/{hit.document.language}"
        for hit in engine().search(query).hits
    }


@pytest.fixture(autouse=True)
def index(search_index: TantivyEngine) -> Iterator[TantivyEngine]:
    """An empty index, as after a first rebuild."""
    yield search_index
