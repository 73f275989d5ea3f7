"""Which paragraphs moved to another place."""

from __future__ import annotations

from collections.abc import Sequence

from documents.text.align import Pair
from documents.word.file.ns import Element, w
from documents.word.redline.compared.matching import words_of

MOVED_WORDS = 4
"""A paragraph of fewer words, removed here and added there, does not count as moved by itself. It does with a
neighbour.
"""
_Key = tuple[str, tuple[str, ...]]


def moved_paragraphs(
    old: Sequence[Element], new: Sequence[Element], pairs: Sequence[Pair]
) -> list[tuple[int, int]]:
    """The places in both texts of paragraphs that moved. A short one, such as a title, moves with its
    neighbours."""
    removed = {i: _key(old[i]) for i, j in pairs if j is None and i is not None}
    added = {j: _key(new[j]) for i, j in pairs if i is None and j is not None}
    found = _long_ones(removed, added)
    for step in (-1, 1):
        for j in sorted(found, reverse=step < 0):
            _take_neighbours(found, removed, added, j, step)
    return sorted((i, j) for j, i in found.items() if added[j][1] and old[i].tag == w("p"))


def _long_ones(removed: dict[int, _Key], added: dict[int, _Key]) -> dict[int, int]:
    """By the new place of each long enough block that moved, its old one."""
    places: dict[_Key, list[int]] = {}
    for i, key in removed.items():
        places.setdefault(key, []).append(i)
    return {
        j: places[key].pop(0) for j, key in added.items() if len(key[1]) >= MOVED_WORDS and places.get(key)
    }


def _take_neighbours(
    found: dict[int, int], removed: dict[int, _Key], added: dict[int, _Key], j: int, step: int
) -> None:
    """Adds to ``found`` the equal blocks beside one that moved."""
    i, j = found[j] + step, j + step
    taken = set(found.values())
    while j in added and removed.get(i) == added[j] and j not in found and i not in taken:
        found[j] = i
        i, j = i + step, j + step


def _key(block: Element) -> _Key:
    """The tag and the words of a block."""
    return str(block.tag), tuple(words_of(block))
