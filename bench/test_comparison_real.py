"""How right and how quick a comparison is on real texts that were edited by chance, beside `git diff
--word-diff`."""

from __future__ import annotations

import resource
import subprocess
import time
from pathlib import Path

import pytest

from bench.comparison_scores import Score
from bench.real_texts import edit, real_scores, real_texts, without_headings
from documents.comparison import compare
from documents.text import SectionTree
from documents.text.extraction import body_lines

SHARES = {0.02: 0.99, 0.10: 0.95, 0.30: 0.85}
"""How many words are edited, and the least F1 of words."""
SEEDS = (1, 2)
SPEED_WORDS = 150_000
GIT = ["git", "diff", "--no-index", "--word-diff=porcelain", "old", "new"]


@pytest.mark.parametrize("headings", [True, False], ids=["headings", "no headings"])
@pytest.mark.parametrize("share", SHARES)
def test_words_and_moves(share: float, headings: bool) -> None:
    totals: dict[str, Score] = {}
    for name, tree in real_texts():
        text = tree if headings else without_headings(tree)
        for seed in SEEDS:
            known = edit(text, share, seed)
            found = real_scores(compare(known.old, known.new), known)
            print(f"{name} {seed}: " + "; ".join(f"{what} {each}" for what, each in found.items()))
            for what, each in found.items():
                totals[what] = totals[what] + each if what in totals else each
    print(f"== {share:.0%} {'with' if headings else 'without'} headings: {totals}")
    assert totals["words"].f1 >= SHARES[share]
    if share < 0.3:
        for what in ("moved blocks", "moved sections"):
            assert min(totals[what].precision, totals[what].recall) >= 0.95


@pytest.mark.parametrize("headings", [True, False], ids=["headings", "no headings"])
def test_time_beside_git(tmp_path: Path, headings: bool) -> None:
    """The longest text, repeated to no length: what counts is one that somebody wrote."""
    _, tree = max(real_texts(), key=lambda each: min(_size(each[1]), SPEED_WORDS))
    known = edit(tree if headings else without_headings(tree), 0.02, 1)
    for name, text in (("old", known.old), ("new", known.new)):
        (tmp_path / name).write_text(
            "\n".join(line for s in text for line in body_lines(s.text.body, heading=True))
        )
    git = min(_git(tmp_path) for _ in range(5))
    times = []
    for _ in range(5):
        begun = time.process_time()
        compare(known.old, known.new)
        times.append(time.process_time() - begun)
    words = _size(known.old)
    print(
        f"{tree.title}, {words} words: {min(times) * 1000:.0f} ms, git {git * 1000:.0f} ms, "
        f"{min(times) / git:.1f} x git"
    )
    assert min(times) <= 3 * git or words < SPEED_WORDS / 2


def _size(tree: SectionTree) -> int:
    return sum(len(line.split()) for section in tree for line in body_lines(section.text.body))


def _git(folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(GIT, cwd=folder, stdout=subprocess.DEVNULL, check=False, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
