"""What changed between two versions of a page: words, block by block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from documents.text.align import Interner
from documents.text.diff import diff_texts


class Op(StrEnum):
    SAME = "same"
    ADDED = "ins"
    REMOVED = "del"


@dataclass(frozen=True)
class Run:
    op: Op
    text: str


@dataclass(frozen=True)
class Part:
    """A field or a block of a page: ``key`` is the same in both versions."""

    key: str
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    key: str
    label: str
    runs: Sequence[Run]
    is_new: bool = False
    is_gone: bool = False
    has_moved: bool = False


def differences(old: Sequence[Part], new: Sequence[Part]) -> list[Difference]:
    """The parts that differ, in the order of the new version; those that are gone stand last."""
    before, after = _paired(old, new), {part.key: part for part in new}
    moved = _moved(before, after)
    found = []
    for part in new:
        known = before.get(part.key)
        runs = word_runs(known.text if known else "", part.text)
        if not (known or runs):
            continue
        if known is None or part.key in moved or any(run.op != Op.SAME for run in runs):
            found.append(Difference(part.key, part.label, runs, known is None, False, part.key in moved))
    gone = [part for part in before.values() if part.key not in after]
    return found + [Difference(part.key, part.label, word_runs(part.text, ""), is_gone=True) for part in gone]


def word_runs(old: str, new: str) -> list[Run]:
    """The new text with what was added and what was removed."""
    runs, done = [], 0
    for a0, a1, b0, b1 in diff_texts(old, new, Interner()):
        runs += [Run(Op.SAME, new[done:b0]), Run(Op.REMOVED, old[a0:a1]), Run(Op.ADDED, new[b0:b1])]
        done = b1
    runs.append(Run(Op.SAME, new[done:]))
    return [run for run in runs if run.text]


def _paired(old: Sequence[Part], new: Sequence[Part]) -> dict[str, Part]:
    """The old parts by key. A pasted block has a new key: it goes with one of its kind that is gone."""
    known, wanted = {part.key for part in old}, {part.key for part in new}
    fresh = [part for part in new if part.key not in known]
    found = {}
    for part in old:
        twin = None
        if part.key not in wanted:
            twin = next((one for one in fresh if one.label == part.label), None)
        if twin is not None:
            fresh.remove(twin)
        key = twin.key if twin else part.key
        found[key] = replace(part, key=key)
    return found


def _moved(before: Mapping[str, Part], after: Mapping[str, Part]) -> set[str]:
    """Parts of both versions that stand in another order."""
    old = [key for key in before if key in after]
    new = [key for key in after if key in before]
    moved = set()
    while old:
        if old[0] == new[0]:
            old.pop(0), new.pop(0)
            continue
        # Whatever is farther from its old place is what somebody moved.
        key = max((old[0], new[0]), key=lambda one: abs(old.index(one) - new.index(one)))
        moved.add(key)
        old.remove(key)
        new.remove(key)
    return moved
