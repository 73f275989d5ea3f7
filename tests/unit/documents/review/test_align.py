"""Which block became which, as tables: a letter a block, the same letter the same words."""

from __future__ import annotations

import pytest

from documents.word.review.align import align


def texts(blocks: str) -> list[tuple[str, str]]:
    """A capital is the same paragraph with other words; letters of Greek are of another type."""
    return [
        ("list" if letter >= "α" else "paragraph", f"{letter.lower() * 40} {letter}") for letter in blocks
    ]


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
        ("abcd", "acbd", "aa bb dd", "cc"),
        ("xaxbx", "xaxBx", "xx aa xx bB xx", ""),
        ("xxxx", "xxx", "xx xx xx x-", ""),
        ("ab", "αb", "a- -α bb", ""),
        ("", "ab", "-a -b", ""),
        ("ab", "", "a- b-", ""),
    ],
)
def test_pairs(old: str, new: str, pairs: str, moved: str) -> None:
    found = align(old, new, (texts(old), texts(new)))
    said = [(old[i] if i is not None else "-") + (new[j] if j is not None else "-") for i, j in found.pairs]
    assert sorted(said) == sorted(pairs.split())
    assert [old[i] + new[j] for i, j in found.moved] == moved.split()
    # Every block once, in its order.
    for side, text in ((0, old), (1, new)):
        numbers = [number for pair in found.pairs if (number := pair[side]) is not None]
        assert numbers == sorted(numbers)
        assert sorted([*numbers, *(pair[side] for pair in found.moved)]) == list(range(len(text)))
