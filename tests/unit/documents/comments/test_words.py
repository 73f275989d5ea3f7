"""Putting words into a text: against body_text(), which counts the places."""

from __future__ import annotations

from typing import Any

import pytest

from documents.text import body_text, normalise_body
from documents.text.replace_words import replace_words


def text(words: str, *marks: str) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"marks": [{"type": m} for m in marks]} if marks else {})


BODY = normalise_body(
    {
        "heading": [text("Head")],
        "blocks": [
            {"type": "paragraph", "content": [text("One "), text("bold", "bold"), text(" two")]},
            {"type": "paragraph", "content": []},
            {
                "type": "list",
                "attrs": {"ordered": True},
                "content": [
                    {"type": "item", "content": [{"type": "paragraph", "content": [text("Item words")]}]}
                ],
            },
            {
                "type": "step",
                "attrs": {"title": "Step title", "who": "Police"},
                "content": [
                    {
                        "type": "paragraph",
                        "content": [text("a"), {"type": "note", "attrs": {"id": "n1"}}, text("b")],
                    }
                ],
            },
            {"type": "paragraph", "content": [text("up"), {"type": "break"}, text("down")]},
        ],
        "notes": {"n1": [{"type": "paragraph", "content": [text("Note words")]}]},
    }
)


@pytest.mark.parametrize(
    "words", ["Head", "One", "bold", "ne bold tw", "Item", "Step title", "Police", "ab", "down", "Note words"]
)
def test_words_are_replaced_where_the_text_counts_them(words: str) -> None:
    whole = body_text(BODY, heading=True)
    start = whole.index(words)
    made = replace_words(BODY, start, start + len(words), "NEW")
    assert made is not None
    assert body_text(normalise_body(made), heading=True) == whole.replace(words, "NEW", 1)
    assert body_text(BODY, heading=True) == whole


def test_the_new_words_take_the_marks_of_the_first_that_they_replace() -> None:
    whole = body_text(BODY, heading=True)
    start = whole.index("bold two")
    made = normalise_body(replace_words(BODY, start, start + 8, "x"))
    assert made["blocks"][0]["content"] == [text("One "), text("x", "bold")]


@pytest.mark.parametrize("words", ["Head\nOne", "two\nItem", "up\ndown"])
def test_nothing_is_replaced_across_lines(words: str) -> None:
    start = body_text(BODY, heading=True).index(words)
    assert replace_words(BODY, start, start + len(words), "x") is None


def test_no_place_and_no_line_of_its_own() -> None:
    assert replace_words(BODY, 5, 5, "x") is None
    assert replace_words(BODY, 10_000, 10_004, "x") is None
    assert replace_words(BODY, 0, 4, "two\nlines") is None
