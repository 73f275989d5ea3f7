"""Which paragraphs moved, and which pairs next to tables differ, so that LibreOffice resolves them as
meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from documents.text.align import Pair
from documents.word.ns import Element, w
from documents.word.redline.matching import other_sections, words_of

P, TBL = w("p"), w("tbl")
MOVED_WORDS = 4
"""A paragraph of fewer words, removed here and added there, does not count as moved by itself. It does with a
neighbour.
"""
Blocks = Sequence[Element]


def block(old: Blocks, new: Blocks, pair: Pair) -> Element:
    """The block of a pair: the new one where there are two."""
    i, j = pair
    return old[i or 0] if j is None else new[j]


def settle_before_tables(
    old: Blocks, new: Blocks, keys: tuple[str, str], pairs: list[Pair], seamed: Callable[[list[Pair]], bool]
) -> list[Pair]:
    """The pairs of a place, changed where LibreOffice can't remove a paragraph: the last one, and one before
    a table.

    ``keys`` has one character for each block of both sides, equal for equal ones. ``seamed``: whether some
    pairs are a split paragraph, or two joined ones. Those stay as they are.
    """
    pairs = _changed_last(old, new, _first_behind_tables(old, new, keys, pairs))
    return _changed_before_tables(old, new, _tables_first(old, new, pairs), seamed)


def _first_behind_tables(old: Blocks, new: Blocks, keys: tuple[str, str], pairs: list[Pair]) -> list[Pair]:
    """One of two equal paragraphs may be before and one after a stretch with an inserted or deleted table.
    Right after a table, the one before stays. Then the following text has a paragraph to continue from."""
    result = list(pairs)
    place = 0
    while place < len(result):
        side = 0 if result[place][1] is None else 1 if result[place][0] is None else None
        if side is None:
            place += 1
            continue
        end = place
        while end < len(result) and result[end][1 - side] is None:
            end += 1
        stretch = [pair[side] or 0 for pair in result[place:end]]
        behind = not place or block(old, new, result[place - 1]).tag == TBL
        if behind and end < len(result) and None not in result[end]:
            blocks, later = (old, new)[side], result[end][side] or 0
            same = keys[side][stretch[0]] == keys[side][later] and blocks[later].tag == P
            if same and any(blocks[at].tag == TBL for at in stretch):
                other = result[end][1 - side]
                first = [(stretch[0], other) if side == 0 else (other, stretch[0])]
                rest = [(at, None) if side == 0 else (None, at) for at in [*stretch[1:], later]]
                result[place : end + 1] = [*first, *rest]
        place = end + 1
    return result


def _changed_last(old: Blocks, new: Blocks, pairs: list[Pair]) -> list[Pair]:
    """Where no paragraph stays, the last one of each side is one that changed."""
    lone = not any(i is not None and j is not None and old[i].tag == P for i, j in pairs)
    if not lone or not old or not new or not old[-1].tag == new[-1].tag == P:
        return pairs
    last = (len(old) - 1, len(new) - 1)
    return [*(pair for pair in pairs if pair[0] != last[0] and pair[1] != last[1]), last]


def _tables_first(old: Blocks, new: Blocks, pairs: list[Pair]) -> list[Pair]:
    """The pairs with tables of the one text before paragraphs of the other, where neither stays. Not where
    two tables would then meet, which Word shows as one."""
    result: list[Pair] = []
    for pair in pairs:
        result.append(pair)
        if None not in pair or block(old, new, pair).tag != TBL:
            continue
        at = place = len(result) - 1
        while place and None in result[place - 1] and block(old, new, result[place - 1]).tag == P:
            if (result[place - 1][0] is None) == (pair[0] is None):
                break
            place -= 1
        meets = place > 0 and block(old, new, result[place - 1]).tag == TBL
        if place < at and not meets:
            result.insert(place, result.pop())
    return result


def _changed_before_tables(
    old: Blocks, new: Blocks, pairs: list[Pair], seamed: Callable[[list[Pair]], bool]
) -> list[Pair]:
    """Between a table and a paragraph that stays, pair the last removed with the last added paragraph."""
    result: list[Pair] = []
    for pair in pairs:
        if None not in pair and block(old, new, pair).tag == TBL:
            start = len(result)
            while start and None in result[start - 1] and block(old, new, result[start - 1]).tag == P:
                start -= 1
            between = result[start:]
            removed = [i for i, j in between if j is None and i is not None]
            added = [j for i, j in between if i is None and j is not None]
            after_table = not start or block(old, new, result[start - 1]).tag == TBL
            if removed and added and after_table and not other_sections(old[removed[-1]], new[added[-1]]):
                last = (removed[-1], added[-1])
                if not seamed(between):
                    result[start:] = [
                        *(one for one in between if one[0] != last[0] and one[1] != last[1]),
                        last,
                    ]
        result.append(pair)
    return result


def moved(
    old: Blocks, new: Blocks, pairs: Sequence[Pair], movable: Callable[[Element], bool]
) -> list[tuple[int, int]]:
    """The places in both texts of paragraphs that moved. A short one, such as a title, moves with its
    neighbours, a table too. LibreOffice takes it for moved by its words, and gives the next one its number if
    not marked. ``movable`` says which may be called moved that moved alone."""
    removed = {i: _key(old[i]) for i, j in pairs if j is None and i is not None}
    added = {j: _key(new[j]) for i, j in pairs if i is None and j is not None}
    places: dict[_Key, list[int]] = {}
    for i, key in removed.items():
        places.setdefault(key, []).append(i)
    found = {
        j: places[key].pop(0) for j, key in added.items() if len(key[1]) >= MOVED_WORDS and places.get(key)
    }
    taken = set(found.values())
    for step in (-1, 1):
        for j, i in sorted(found.items(), reverse=step < 0):
            i, j = i + step, j + step
            while j in added and removed.get(i) == added[j] and j not in found and i not in taken:
                found[j] = i
                taken.add(i)
                i, j = i + step, j + step
    named = ((i, j) for j, i in found.items() if added[j][1] and old[i].tag == P)
    return sorted(
        (i, j) for i, j in named if found.get(j - 1) == i - 1 or found.get(j + 1) == i + 1 or movable(old[i])
    )


_Key = tuple[str, tuple[str, ...]]


def _key(block: Element) -> _Key:
    """The tag and the words of a block."""
    return str(block.tag), tuple(words_of(block))
