"""A paragraph that was parted, and paragraphs that were joined: one change where one ends, and no word more
or less."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.comparison import SectionChange, compare
from documents.comparison.cli import text_lines
from documents.comparison.render.blocks import inline_html
from documents.comparison.render.side_by_side import side_html
from documents.text import block_text
from documents.text.diff import count_words
from tests.support.documents.comparison.apply import apply
from tests.support.documents.comparison.build import (
    Json,
    bullets,
    note,
    paragraph,
    section,
    table,
    text,
    tree,
)
from tests.support.documents.comparison.properties import between, facts
from tests.support.properties import examples

FIRST = "The police officer informs the mobile team within 24 hours."
SECOND = "The mobile team meets the person in a safe place and in a language that the person understands."
THIRD = "It writes a report and sends it to the coordinator the same day."
OTHER = "Shelter is given to every presumed victim who asks for it."
WHOLE = " ".join((FIRST, SECOND, THIRD))


def ops(change: SectionChange) -> list[str]:
    return [node.op for node in change.blocks]


@pytest.mark.parametrize(
    "parts",
    [(FIRST, f"{SECOND} {THIRD}"), (f"{FIRST} {SECOND}", THIRD), (FIRST, SECOND, THIRD)],
    ids=["before", "behind", "three"],
)
def test_a_parted_paragraph_is_one_change_without_words(parts: tuple[str, ...]) -> None:
    for old, new, op, found in (
        ((WHOLE,), parts, "parted", {"paragraphs_parted": 1}),
        (parts, (WHOLE,), "joined", {"paragraphs_joined": 1}),
    ):
        change = between(section("a", OTHER, *old, OTHER), section("a", OTHER, *new, OTHER))
        assert ops(change) == ["same", op, "same"]
        assert facts(change) == found
        assert (change.words_added, change.words_removed) == (0, 0)
        assert change.kind == "changed"


def test_what_changed_besides_is_marked_in_its_part() -> None:
    change = between(
        section("a", WHOLE), section("a", FIRST.replace("24 hours", "2 hours"), f"{SECOND} {THIRD}")
    )
    assert ops(change) == ["parted"]
    assert facts(change) == {"figure_changed": 0, "paragraphs_parted": 1, "words_changed": 2}
    html = inline_html(change)
    assert '<del id="ch1" data-change>24</del><ins>2</ins> hours.<ins id="ch2" data-change>' in html


def test_a_paragraph_that_came_beside_another_parts_nothing() -> None:
    news = [OTHER, "The report says what the person needs and wants."]
    change = between(section("a", WHOLE), section("a", news[0], WHOLE.replace("safe", "quiet"), news[1]))
    assert ops(change) == ["added", "changed", "added"]
    change = between(section("a", FIRST, SECOND), section("a", f"{FIRST} {OTHER}"))
    assert "joined" not in ops(change)


def test_paragraphs_of_another_look_are_not_one() -> None:
    quote = {**paragraph(FIRST), "attrs": {"style": "quote"}}
    change = between(section("a", WHOLE), section("a", quote, f"{SECOND} {THIRD}"))
    assert "parted" not in ops(change)


def test_marks_notes_and_breaks_stay_with_their_part() -> None:
    whole = paragraph(
        f"{FIRST} ", text("The mobile team", "bold"), SECOND[15:], note("n1"), {"type": "break"}, THIRD
    )
    parts = (
        paragraph(FIRST),
        paragraph(text("The mobile team", "bold"), SECOND[15:], note("n1"), {"type": "break"}, THIRD),
    )
    notes = {"n1": [paragraph("A safe place is one that the person has said to be so.")]}
    for old, new, op in (([whole], parts, "parted"), (parts, [whole], "joined")):
        change = between(section("a", *old, notes=notes), section("a", *new, notes=notes))
        assert ops(change) == [op]
        assert facts(change) == {f"paragraphs_{op}": 1}
        assert 'class="noteref"' in inline_html(change)


def test_a_part_within_an_item_a_cell_and_a_note() -> None:
    item, cell = bullets(WHOLE), table(("Who", WHOLE))
    item["content"][0]["content"] = [paragraph(FIRST), paragraph(f"{SECOND} {THIRD}")]
    cell["content"][0]["content"][1]["content"] = [paragraph(FIRST), paragraph(f"{SECOND} {THIRD}")]
    ref = paragraph(OTHER, note("n1"))
    change = between(
        section("a", bullets(WHOLE), table(("Who", WHOLE)), ref, notes={"n1": [paragraph(WHOLE)]}),
        section("a", item, cell, ref, notes={"n1": [paragraph(FIRST), paragraph(f"{SECOND} {THIRD}")]}),
    )
    assert inline_html(change).count("¶</span></ins>") == 3
    assert (change.words_added, change.words_removed) == (0, 0)


@pytest.mark.parametrize("label", ["", "{}.", "{})"])
def test_an_item_is_parted_and_joined_as_a_paragraph_is(label: str) -> None:
    def listed(*words: str) -> Json:
        made = bullets(*words)
        made["attrs"] = {"ordered": bool(label)}
        for number, item in enumerate(made["content"], 1):
            item["attrs"] = {"label": label.format(number)} if label else {}
        return made

    whole, parts = listed(OTHER, f"{FIRST} {SECOND}", THIRD), listed(OTHER, FIRST, SECOND, THIRD)
    for old, new, op in ((whole, parts, "parted"), (parts, whole, "joined")):
        change = between(section("a", old), section("a", new))
        assert [item.op for item in change.blocks[0].children] == ["same", op, "same"]
        assert facts(change) == {f"paragraphs_{op}": 1}
        assert (change.words_added, change.words_removed) == (0, 0)
        html = inline_html(change)
        assert html.count("data-change") == html.count("¶") == 1
        assert html.count("<li") == len(new["content"])
        pairs = side_html(change)
        assert [((pair.old or "").count("<li"), (pair.new or "").count("<li")) for pair in pairs] == [
            (1, 1),
            (1, 2) if op == "parted" else (2, 1),
            (1, 1),
        ]
        if label:
            assert [label.format(4) in (pair.old or "") + (pair.new or "") for pair in pairs] == [
                False,
                False,
                True,
            ]
        elif op == "parted":
            assert 'start="' not in (pairs[2].new or "")
        lines = [
            line.strip() for line in text_lines(compare(tree(section("a", old)), tree(section("a", new))))
        ]
        assert any("¶" in line for line in lines)


def test_items_counted_where_they_are_shown_count_on_behind_a_parted_one() -> None:
    whole, parts = (
        {**bullets(*words), "attrs": {"ordered": True}}
        for words in ((OTHER, f"{FIRST} {SECOND}", THIRD), (OTHER, FIRST, SECOND, THIRD))
    )
    change = between(section("a", whole), section("a", parts))
    assert [
        re.findall(r' start="(\d)"', (pair.old or "") + (pair.new or "")) for pair in side_html(change)
    ] == [
        ["1", "1"],
        ["2", "2"],
        ["3", "4"],
    ]


def test_what_is_drawn_says_where_a_paragraph_ends_to_those_who_do_not_see_it() -> None:
    whole, parts = section("a", WHOLE), section("a", FIRST, f"{SECOND} {THIRD}")
    parted, joined = between(whole, parts), between(parts, whole)
    assert inline_html(parted).startswith(
        f'<p>{FIRST}<ins id="ch1" data-change><span class="vh"><bdi lang="en">a new paragraph begins '
        f"here</bdi></span>"
        f'<span aria-hidden="true">¶</span></ins></p><p>{SECOND}'
    )
    assert inline_html(joined).count("<p>") == 1
    assert "</del> The mobile team" in inline_html(joined)
    for change, left, right in ((parted, 1, 2), (joined, 2, 1)):
        [pair] = side_html(change)
        assert ((pair.old or "").count("<p>"), (pair.new or "").count("<p>")) == (left, right)
        assert ((pair.old or "") + (pair.new or "")).count("data-change") == 1
    lines = [line.strip() for line in text_lines(compare(tree(whole), tree(parts)))]
    assert lines[-2:] == [f"{FIRST} {{+¶+}}", f"{SECOND} {THIRD}"]


def test_two_scripts_of_one_text_are_parted_as_one() -> None:
    old = (
        "Полицијски службеник обавештава мобилни тим у року од 24 часа. Тим разговара са особом на безбедном "
        "месту."
    )
    new = (
        "Policijski službenik obaveštava mobilni tim u roku od 24 časa.",
        "Tim razgovara sa osobom na bezbednom mestu.",
    )
    before, after = tree(section("a", old), language="sr-Cyrl"), tree(section("a", *new), language="sr-Latn")
    comparison = compare(before, after, one_text_in_two_scripts=True)
    change = next(iter(comparison))
    assert ops(change) == ["parted"]
    assert (change.words_added, change.words_removed) == (0, 0)
    assert [s.text for s in apply(comparison, before)] == [s.text for s in after]


WORDS = [word for line in (FIRST, SECOND, THIRD, OTHER) for word in line.split()]


@settings(max_examples=examples(150), deadline=None)
@given(st.randoms(use_true_random=False))
def test_paragraphs_parted_and_joined_anywhere_are_told_whole(chance: Random) -> None:
    def some(least: int) -> list[Json | str]:
        words: list[Json | str] = []
        for _ in range(chance.randint(least, 30)):
            word = chance.choice(WORDS) + chance.choice([" ", " ", " ", "  "])
            words.append(text(word, "bold") if chance.random() < 0.05 else word)
            if chance.random() < 0.03:
                words.append(chance.choice([note(f"n{len(notes)}"), {"type": "break"}]))
                notes[f"n{len(notes)}"] = [paragraph("See there.")]
        return words

    notes: Json = {}
    olds = [some(1) for _ in range(chance.randint(1, 4))]
    news: list[list[Json | str]] = []
    for part in json.loads(json.dumps(olds)):
        if chance.random() < 0.4 and news:
            news[-1] += [" ", *part]
        else:
            news.append(part)
        while chance.random() < 0.4 and len(news[-1]) > 1:
            cut = chance.randrange(1, len(news[-1]))
            news[-1:] = [news[-1][:cut], news[-1][cut:]]
        if chance.random() < 0.3:
            chance.choice(news).insert(0, "changed ")
    both = [[paragraph(*each) for each in side] for side in (olds, news)]
    if chance.random() < 0.5:
        both = [
            [{"type": "list", "content": [{"type": "item", "content": [each]} for each in side]}]
            for side in both
        ]
    change = between(*[section("a", *side, notes=notes) for side in both])
    # One that was cut into very small pieces may be another one, but no word counts twice.
    gone, come = (sum(count_words(block_text(block)) for block in side) for side in both)
    assert change.words_removed <= gone and change.words_added <= come


def test_the_schema_knows_the_words_for_it() -> None:
    schema = json.loads((Path(__file__).parents[4] / "docs" / "comparison.schema.json").read_text())
    assert {"parted", "joined"} <= set(schema["$defs"]["node"]["properties"]["op"]["enum"])
