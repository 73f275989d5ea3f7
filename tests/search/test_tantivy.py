"""What only the embedded engine has: files, one writer at a time, other processes."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from search.analysis import Analyser
from search.engines import Document, EngineError, IndexMissing, Query
from search.engines.tantivy_engine import TantivyEngine
from tests.search.conftest import TABLES

KEYS = frozenset({"pub"})


def document(number: int, text: str = "Žrtva") -> Document:
    return Document(str(number), "i", "1", str(number), "sr", "", "", text, KEYS, position=number)


def write(path: Path, first: int) -> None:
    engine = TantivyEngine(path, Analyser(TABLES))
    for number in range(first, first + 10):
        engine.index([document(number)])


def test_no_index_yet(tantivy: TantivyEngine) -> None:
    with pytest.raises(IndexMissing):
        tantivy.search(Query("žrtva", KEYS))
    assert not tantivy.health().ok


def test_an_index_that_is_no_index(tantivy: TantivyEngine, tmp_path: Path) -> None:
    tantivy.index([document(1)])
    generation = (tmp_path / "index" / "current").read_text()
    (tmp_path / "index" / generation / "meta.json").write_text("{}")
    tantivy.close()
    with pytest.raises(EngineError):
        tantivy.search(Query("žrtva", KEYS))


def test_two_processes_write_and_a_third_reads(
    tantivy: TantivyEngine, tmp_path: Path, analyser: Analyser
) -> None:
    tantivy.index([document(0)])
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write, args=(tmp_path / "index", first)) for first in (100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
        assert writer.exitcode == 0
    assert tantivy.search(Query("žrtva", KEYS)).total == 21


def test_a_batch_that_breaks_leaves_nothing(tantivy: TantivyEngine) -> None:
    tantivy.index([document(1)])

    def breaking():  # type: ignore[no-untyped-def]
        yield document(2)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        tantivy.index(breaking())
    assert tantivy.search(Query("žrtva", KEYS)).total == 1


def test_another_analysis_makes_the_index_stale(tmp_path: Path, tantivy: TantivyEngine) -> None:
    tantivy.index([document(1)])
    assert not tantivy.health().stale
    assert TantivyEngine(tmp_path / "index", Analyser(None)).health().stale


def test_old_generations_are_removed(tantivy: TantivyEngine, tmp_path: Path) -> None:
    for _ in range(3):
        tantivy.rebuild([document(1), document(2)])
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1
    assert tantivy.search(Query("žrtva", KEYS)).total == 2
