"""How well a comparison finds 2 % edited words, three moved chapters, split and joined sections, in five
scripts and languages."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bench.comparison_scores import scores
from bench.edited_pairs import SOURCES, EditedPair, edited_pair
from documents.comparison import compare
from documents.text import SectionTree

WORDS = 20_000
SEEDS = (1, 2, 3)


@pytest.mark.parametrize("tag", SOURCES)
def test_scores(tag: str, tmp_path: Path) -> None:
    for seed in SEEDS:
        pair = edited_pair(tag, WORDS, seed)
        git = words_marked_by_git(pair, tmp_path)
        for name, each in (("by uid", pair), ("by text", pair.without_uids())):
            found = scores(compare(each.old, each.new), each)
            print(f"{tag} {seed} {name}: " + "; ".join(f"{what} {score}" for what, score in found.items()))
            there = found["words"].there
            print(
                f"  words marked: {found['words'].found / there:.2f} x those edited; git --word-diff "
                f"{git / there:.2f} x"
            )
            assert found["words"].f1 >= 0.995
            assert min(found["moves"].precision, found["moves"].recall) >= 0.99
            assert found["sections"].recall >= (0.999 if name == "by uid" else 0.95)
            assert min(found["split"].f1, found["joined"].f1) >= 0.9


def words_marked_by_git(pair: EditedPair, folder: Path) -> int:
    """How many words `git diff --word-diff` calls removed or added, titles apart."""
    (folder / "old").write_text(_plain(pair.old))
    (folder / "new").write_text(_plain(pair.new))
    shown = subprocess.run(
        ["git", "diff", "--no-index", "--word-diff=porcelain", "old", "new"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    ).stdout  # fmt: skip
    lines = [line[1:] for line in shown.splitlines() if re.match(r"[+-](?!\+\+ |-- )", line)]
    return sum(len(line.split()) for line in lines)


def _plain(tree: SectionTree) -> str:
    return "\n".join(section.text.plain for section in tree)
