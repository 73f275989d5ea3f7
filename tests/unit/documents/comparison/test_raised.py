"""Items that are set in or out, or that stand in another list now: they moved, and no word went or came."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.comparison.render.blocks import inline_html
from documents.comparison.render.side_by_side import side_html
from tests.support.documents.comparison.build import Json, paragraph
from tests.support.documents.comparison.properties import between, facts
from tests.support.properties import examples

A = "The police officer informs the mobile team within 24 hours"
B = "The team meets the person"
C = "It asks what the person needs and wants now"
D = "It writes a report and sends it on"
Item = str | tuple["Item", ...]


def items(*given: Item, ordered: bool = False) -> Json:
    """A list; a tuple is an item with a list in it."""

    def item(one: Item, at: int) -> Json:
        lead, inner = (one, ()) if isinstance(one, str) else (one[0], one[1:])
        blocks = [paragraph(str(lead)), *([items(*inner, ordered=ordered)] if inner else [])]
        attrs = {"attrs": {"label": f"{at}."}} if ordered else {}
        return {"type": "item", "content": blocks, **attrs}

    content = [item(one, at) for at, one in enumerate(given, 1)]
    return {"type": "list", "attrs": {"ordered": ordered}, "content": content}


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ((A, (B, C, D)), (A, B, C, D), 2),
        ((A, (B, C, D)), (A, (B, C), D), 1),
        ((A, (B, D), C), (A, (B, D, C)), 1),
        ((A, (B, (C, D))), (A, (B, C, D)), 1),
    ],
    ids=["a list out", "one out", "one in", "one out of two"],
)
def test_items_set_out_and_in_moved(
    old: tuple[Item, ...], new: tuple[Item, ...], count: int, ordered: bool
) -> None:
    for one, other in ((old, new), (new, old)):
        change = between(items(*one, ordered=ordered), items(*other, ordered=ordered))
        assert (change.words_added, change.words_removed) == (0, 0)
        found = facts(change)
        assert found.pop("blocks_moved") <= count
        assert not found.keys() & {"items_added", "items_removed", "words_changed"}
        html = inline_html(change)
        assert "was-here" in html
        assert "was-there" in html
        assert "<ins" not in html
        assert "<del" not in html
        assert side_html(change)


def test_an_item_with_other_words_is_a_new_one() -> None:
    change = between(items(A, (B, C)), items(A, B, "The shelter gives a bed and a meal to everyone"))
    assert {"items_added", "items_removed"} <= facts(change).keys()


def test_of_a_list_that_went_with_one_item_that_stayed_nothing_moved() -> None:
    change = between(items(A, (B, C, D)), items(A, B, C))
    assert "blocks_moved" not in facts(change)


@settings(max_examples=examples(150), deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_items_set_in_and_out_are_told_whole(chance: Random) -> None:
    words = ["police", "team", "person", "report", "shelter", "court", "hour", "needs", "safe", "place"]
    texts = [" ".join(chance.choices(words, k=chance.randint(1, 8))) for _ in range(chance.randint(1, 7))]

    def nested(texts: list[str]) -> tuple[Item, ...]:
        found: list[Item] = []
        for each in texts:
            last = found[-1] if found else None
            if last is not None and chance.random() < 0.4:
                found[-1] = (*last, each) if isinstance(last, tuple) else (last, each)
            else:
                found.append(each)
        return tuple(found)

    others = [each for each in texts if chance.random() < 0.9] or texts
    if chance.random() < 0.3:
        chance.shuffle(others)
    between(
        items(*nested(texts), ordered=chance.random() < 0.5),
        items(*nested(others), ordered=chance.random() < 0.5),
    )
