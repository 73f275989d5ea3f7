"""A list between whose items something stands now: what came is told, and nothing moved."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.comparison import compare
from documents.comparison.cli import text_lines
from tests.support.documents.comparison.build import Json, paragraph, section, table, tree
from tests.support.documents.comparison.properties import between, facts
from tests.support.properties import examples

WORDS = (
    "The police officer informs the mobile team within 24 hours",
    "The team meets the person",
    "It asks what the person needs and wants now",
    "It writes a report and sends it on",
)
BETWEEN = paragraph("What stands between the two.")
TABLE = table(("Who", "What"), ("Police", "Report"))


def numbered(*words: str, first: int = 1) -> Json:
    items = [
        {"type": "item", "attrs": {"label": f"{number}."}, "content": [paragraph(one)]}
        for number, one in enumerate(words, first)
    ]
    return {"type": "list", "attrs": {"ordered": True}, "content": items}


@pytest.mark.parametrize("cut", [1, 2, 3])
@pytest.mark.parametrize(("gap", "said"), [(BETWEEN, "paragraphs"), (TABLE, "tables")])
def test_only_what_stands_between_is_told(cut: int, gap: Json, said: str) -> None:
    whole = [numbered(*WORDS)]
    torn = [numbered(*WORDS[:cut]), gap, numbered(*WORDS[cut:], first=cut + 1)]
    found = facts(between(whole, torn))
    assert found.pop("words_changed") > 0
    assert found == {f"{said}_added": 1}
    assert f"{said}_removed" in facts(between(torn, whole))


@pytest.mark.parametrize("gap", [BETWEEN, TABLE])
def test_that_lists_are_one_now_is_told_where_what_stood_between_them_stays(gap: Json) -> None:
    old = [numbered(*WORDS[:2]), gap, numbered(*WORDS[2:], first=3)]
    assert facts(between(old, [numbered(*WORDS), gap]))
    assert facts(between(old, [gap, numbered(*WORDS)]))
    assert facts(between([numbered(*WORDS), gap], old))


def test_of_lists_that_became_one_the_items_that_went_are_told() -> None:
    old = [
        numbered(WORDS[0]),
        BETWEEN,
        numbered(WORDS[1]),
        TABLE,
        numbered(WORDS[2], "Shelter costs nothing"),
    ]
    new = [numbered(*WORDS[:2]), BETWEEN, numbered(*WORDS[1:])]
    between(old, new)
    lines = " ".join(text_lines(compare(tree(section("s", *old)), tree(section("s", *new)))))
    assert "Shelter" in lines


@settings(max_examples=examples(150), deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_lists_are_told_whole(chance: Random) -> None:
    words = [f"{one} {number}" for one in WORDS for number in range(2)]

    def some() -> list[Json]:
        taken = [one for one in words if chance.random() < 0.8]
        if chance.random() < 0.2:
            chance.shuffle(taken)
        blocks: list[Json] = []
        while taken:
            count = chance.randint(1, 4)
            blocks.append(numbered(*taken[:count], first=chance.choice([1, len(blocks) + 1])))
            del taken[:count]
            if chance.random() < 0.7:
                blocks.append(chance.choice([BETWEEN, TABLE, paragraph("Another one.")]))
        return blocks

    between(some(), some())
