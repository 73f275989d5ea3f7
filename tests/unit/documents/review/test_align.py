"""Which block became which, as tables: a letter a block, the same letter the same words."""

from __future__ import annotations

import pytest

from documents.word.review.align import align, likeness, longest_rising

LIKE = {"A": "a", "B": "b", "C": "c"}


def alike(old: str, new: str):  # type: ignore[no-untyped-def]
    """A capital is the same paragraph with other words; letters of Greek are of another type."""

    def similarity(i: int, j: int) -> float:
        if (old[i] >= "α") != (new[j] >= "α"):
            return -1.0
        return 0.9 if LIKE.get(new[j]) == old[i] else 0.1

    return similarity


@pytest.mark.parametrize(
    ("old", "new", "pairs", "moved"),
    [
        ("abc", "abc", "aa bb cc", ""),
        ("abc", "aBc", "aa bB cc", ""),
        ("abc", "ac", "aa b- cc", ""),
        ("ac", "abc", "aa -b cc", ""),
        ("abc", "axBc", "aa -x bB cc", ""),
        ("abcd", "aBCd", "aa bB cC dd", ""),
        ("abcd", "axyd", "aa bx cy dd", ""),
        ("abcd", "acbd", "aa cc dd", "bb"),
        ("xaxbx", "xaxBx", "xx aa xx bB xx", ""),
        ("xxxx", "xxx", "xx xx xx x-", ""),
        ("ab", "αb", "a- -α bb", ""),
        ("", "ab", "-a -b", ""),
        ("ab", "", "a- b-", ""),
    ],
)
def test_pairs(old: str, new: str, pairs: str, moved: str) -> None:
    found = align(old, new, alike(old, new))
    said = [(old[i] if i is not None else "-") + (new[j] if j is not None else "-") for i, j in found.pairs]
    assert sorted(said) == sorted(pairs.split())
    assert [old[i] + new[j] for i, j in found.moved] == moved.split()
    # Every block once, in its order.
    for side, text in ((0, old), (1, new)):
        numbers = [number for pair in found.pairs if (number := pair[side]) is not None]
        assert numbers == sorted(numbers)
        assert sorted([*numbers, *(pair[side] for pair in found.moved)]) == list(range(len(text)))


def test_longest_rising_and_likeness() -> None:
    assert [[3, 1, 2, 5, 4][n] for n in longest_rising([3, 1, 2, 5, 4])] in ([1, 2, 5], [1, 2, 4])
    assert longest_rising([]) == []
    assert likeness("рок од три дена", "рок од пет дена") > 0.5 > likeness("рок од три дена", "Центар")
