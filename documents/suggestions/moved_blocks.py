"""Where the blocks of a text stand, of which some were moved: such a one stands at its old place or at its new one. Pure, knows no
Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from documents.suggestions.standing import NONE, Standing

MOST_TRIED = 10
"""Of more moves it is not tried which way is the likelier: each takes as long as all without them."""


def places_of_blocks(
    standing: Standing, keys: Sequence[bytes], kinds: Sequence[str], likeness: Callable[[int], float] | None
) -> dict[int, int]:
    """As :meth:`Standing.places`. That one of equal blocks is gone and another one has come is one suggestion, which was taken or
    was not: of each that is found at both places, or at none, the likelier of the two."""
    found = standing.places(keys, kinds, likeness)
    for move in _moves(standing):
        if _is_half(move, found):
            known = standing.taken
            ways = [replace(standing, taken={**known, **dict.fromkeys(move, way)}) for way in (False, True)]
            placed = [way.placed(keys, kinds, likeness) for way in ways]
            best = min((0, 1), key=lambda way: placed[way][0])
            standing, found = ways[best], placed[best][1]
        if len(standing.taken) >= 2 * MOST_TRIED:
            break
    return found


def _is_half(move: tuple[int, int], places: Mapping[int, int]) -> bool:
    gone, come = move
    return (gone in places) == (come in places)


def _moves(standing: Standing) -> list[tuple[int, int]]:
    """Which entry came where which one of the same words is gone, of other suggestions, as they were put together."""
    gone: dict[str, list[int]] = defaultdict(list)
    for index, entry in enumerate(standing.entries):
        if entry.new == NONE:
            gone[entry.old].append(index)
    moves = [
        (gone[entry.new].pop(0), index)
        for index, entry in enumerate(standing.entries)
        if entry.old == NONE and gone[entry.new]
    ]
    return [move for move in moves if not {*move} & {*standing.own}]
