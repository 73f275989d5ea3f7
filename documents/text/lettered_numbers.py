"""The letters of numbers that were put in between two others: "6-а" and "6-б" between 6 and 7, "Članak 5.a" behind article 5."""

from __future__ import annotations

from documents.text.numerals import Number, readings


def letters_of(number: Number) -> frozenset[tuple[str, int]]:
    """What the letter, or the second number, behind a number can be: in which alphabet, and which one there; nothing where it has none."""
    found = readings(number.tail.strip(" -/.").casefold(), "")
    return frozenset((one.last.style, one.last.value) for one in found)


def stands_behind(number: Number, before: Number | None) -> bool:
    """Whether a number with a letter is the next one behind the one before it: 6-а behind 6, 6-б behind 6-а."""
    if before is None or before.chain != number.chain:
        return False
    last = dict(letters_of(before))
    return any(value == (last.get(style, value) if last else 0) + 1 for style, value in letters_of(number))
