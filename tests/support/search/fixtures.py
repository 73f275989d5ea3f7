"""What the tests of search share: an analysis with tables, and the engines."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from search import factory
from search.analysis import Analyser
from search.engines.base import Document
from search.engines.elastic import ElasticEngine
from search.engines.tantivy_engine import TantivyEngine
from tests.support.search.corpus import make_documents, make_equals

TABLES = Path(__file__).resolve().parents[3] / "var" / "tables"


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    """The analysis with its tables, which tests/conftest.py sees to."""
    return Analyser(TABLES)


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    return make_documents() + make_equals()


@pytest.fixture
def tantivy(tmp_path: Path, analyser: Analyser) -> TantivyEngine:
    return TantivyEngine(tmp_path / "index", analyser)


@pytest.fixture
def elastic(elasticsearch_url: str, analyser: Analyser) -> Iterator[ElasticEngine]:
    """An engine with an index of its own on the real server, removed afterwards."""
    engine = ElasticEngine(elasticsearch_url, f"t-{uuid.uuid4().hex[:8]}", analyser)
    yield engine
    engine.drop()
    engine.close()


@pytest.fixture
def search_index(tmp_path: Path, settings: object, analyser: Analyser) -> Iterator[TantivyEngine]:
    """The site's own engine, with an empty index of this test's."""
    settings.KODEKS_SEARCH = {"engine": "tantivy", "path": tmp_path / "index"}  # type: ignore[attr-defined]
    engine = factory.engine()
    engine.rebuild([])
    assert isinstance(engine, TantivyEngine)
    yield engine
    engine.close()


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """All requests of a test are counted in one minute, however long it takes."""
    moment = time.time()
    monkeypatch.setattr("limits.count.time", SimpleNamespace(time=lambda: moment))
