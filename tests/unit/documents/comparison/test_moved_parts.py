"""Rows and items that stand elsewhere: marked where they are and where they were, with what changed in them."""

from __future__ import annotations

import re

import pytest

from documents.comparison import compare
from documents.comparison.cli import text_lines
from documents.comparison.json import to_json
from documents.comparison.render.blocks import inline_html
from documents.comparison.render.side_by_side import side_html
from documents.comparison.summary import summarise
from documents.text import block_text
from tests.support.documents.comparison.build import Json, bullets, section, table, tree
from tests.support.documents.comparison.properties import between, facts

ITEMS = [
    "the police keep a list of all reports in the town;",
    "the centre for social work makes a plan for each victim;",
    "the health centre gives the first examination at no cost;",
    "the associations give legal help and a place to stay;",
    "the municipality pays for the way to the hearing.",
]
MOVED, CHANGED = ITEMS[2], ITEMS[2].replace("first", "urgent")


def rows(*items: str) -> Json:
    return table(("What", "Who"), *((item, "the ministry") for item in items))


@pytest.mark.parametrize("made", [bullets, rows])
@pytest.mark.parametrize("there", [0, 4])
@pytest.mark.parametrize("words", [MOVED, CHANGED])
def test_what_moved_is_marked_where_it_is_and_where_it_was(made, there, words):
    others = [item for item in ITEMS if item != MOVED]
    change = between(made(*ITEMS), made(*[*others[:there], words, *others[there:]]))
    tag = "li" if made is bullets else "tr"
    html = inline_html(change)
    here = re.search(rf'<{tag} class="was-there" id="ch\d+" data-change>(.*?)</{tag}>', html)
    assert here
    assert html.count('class="was-there"') == html.count('class="was-here"') == 1
    assert (html.index("was-there") < html.index("was-here")) == (there == 0)
    plain = re.sub(r"<del[^>]*>.*?</del>|<p class=.say.>.*?</p>|<[^>]+>", "", here[1])
    assert plain.startswith(words), "the words are there, once"
    assert [str(fact.kind) for fact in summarise(change) if fact.kind != "cells_changed"] == (
        ["blocks_moved"] if words == MOVED else ["blocks_moved", "words_changed"]
    )
    assert (change.words_added, change.words_removed) == ((0, 0) if words == MOVED else (1, 1))
    if words == CHANGED:
        assert re.search(r"<del[^>]*>first</del>", here[1])
        assert re.search(r"<ins[^>]*>urgent</ins>", here[1])
    left, right = (
        "".join(getattr(pair, side) or "" for pair in side_html(change)) for side in ("old", "new")
    )
    assert left.count(f'<{tag} class="was-there"') == right.count(f'<{tag} class="was-there"') == 1
    assert "was-here" not in left + right


@pytest.mark.parametrize("made", [bullets, rows])
def test_what_moved_and_changed_says_both_in_the_data_and_in_lines(made):
    found = compare(
        tree(section("s", made(*ITEMS))), tree(section("s", made(*[CHANGED, *ITEMS[:2], *ITEMS[3:]])))
    )
    nodes = to_json(found)["sections"][0]["blocks"][0]["children"]
    (moved,) = [node for node in nodes if node["op"] == "moved"]
    (away,) = [node for node in nodes if node["op"] == "moved_away"]
    assert moved["children"]
    assert CHANGED in block_text(moved["new"])
    assert MOVED in block_text(away["old"])
    lines = list(text_lines(found))
    assert any(line.startswith(">  moved here: ") and CHANGED in line for line in lines)
    assert any("[-first-]{+urgent+}" in line for line in lines)


def test_an_item_of_other_words_is_removed_and_added():
    new = "nobody asks for a statement before the third day."
    change = between(bullets(*ITEMS), bullets(*[new, *ITEMS[:2], *ITEMS[3:]]))
    assert facts(change).keys() >= {"items_added", "items_removed"}


def test_a_number_that_follows_a_move_is_no_change_of_its_own():
    def numbered(items: list[str]) -> Json:
        made = bullets(*items)
        for number, item in enumerate(made["content"], 1):
            item["attrs"] = {"label": f"({number})"}
        return made | {"attrs": {"ordered": True}}

    change = between(numbered(ITEMS), numbered([*ITEMS[1:], ITEMS[0]]))
    html = inline_html(change)
    assert html.count('class="was-there"') == 1
    assert '<div><p class="say">' in html, "what is said stands behind the number"


def test_what_is_said_in_a_text_from_the_right_is_read_from_its_own_side():
    arabic = [
        "تحتفظ الشرطة بسجل لجميع البلاغات في المدينة",
        "يضع مركز الرعاية خطة دعم لكل ضحية",
        "تقدم المؤسسة الصحية أول فحص بلا مقابل",
    ]
    html = inline_html(between(bullets(*arabic), bullets(*[arabic[2], *arabic[:2]])))
    assert '<p class="say"><bdi lang="en">moved here, unchanged</bdi></p>' in html
    assert '<bdi lang="en">moved to another place in this section</bdi>' in html
