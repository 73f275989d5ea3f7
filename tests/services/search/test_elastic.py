"""What only Elasticsearch has: a server that may be away, an alias, shards."""

from __future__ import annotations

import pytest
from elasticsearch import Elasticsearch

from search.analysis import Analyser
from search.engines.base import Document, EngineError, IndexMissing, Query
from search.engines.elastic import ElasticEngine
from tests.support.services.processes import free_port

KEYS = frozenset({"pub"})
DOCUMENT = Document("1", "i", "1", "1", "sr", "", "", "Žrtva", KEYS)


def test_a_server_that_is_away(analyser: Analyser) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    engine = ElasticEngine(url, "away", analyser, client=Elasticsearch(url, request_timeout=2, max_retries=0))
    with pytest.raises(EngineError):
        engine.search(Query("žrtva", KEYS))
    with pytest.raises(EngineError):
        engine.index([DOCUMENT])
    health = engine.health()
    assert not health.ok
    assert "does not answer" in health.message


def test_no_index_yet(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    with pytest.raises(IndexMissing):
        elastic.search(Query("žrtva", KEYS))
    with pytest.raises(IndexMissing):
        elastic.delete(["1"])
    assert not elastic.health().ok
    # Nothing was made by the way.
    elastic.index([DOCUMENT])
    elastic.refresh()
    assert elastic.search(Query("žrtve", KEYS)).total == 1
    [name] = Elasticsearch(elasticsearch_url).indices.get_alias(name=elastic._alias)
    assert name != elastic._alias


def test_a_rebuild_leaves_one_index(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    for _ in range(3):
        elastic.rebuild([DOCUMENT])
    names = Elasticsearch(elasticsearch_url).indices.get(index=f"{elastic._alias}*")
    assert len(names) == 1


def test_what_a_killed_builder_left_is_removed_by_the_next(
    elastic: ElasticEngine, elasticsearch_url: str
) -> None:
    elastic.rebuild([DOCUMENT])
    client = Elasticsearch(elasticsearch_url)
    left, other = elastic._create(), f"{elastic._alias}-others"
    client.indices.create(index=other)
    assert elastic.search(Query("žrtva", KEYS)).total == 1
    elastic.rebuild([DOCUMENT])
    names = set(client.indices.get(index=f"{elastic._alias}*"))
    assert left not in names and other in names and len(names) == 2
    client.indices.delete(index=other)


def test_another_analysis_makes_the_index_stale(elastic: ElasticEngine, elasticsearch_url: str) -> None:
    elastic.rebuild([DOCUMENT])
    assert not elastic.health().stale
    other = ElasticEngine(elasticsearch_url, elastic._alias, Analyser(None))
    assert other.health().stale
    other.close()
