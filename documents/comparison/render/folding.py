"""What is folded away of a long section of which little changed: the paragraphs that are the same, but for
one of context."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

FEWEST = 3
"""Fewer paragraphs than this are not worth a fold."""
ONE = frozenset({"paragraph", "figure", "opaque"})


def folds(same: Sequence[bool]) -> list[range]:
    """The runs of what is the same that are folded, in order. Beside every change one block stays; where
    nothing changed (another heading, another note) the first one stays."""
    found, start = [], 0
    for unchanged, run in groupby(same):
        end = start + len(list(run))
        if unchanged:
            last = end < len(same)
            found.append(range(start + (start > 0 or not last), end - last))
        start = end
    return [run for run in found if len(run) >= FEWEST]


def paragraphs(block: dict[str, Any]) -> int:
    """How many paragraphs a block holds; what holds none counts as one."""
    if block["type"] in ONE:
        return 1
    return sum(paragraphs(child) for child in block.get("content") or []) or 1
