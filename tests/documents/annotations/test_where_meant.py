"""Words are put in by a click only where they were meant: a section in which like words stand at many places is changed in its
structure, by hand and by suggestions, as chance has it."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from random import Random

import pytest

from documents.comments.anchor import around
from documents.comments.parts import Parts
from documents.comments.proof import Accepted, proven
from tests.documents.annotations.structural import (
    LIMIT,
    STRUCTURAL,
    places,
    plain,
    role,
    section,
    suggested,
)


def history(number: int) -> Counter[str]:
    """A few changes, and after each what a click would do at every place that was marked on the first day."""
    chance = Random(number)
    made, counted = section(chance), Counter[str]()
    texts, accepted = [Parts.read(plain(made))], list[Accepted]()
    first = texts[0].text
    marked = {ident: (LIMIT, *around(first, *place)) for ident, place in places(made).items()}
    assert len(marked) == 7
    meant = {ident: [role(made, ident)] for ident in marked}
    for _ in range(chance.randint(1, 4)):
        before = deepcopy(made)
        if chance.random() < 0.25:
            said = suggested(made, chance)
            if said is None:
                continue
            accepted.append(said)
            for ident, ways in meant.items():
                if role(before, ident) in ways:
                    ways.append(role(made, ident))
        else:
            chance.choice(STRUCTURAL)(made, chance)
        texts.append(Parts.read(plain(made)))
        now = places(made)
        for ident, mark in marked.items():
            found = proven(*mark, texts, accepted)
            counted["put in" if found else "refused"] += 1
            if found is None:
                continue
            # Of two that say the very same only what they are said of tells which is which.
            there = [other for other, place in now.items() if place == found]
            assert [role(made, other) in meant[ident] for other in there] == [True], (number, ident)
    return counted


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_words_go_in_only_where_they_were_meant(start: int) -> None:
    counted = sum((history(number) for number in (1689, *range(start, start + 100))), Counter[str]())
    assert counted["put in"] > 200, counted
