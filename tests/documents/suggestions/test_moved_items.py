"""An item or a row that moves within its list or table is one move, so that neither of its two places can be lost."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest

from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from documents.suggestions.suggestion import follows
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_repeated import lines
from tests.documents.suggestions.test_suggestions_one_by_one import body, numbered, put_all, rows

Json = dict[str, Any]
FIRST, SECOND, THIRD = "високи трошоци за производство", "високи трошоци за маркетинг", "малку вработени"


def nested(*words: str) -> Json:
    inner = listing(False, *(item("–", para(one)) for one in words))
    return listing(False, item("•", para("Ризици"), inner), item("•", para("Можности")))


KINDS: Any = pytest.mark.parametrize("kind", [numbered, rows, nested])


def made_of(kind: Any, *words: str) -> Json:
    return body(para("Анализа"), kind(*words))


@KINDS
@pytest.mark.parametrize("order", [(SECOND, FIRST, THIRD), (SECOND, THIRD, FIRST), (THIRD, FIRST, SECOND)])
def test_what_moves_among_like_ones_is_one_suggestion(kind: Any, order: tuple[str, ...]) -> None:
    old, new = made_of(kind, FIRST, SECOND, THIRD), made_of(kind, *order)
    (found,) = suggestions(old, new)
    assert found.kind == "shifted" and found.old == found.new
    assert put_all(old, new) == new
    assert put_in(new, found.kind, found.before, found.after, found.place) == new
    assert follows(found.place)


@KINDS
def test_what_was_edited_meanwhile_stands_with_its_words_where_it_goes(kind: Any) -> None:
    (found,) = suggestions(made_of(kind, FIRST, SECOND, THIRD), made_of(kind, SECOND, FIRST, THIRD))
    now = made_of(kind, FIRST + " и набавка", "сосема ново", SECOND, THIRD)
    made = put_in(now, found.kind, found.before, found.after, found.place)
    wanted = made_of(kind, SECOND, FIRST + " и набавка", "сосема ново", THIRD)
    assert made is not None and Counter(lines(made)) == Counter(lines(wanted))
    assert [one for one in lines(made) if one in lines(wanted)] == lines(wanted)


@pytest.mark.parametrize("kind", [numbered, rows])
def test_what_moves_goes_with_the_words_that_it_has_now(kind: Any) -> None:
    (found,) = suggestions(made_of(kind, THIRD, FIRST, SECOND), made_of(kind, FIRST, SECOND, THIRD))
    now = made_of(kind, THIRD + " сега", FIRST, SECOND)
    made = put_in(now, found.kind, found.before, found.after, found.place)
    assert made == made_of(kind, FIRST, SECOND, THIRD + " сега")


@KINDS
def test_what_was_taken_out_or_moved_otherwise_meanwhile_asks_a_person(kind: Any) -> None:
    (found,) = suggestions(made_of(kind, FIRST, SECOND, THIRD), made_of(kind, SECOND, THIRD, FIRST))
    moved = found.new.split("\n")[0]
    left = [one for one in (FIRST, SECOND, THIRD) if one != moved]
    gone = made_of(kind, *left)
    assert put_in(gone, found.kind, found.before, found.after, found.place) is None
    between = made_of(kind, left[0], moved, left[1])
    made = put_in(between, found.kind, found.before, found.after, found.place)
    assert made is None or lines(made) == lines(made_of(kind, SECOND, THIRD, FIRST))


@KINDS
def test_whatever_moves_and_in_whatever_order_all_goes_in(kind: Any) -> None:
    chance = random.Random(11)
    for _ in range(40):
        words = [f"{one} {number}" for number, one in enumerate((FIRST, SECOND, THIRD, FIRST, SECOND))]
        became = list(words)
        for _move in range(chance.randint(1, 2)):
            became.insert(chance.randrange(len(became)), became.pop(chance.randrange(len(became))))
        if chance.random() < 0.4:
            became[chance.randrange(len(became))] += " и друго"
        old, new = made_of(kind, *words), made_of(kind, *became)
        order = [*range(len(suggestions(old, new)))]
        chance.shuffle(order)
        assert Counter(lines(put_all(old, new, order))) == Counter(lines(new))
        assert put_all(old, new) == new
