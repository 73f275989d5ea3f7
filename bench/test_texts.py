"""Hashing and comparing texts of the size that ministries have: 300 sections of 500 words. Run by `make
bench`.

Each measure prints its figure and fails at several times what was measured when it was written, so that a
busy machine passes and a change of the order of growth does not.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from documents.comparison import compare
from documents.text import Section, SectionText, SectionTree
from documents.text.canonical import language_version_hash, text_hash
from documents.text.schema import normalise_body
from documents.text.types import Body

SECTIONS, WORDS = 300, 500


def body(words: list[str]) -> Body:
    def paragraph(part: list[str]) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "text", "text": " ".join(part)}]}

    return normalise_body(
        {
            "heading": [{"type": "text", "text": " ".join(words[:5])}],
            "blocks": [paragraph(words[start : start + 60]) for start in range(5, len(words), 60)],
            "notes": {},
        }
    )


@pytest.fixture(scope="module")
def tree() -> SectionTree:
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices("абвгдежзиклмнопрст", k=chance.randint(2, 11))) for _ in range(4000)]
    sections = [
        Section(
            f"00000000-0000-4000-8000-{number:012d}",
            1 + number % 3,
            "section",
            SectionText(str(number), body(chance.choices(vocabulary, k=WORDS))),
        )
        for number in range(SECTIONS)
    ]
    return SectionTree("sr", "Стандардни оперативни поступци", tuple(sections))


def edited(tree: SectionTree) -> SectionTree:
    """Every tenth section with some words changed, one section moved from the end to the front."""
    sections = list(tree.sections)
    for place in range(0, len(sections), 10):
        words = f"{sections[place].text.heading} {sections[place].text.plain}".split()
        words[20:24] = ["друго"]
        sections[place] = replace(sections[place], text=SectionText(sections[place].text.label, body(words)))
    sections.insert(0, sections.pop())
    return SectionTree(tree.language, tree.title, tuple(sections))


@pytest.fixture
def measured(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    @contextmanager
    def measure(what: str, at_most: float) -> Iterator[None]:
        start = time.perf_counter()
        yield
        seconds = time.perf_counter() - start
        with capsys.disabled():
            print(f"  {what}: {seconds:.3f} s (at most {at_most:g} s)")
        assert seconds <= at_most

    return measure


def test_hashing(tree: SectionTree, measured: Callable[..., Any]) -> None:
    with measured(f"the hash of each of {SECTIONS} texts", 1.5):
        hashes = {text_hash(section.text.body) for section in tree.sections}
    assert len(hashes) == SECTIONS
    with measured("the hash of a language version", 1.5):
        language_version_hash(tree)


def test_comparing(tree: SectionTree, measured: Callable[..., Any]) -> None:
    new = edited(tree)
    with measured(f"comparing {SECTIONS * WORDS:,} words with few changes", 3):
        comparison = compare(tree, new)
    assert comparison.entries
    with measured("comparing a text with itself", 3):
        compare(tree, tree)
