"""Gaps in the numbers of headings (2, then 3.1): where a heading was not read as one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,4})*")
Number = tuple[int, ...]


def number_gaps(headings: Iterable[tuple[int, str, str]]) -> list[str]:
    """The gaps as "2 → 3.1 Heading", of sections by level, label and heading in their order. Only plain
    decimal numbers are looked at. A number may follow the last one, or the last of its own level; any series
    may begin anew with 1."""
    found: list[str] = []
    last: Number = ()
    of_level: dict[int, Number] = {}
    for level, label, heading in headings:
        plain = label.strip().rstrip(".)")
        if not _NUMBER.fullmatch(plain):
            continue
        number = tuple(map(int, plain.split(".")))
        before = [one for one in (last, of_level.get(level, ())) if one]
        if before and number != (1,) and not any(_follows(one, number) for one in before):
            found.append(f"{'.'.join(map(str, before[0]))} → {plain} {heading}".strip())
        last = of_level[level] = number
    return found


def _follows(before: Number, number: Number) -> bool:
    """Whether a number is the next one at its depth or above, or the first one below."""
    if number == (*before, 1):
        return True
    depth = len(number)
    return depth <= len(before) and number == (*before[: depth - 1], before[depth - 1] + 1)
