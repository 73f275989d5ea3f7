"""Figures of the Word core on one long document, each beside `git diff --word-diff` on the same words in the
same run."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from bench.test_comparison_speed import GIT, _git, _plain, _text
from bench.test_reading import seconds
from documents.word.file.guard import open_package
from documents.word.redline import redline
from documents.word.resolve import resolve
from documents.word.write.document_file import DocumentFile
from documents.word.write.write import write_docx


@pytest.fixture(scope="module")
def files() -> tuple[bytes, bytes]:
    """150,000 words as two Word files, 2 % of the words and three chapters apart."""
    old, new = _text(random.Random(7))
    return write_docx(DocumentFile(old)), write_docx(DocumentFile(new))


@pytest.fixture(scope="module")
def git(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds of processor time that git takes to mark the words of the same texts."""
    folder = tmp_path_factory.mktemp("git")
    for name, tree in zip(("old", "new"), _text(random.Random(7)), strict=True):
        (folder / name).write_text(_plain(tree))
    return min(_git([*GIT, "old", "new"], folder) for _ in range(3)) / 1000


def _seconds(work: Callable[[], object]) -> float:
    """Processor time without the collector of garbage, which the process that makes a redline switches off
    too."""
    return min(seconds(work) for _ in range(3))


def test_redline_and_its_resolution(files: tuple[bytes, bytes], git: float) -> None:
    old, new = files
    took = _seconds(lambda: redline(open_package(old), open_package(new)))
    print(f"redline of 150,000 words: {took * 1000:.0f} ms, {took / git:.1f} x git diff --word-diff")
    assert took < 6, "some times the figure on a quiet machine"
    made = redline(open_package(old), open_package(new))
    for verb in (True, False):
        took = _seconds(lambda verb=verb: resolve(open_package(made), accept=verb))  # type: ignore[misc]
        print(
            f"{'accept' if verb else 'reject'} it: {took * 1000:.0f} ms, {took / git:.1f} x git diff "
            f"--word-diff"
        )
        assert took < 10
