"""Faults of a cluster, on three real nodes, and the reserve while Elasticsearch is away."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from elasticsearch import Elasticsearch as Calling

from documents.actions.classify import change_classification
from documents.choices import Classification
from people.roles import Role
from search import factory
from search.analysis import Analyser
from search.engines.base import Document, EngineError, Query
from search.engines.elastic import ElasticEngine
from search.engines.fallback import FallbackEngine
from search.engines.tantivy_engine import TantivyEngine
from search.models import OutboxRow
from search.outbox import drain, rebuild, reconcile
from tests.support.factories import make_in_force, make_institution, make_person
from tests.support.search.corpus import KEYS, make_documents
from tests.support.search.leaks import fetch, total
from tests.support.services import elasticsearch
from tests.support.services.missing import provide

EVERY_KEY = frozenset(KEYS)


@pytest.fixture
def cluster() -> Iterator[list[elasticsearch.Elasticsearch]]:
    nodes = provide(elasticsearch.start_cluster)
    yield nodes
    for node in nodes:
        node.stop()


def master_of(nodes: list[elasticsearch.Elasticsearch]) -> elasticsearch.Elasticsearch:
    with Calling(nodes[0].url) as client:
        name = str(client.cat.master(format="json")[0]["node"])  # type: ignore[index]
    return nodes[int(name.rpartition("-")[2])]


def test_one_of_three_nodes_dies_while_it_is_written_to_and_searched(
    cluster: list[elasticsearch.Elasticsearch], analyser: Analyser
) -> None:
    """The master is killed: answers stay whole, and nothing that was written is lost."""
    everything = make_documents(420)
    settled, coming = everything[:210], everything[210:]
    urls = [node.url for node in cluster]
    engine = ElasticEngine(urls, f"t-{uuid.uuid4().hex[:8]}", analyser, shards=3, replicas=1)
    engine.rebuild(settled)
    with Calling(urls[0]) as client:
        client.cluster.health(wait_for_status="green", timeout="60s")
    question = Query(
        "žrtva viktima victim", EVERY_KEY, loose=True, denied=frozenset(d.edition for d in coming)
    )
    right = engine.search(question).total
    assert right > 60
    wrong: list[int] = []
    answered: list[float] = []
    refused: list[str] = []
    done = threading.Event()

    def search() -> None:
        while not done.wait(0.2):
            try:
                found = engine.search(question).total
            except EngineError as error:
                refused.append(str(error))
            else:
                answered.append(time.monotonic())
                if found != right:
                    wrong.append(found)

    def write(batch: list[Document]) -> None:
        """As the worker does: what was not taken is written again."""
        for _ in range(60):
            try:
                engine.index(batch)
                engine.refresh()
                return
            except EngineError:
                time.sleep(0.5)
        raise AssertionError("the cluster takes nothing any more")

    searching = threading.Thread(target=search)
    searching.start()
    try:
        batches = [coming[start : start + 35] for start in range(0, len(coming), 35)]
        for number, batch in enumerate(batches):
            if number == len(batches) // 3:
                killed = time.monotonic()
                master_of(cluster).server.kill()
            write(batch)
        after = time.monotonic()
        while time.monotonic() < after + 1:
            time.sleep(0.1)
    finally:
        done.set()
        searching.join()
    assert not wrong, f"{len(wrong)} answers of a part only"
    gaps = [later - earlier for earlier, later in itertools.pairwise(answered)]
    assert max(gaps) < 20, f"no answer for {max(gaps):.1f} s"
    assert answered[-1] > killed
    print(f"\n{len(answered)} answers, {len(refused)} refused, longest without one {max(gaps):.1f} s")
    expected = {document.id: document.fingerprint for document in everything}
    found = list(engine.fingerprints())
    assert len(found) == len(expected), "nothing twice"
    assert dict(found) == expected
    assert engine.health().ok
    engine.close()


def test_the_reserve_answers_when_no_node_is_left(tmp_path: Path, analyser: Analyser) -> None:
    nowhere = ElasticEngine("http://127.0.0.1:9", "t", analyser)
    spare = TantivyEngine(tmp_path / "spare", analyser)
    engine = FallbackEngine(nowhere, spare)
    with pytest.raises(EngineError):
        engine.search(Query("žrtva", EVERY_KEY))
    spare.rebuild(make_documents(70))
    answer = engine.search(Query("žrtva viktima victim", EVERY_KEY, loose=True))
    assert answer.from_spare
    assert answer.total == spare.search(Query("žrtva viktima victim", EVERY_KEY, loose=True)).total > 0
    started = time.monotonic()
    for _ in range(20):
        assert engine.search(Query("žrtva", EVERY_KEY)).from_spare
    assert time.monotonic() - started < 5, "who does not answer is not asked by each reader"
    assert engine.search(Query("žrtva", frozenset())).total == 0
    with pytest.raises(EngineError):
        engine.index(make_documents(7))
    assert not engine.health().ok


@pytest.mark.django_db
def test_a_site_goes_on_with_its_reserve_and_catches_up_by_itself(
    elasticsearch_url: str, tmp_path: Path, settings: Any, analyser: Analyser
) -> None:
    there = {
        "engine": "elasticsearch",
        "url": elasticsearch_url,
        "index": f"t-{uuid.uuid4().hex[:8]}",
        "spare": tmp_path / "spare",
    }
    away = there | {"url": "http://127.0.0.1:9"}
    settings.KODEKS_SEARCH = there
    first = make_in_force(slug="first")
    assert rebuild() > 0
    reader = make_person(Role.PRACTITIONER)
    assert OutboxRow.objects.count() == 0
    before = fetch(reader, "q=Title")
    assert "The search engine is not working at the moment" not in before

    settings.KODEKS_SEARCH = away
    page = fetch(reader, "q=Title")
    assert total(page) == total(before)
    assert "These results come from a backup" in page
    second = make_in_force(slug="second")
    coordinator = make_person(Role.COORDINATOR, first.instrument.owner)
    change_classification(coordinator, first.instrument, Classification.TLP_AMBER_STRICT, "a name in it")
    with pytest.raises(EngineError):
        drain()
    assert OutboxRow.objects.exists(), "the first engine has yet to hear of it"
    outsider = make_person(Role.PRACTITIONER, make_institution("mk-interior"))
    page = fetch(outsider, "q=Title")
    assert "/i/mk/first/" not in page
    assert "/i/mk/second/" not in page, "what may have been closed is kept back until the first has caught up"
    assert dict(factory.engine().spare.fingerprints([str(second.pk)])), "the reserve is in step all the same"  # type: ignore[attr-defined]

    settings.KODEKS_SEARCH = there
    assert drain() > 0
    assert not OutboxRow.objects.exists()
    page = fetch(outsider, "q=Title")
    assert "/i/mk/first/" not in page
    assert f"/i/mk/{second.instrument.slug}/" in page
    assert "These results come from a backup" not in page
    assert not reconcile(mend=False).any
    spare = factory.engine().spare  # type: ignore[attr-defined]
    spare.delete(dict(spare.fingerprints([str(second.pk)])))
    assert reconcile().missing
    assert not reconcile(mend=False).any
    call_command("search_status", stdout=StringIO())
    factory.engine().first.drop()  # type: ignore[attr-defined]
