"""How the numbers of headings go on, with the letters of those that were put in between two: 12, 12a, 12b, 13."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.text.numerals import Number, Sign, readings


@dataclass(frozen=True, slots=True)
class Count:
    """What a label can be. Only those of one ``kind`` count alike; ``letters``: what the letter behind the number can be."""

    kind: tuple[tuple[Sign, ...], str]
    value: int
    letters: frozenset[tuple[str, int]]

    @property
    def is_first(self) -> bool:
        return self.value == 1 and not self.letters


def counts_of(label: str) -> tuple[tuple[str, int], list[Count]]:
    """The word of a label and how deep it counts, which those beside it must have too; and what its number can be."""
    numbers = readings(" ".join(label.split()), "")
    if not numbers:
        return ("", 0), []
    row = numbers[0].word.strip().casefold(), len(numbers[0].lead)
    return row, [Count((one.lead, one.last.style), one.last.value, letters_of(one)) for one in numbers]


def letters_of(number: Number) -> frozenset[tuple[str, int]]:
    """What the letter, or the second number, behind a number can be: its alphabet and place there."""
    found = readings(number.tail.strip(" -/.").casefold(), "")
    return frozenset((one.last.style, one.last.value) for one in found)


def goes_on(one: Count, last: Count) -> bool:
    """Whether it is the next one: 12 or 11a behind 11, 11b behind 11a, but no 12a."""
    if one.kind != last.kind:
        return False
    if not one.letters:
        return one.value == last.value + 1
    if one.value != last.value:
        return False
    if not last.letters:
        return any(value == 1 for _, value in one.letters)
    return any((style, value - 1) in last.letters for style, value in one.letters)


def is_before(one: Count, other: Count) -> bool:
    """Whether it comes before the other, however many there are between: 11 and 11b before 12."""
    if one.kind != other.kind or one.value != other.value:
        return one.kind == other.kind and one.value < other.value
    if not one.letters or not other.letters:
        return bool(other.letters) and not one.letters
    of_other = dict(other.letters)
    return any(style in of_other and value < of_other[style] for style, value in one.letters)


def any_before(ones: Sequence[Count], others: Sequence[Count]) -> bool:
    return any(is_before(one, other) for one in ones for other in others)
