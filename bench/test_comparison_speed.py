"""How long a comparison of a very long document takes, beside `git diff --word-diff` on the same texts."""

from __future__ import annotations

import random
import resource
import subprocess
import time
import tracemalloc
import uuid
from pathlib import Path

from documents.comparison import compare
from documents.text import Section, SectionText, SectionTree, inline_text

SECTIONS, PARAGRAPHS, WORDS = 300, 5, 100
LETTERS = "абвгдезиклмнопрстујчш"


def _text(chance: random.Random) -> tuple[SectionTree, SectionTree]:
    """150,000 words, and the same with every fiftieth word changed and three chapters of 15 sections moved."""
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 10))) for _ in range(6000)]
    weights = [1 / (rank + 3) for rank in range(6000)]

    def section(level: int, paragraphs: list[str], uid: str) -> Section:
        blocks = [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in paragraphs]
        heading = [{"type": "text", "text": f"Глава {uid[:8]}"}]
        return Section(
            uid, level, "section", SectionText("", {"heading": heading, "blocks": blocks, "notes": {}})
        )

    def edited(text: str) -> str:
        return " ".join(chance.choice(words) if chance.random() < 0.02 else word for word in text.split(" "))

    texts = [
        [" ".join(chance.choices(words, weights, k=WORDS)) for _ in range(PARAGRAPHS)]
        for _ in range(SECTIONS)
    ]
    uids = [str(uuid.UUID(int=chance.getrandbits(128))) for _ in range(SECTIONS)]
    levels = [1 if place % 15 == 0 else 2 for place in range(SECTIONS)]
    old = [section(*each) for each in zip(levels, texts, uids, strict=True)]
    new = [
        section(level, [edited(p) for p in text], uid)
        for level, text, uid in zip(levels, texts, uids, strict=True)
    ]
    chapters = [new[start : start + 15] for start in range(0, SECTIONS, 15)]
    for start, to in ((2, 17), (5, 11), (14, 0)):
        chapters.insert(to, chapters.pop(start))
    moved = tuple(section for chapter in chapters for section in chapter)
    return SectionTree("mk", "Текст", tuple(old)), SectionTree("mk", "Текст", moved)


def _plain(tree: SectionTree) -> str:
    return "\n".join(inline_text(b["content"]) for section in tree for b in section.text.body["blocks"])


GIT = ["git", "diff", "--no-index", "--word-diff"]
AS_WE_DO = "--word-diff-regex=[[:alnum:]]+|[^[:space:]]"


def test_speed_of_a_comparison(tmp_path: Path) -> None:
    """Processor time of each, so that a busy machine says the same; git's with the start of its process and
    without."""
    old, new = _text(random.Random(7))
    without_uids = SectionTree(
        new.language, new.title, tuple(Section(str(uuid.uuid4()), s.level, s.kind, s.text) for s in new)
    )
    (tmp_path / "old").write_text(_plain(old))
    (tmp_path / "new").write_text(_plain(new))
    start = _git(["git", "--version"], tmp_path)
    git = _git([*GIT, "old", "new"], tmp_path)
    like_us = _git([*GIT, AS_WE_DO, "old", "new"], tmp_path)
    print(
        f"git --word-diff: {git:.0f} ms, {start:.1f} of them its start; punctuation apart: {like_us:.0f} ms"
    )
    for name, other, options in (
        ("by uid", new, {}),
        ("by uid, two scripts as one text", new, {"one_text_in_two_scripts": True}),
        ("by text alone", without_uids, {}),
        ("unchanged", old, {}),
    ):
        times = []
        for _ in range(5):
            begun = time.process_time()
            comparison = compare(old, other, **options)
            times.append((time.process_time() - begun) * 1000)
        took = min(times)
        print(
            f"compare 150,000 words, {name}: {took:.0f} ms, {took / git:.1f} x git, {took / like_us:.1f} x "
            f"git with "
            f"punctuation apart; {comparison.counts.moved} moved"
        )
        assert comparison.counts.moved == (0 if other is old else 3)
        assert took < 600, "some times the figure on a quiet machine"
    tracemalloc.start()
    compare(old, new)
    print(f"memory at most: {tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB")
    assert tracemalloc.get_traced_memory()[1] < 100e6
    tracemalloc.stop()


def _git(command: list[str], folder: Path) -> float:
    """The least processor time in milliseconds that a command took in five runs."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False, timeout=60)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times) * 1000
