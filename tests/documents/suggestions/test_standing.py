"""Short paragraphs, items and rows that say the same come, go and move: whatever is taken first, none is lost, none left open, and
all stand as in the file."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from typing import Any

import pytest

from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from documents.suggestions.suggestion import follows
from tests.documents.docx.build import cell, para, table
from tests.documents.suggestions.test_repeated import lines
from tests.documents.suggestions.test_suggestions_one_by_one import body, numbered, put_all, rows

Json = dict[str, Any]
ORGAN = "Органот носи одлука во рок од три дена по приемот на пријавата."
CENTRE = "Центарот дава сместување, храна и правна помош на секое лице."
LATER = "Тимот закажува нов разговор ако лицето тоа го побара."


def orders(old: Json, new: Json) -> list[tuple[int, ...]]:
    return list(itertools.islice(itertools.permutations(range(len(suggestions(old, new)))), 120))


def all_in_any_order(old: Json, new: Json) -> None:
    for order in orders(old, new):
        assert Counter(lines(put_all(old, new, list(order)))) == Counter(lines(new)), order
    assert lines(put_all(old, new)) == lines(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (  # Two equal ones leave a list, to stand at both ends.
            body(numbered(CENTRE, "рок 3 дена;", ORGAN, "полиција", "се применува;", "полиција")),
            body(para("полиција"), numbered("рок 3 дена;", ORGAN), para(CENTRE), para("се применува;"), para("полиција")),
        ),
        (  # One leaves a list, where others stand that say the same, and one more comes.
            body(numbered("се применува;", "лице;", "се применува;", "лице;", "полиција"), *[para("се применува;")] * 2, para(ORGAN)),
            body(para("лице;"), numbered("се применува;", "лице;", "полиција"), *[para("се применува;")] * 3, para(ORGAN.replace("одлука", "решение")), para("се применува;")),
        ),
        (  # The equal items of a list become paragraphs on both sides of it.
            body(para(CENTRE), numbered("лице;", "полиција", "полиција", "рок 3 дена;")),
            body(para(CENTRE), para("полиција"), numbered("лице;", "3 дена;"), para("полиција")),
        ),
        (  # All go, two equal ones among them.
            body(para("полиција"), para(ORGAN), para("полиција")),
            body(para("ново"), para("најново")),
        ),
        (  # Of equal paragraphs some go into a list, some come out of it.
            body(numbered("се применува;", ORGAN, "рок 3 дена;", "полиција"), para("лице;"), numbered("лице;", CENTRE)),
            body(numbered("лице;", ORGAN, "рок 3 дена;"), para("се применува;"), para("полиција"), para("се применува;"), numbered("лице;", CENTRE)),
        ),
    ],
)  # fmt: skip
def test_of_equal_ones_that_come_go_and_move_none_is_lost(old: Json, new: Json) -> None:
    all_in_any_order(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (  # A list that another one becomes like.
            body(numbered("се применува;", "полиција", "рок 3 дена;"), para("полиција"), numbered("се применува;", "лице;", "се применува;", CENTRE)),
            body(para("ново применува;"), numbered("полиција", LATER, "рок 3 дена;"), para("полиција"), numbered("се применува;", "лице;", "се применува;", ORGAN, CENTRE)),
        ),
        (  # Most of a list comes anew, and the last of the old goes.
            body(para("лице;"), numbered("рок 3 дена;", "рок 3 дена;", "ризик;"), para(CENTRE)),
            body(para("секое лице;"), numbered(ORGAN + " " + LATER, "рок 3 дена;", "рок 3 дена;"), para(CENTRE), para("ризик;")),
        ),
        (  # The first equal item stays, the second goes, one comes at the end.
            body(numbered("лице;", "лице;", "полиција", "мерка и услуга", "се применува;"), para(CENTRE)),
            body(numbered("лице;", ORGAN, "полиција", "нова и услуга", "се применува;", "лице;"), para(CENTRE)),
        ),
        (  # Rows that say the same, changed, gone and new.
            body(rows("се применува;", "лице;", "се применува;"), para(CENTRE), rows("полиција", "лице;")),
            body(rows("лице;", "ново применува;", "лице;"), para(CENTRE), rows("лице;", "полиција", "лице;")),
        ),
    ],
)  # fmt: skip
def test_none_stays_open(old: Json, new: Json) -> None:
    all_in_any_order(old, new)


def test_what_stands_behind_a_table_that_was_emptied_stays_behind_it() -> None:
    old = body(table([cell("полиција")], [cell("рок 3 дена;")]), para("лице;"), para(ORGAN))
    new = body(
        table([cell("")], [cell("")]), para("се применува;"), para("лице;"), para(CENTRE), para("лице;")
    )
    for order in orders(old, new):
        assert lines(put_all(old, new, list(order))) == lines(new)


SHORT = ("се применува;", "лице;", "рок 3 дена;", "полиција", ORGAN, CENTRE)


def texts(chance: random.Random) -> tuple[Json, Json]:
    """A text of paragraphs, lists and tables that often say the same, and what became of it."""
    old = [
        (chance.choice("pplt"), [chance.choice(SHORT) for _ in range(chance.randint(2, 5))])
        for _ in range(chance.randint(1, 5))
    ]
    new = [(kind, list(words[:1] if kind == "p" else words)) for kind, words in old]
    for number in range(chance.randint(1, 5)):
        at = chance.randrange(len(new))
        kind, words = new[at]
        edit, place = chance.choice(("word", "gone", "new", "out", "in", "in")), chance.randrange(len(words))
        if edit == "word":
            parts = words[place].split()
            parts[chance.randrange(len(parts))] = f"н{number}"
            words[place] = " ".join(parts)
        elif edit == "new" or len(words) == 1 == len(new):
            words.insert(place, chance.choice(SHORT)) if kind != "p" else new.insert(at, ("p", [LATER]))
        elif edit == "out" and len(words) > 1:
            new.insert(chance.randint(0, len(new)), ("p", [words.pop(place)]))
        elif edit == "in" and kind == "p" and any(one == "l" for one, _ in new):
            lists = [items for one, items in new if one == "l"]
            chance.choice(lists).insert(0, new.pop(at)[1][0])
        elif len(words) > 1:
            del words[place]
        else:
            del new[at]
    made = {
        "p": lambda words: para(words[0]),
        "l": lambda words: numbered(*words),
        "t": lambda words: rows(*words),
    }
    return tuple(body(*(made[kind](words) for kind, words in text)) for text in (old, new))  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_goes_and_moves_all_goes_in_in_any_order(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(120):
        old, new = texts(chance)
        order = list(range(len(suggestions(old, new))))
        assert lines(put_all(old, new, order)) == lines(new)
        chance.shuffle(order)
        assert Counter(lines(put_all(old, new, order))) == Counter(lines(new))
        for one in suggestions(old, new):
            assert put_in(new, one.kind, one.before, one.after, one.place) == new


def test_what_an_earlier_release_said_of_the_place_is_read_as_the_words_alone() -> None:
    """Suggestions that were open before: with what they may follow, they are put in as those without more."""
    old, new = body(para(ORGAN), para(CENTRE)), body(para(ORGAN), para(LATER), para(CENTRE))
    (found,) = suggestions(old, new)
    place = f"\x1c-1 1 1 1ad5e002\x1c{ORGAN}"
    assert follows(place) == ORGAN
    assert put_in(old, found.kind, found.before, found.after, place) == new


def test_an_item_that_moves_behind_one_that_the_draft_lacks_is_taken_from_its_place() -> None:
    old = body(numbered(CENTRE, ORGAN, LATER))
    new = body(numbered(CENTRE, LATER, ORGAN + " Веднаш."))
    made = body(numbered(CENTRE, ORGAN))
    for one in suggestions(old, new):
        put = put_in(made, one.kind, one.before, one.after, one.place)
        assert put is not None
        made = put
    assert lines(made) == [CENTRE, ORGAN + " Веднаш."]
