"""What only the embedded engine has: files, one writer at a time, other processes."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from search.analysis import Analyser
from search.engines.base import Document, EngineError, IndexMissing, Query
from search.engines.tantivy_engine import TantivyEngine
from search.engines.vocabulary import beginning_with
from tests.support.search.fixtures import TABLES

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


@contextmanager
def no_room(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: what a full disk says too, the system says of that."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_without_room_it_is_said_and_what_was_there_stays(tantivy: TantivyEngine, tmp_path: Path) -> None:
    tantivy.index([document(1)])
    many = [
        document(number, " ".join(f"reč{number}a{word}" for word in range(300))) for number in range(2, 60)
    ]
    with no_room(3000):
        with pytest.raises(EngineError):
            tantivy.index(many)
        with pytest.raises(EngineError):
            tantivy.rebuild(many)
    with no_room(0), pytest.raises(EngineError):
        tantivy.rebuild([])
    assert tantivy.search(Query("žrtva", KEYS)).total == 1
    assert len([path for path in (tmp_path / "index").iterdir() if path.name != "current"]) == 1, (
        "nothing left over"
    )
    assert tantivy.index(many) == len(many)
    assert tantivy.search(Query("", KEYS)).total == 1 + len(many)


def test_an_index_that_is_damaged_while_it_is_open(
    tantivy: TantivyEngine, tmp_path: Path, analyser: Analyser
) -> None:
    tantivy.index([document(1)])
    assert tantivy.search(Query("žrtva", KEYS)).total == 1
    generation = tmp_path / "index" / (tmp_path / "index" / "current").read_text()
    meta = (generation / "meta.json").read_text()
    (generation / "meta.json").write_text(meta[: len(meta) // 2])
    with pytest.raises(IndexMissing):
        tantivy.search(Query("žrtva", KEYS))
    assert tantivy.health().stale
    (generation / "meta.json").write_text(meta)
    (store,) = generation.glob("*.store")
    with store.open("r+b") as file:
        file.write(b"\xff" * (store.stat().st_size // 2))
    with pytest.raises(EngineError):  # by another process: this one has read the file
        TantivyEngine(tmp_path / "index", analyser).search(Query("žrtva", KEYS))
    tantivy.rebuild([document(1)])
    assert tantivy.search(Query("žrtva", KEYS)).total == 1


@pytest.mark.parametrize("named", ["..", ".", "other", "\0", "../other"])
def test_a_name_that_is_none_of_ours_is_never_removed(
    tantivy: TantivyEngine, tmp_path: Path, named: str
) -> None:
    tantivy.index([document(1)])
    (tmp_path / "other").mkdir()
    (tmp_path / "index" / "other").mkdir()
    (tmp_path / "index" / "current").write_text(named)
    with pytest.raises(IndexMissing):
        tantivy.search(Query("žrtva", KEYS))
    tantivy.rebuild([document(1)])
    assert (tmp_path / "other").is_dir() and (tmp_path / "index" / "other").is_dir()
    assert tantivy.search(Query("žrtva", KEYS)).total == 1


def test_what_a_killed_builder_left_is_removed_by_the_next(tantivy: TantivyEngine, tmp_path: Path) -> None:
    tantivy.index([document(1)])
    left = tmp_path / "index" / ("0" * 32)
    left.mkdir()
    (left / "half.store").write_bytes(b"much")
    (tmp_path / "index" / f"current.{'0' * 32}").write_text("")
    (tmp_path / "index" / "notes").mkdir()
    assert tantivy.search(Query("žrtva", KEYS)).total == 1
    tantivy.rebuild([document(1)])
    kept = sorted(path.name for path in (tmp_path / "index").iterdir())
    assert kept == sorted(["current", "notes", (tmp_path / "index" / "current").read_text()])


def test_words_are_counted_in_texts_that_have_such_a_word_and_no_others(
    tantivy: TantivyEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counting reads all words of each text: of a large library five times as long."""
    tantivy.index([document(number) for number in range(30)] + [document(30, "Razgovor sa žrtvom")])
    given: list[int] = []
    index = tantivy._index

    class Searcher:
        def __init__(self) -> None:
            self.real = index().searcher()

        def aggregate(self, query: Any, wanted: Any) -> Any:
            given.append(self.real.search(query, limit=1).count)  # type: ignore[attr-defined]
            return self.real.aggregate(query, wanted)

    class Index:
        searcher = Searcher

    monkeypatch.setattr(tantivy, "_index", Index)
    counted = tantivy.vocabulary(Query("", KEYS), "words", beginning_with("razg", ["sr"]), 100)
    assert [(one.value, one.count) for one in counted] == [("hbs razgovor razgovor", 1)]
    assert given == [1]
