"""Words are found over a whole text, and replaced within one run, so that marks, notes and links stay."""

from __future__ import annotations

from typing import Any

import pytest

from documents.text import body_text, normalise_body
from documents.text.find_replace import Query, find, replace


def run(text: str, *marks: str) -> Any:
    return {"type": "text", "text": text, "marks": [{"type": mark} for mark in marks]}


NOTE = {"type": "note", "attrs": {"id": "n1"}}
TEXT: Any = normalise_body(
    {
        "heading": [run("Полиција")],
        "blocks": [
            {
                "type": "paragraph",
                "content": [
                    run("Полиција и "),
                    run("полицијата", "bold"),
                    run(" по"),
                    run("лиција", "italic"),
                    NOTE,
                    {"type": "break"},
                    run("член\u00a05 и член 55"),
                ],
            },
            {
                "type": "step",
                "attrs": {"title": "Јавете се", "who": "полиција", "limit": ""},
                "content": [{"type": "paragraph", "content": []}],
            },
            {"type": "opaque", "attrs": {"text": "полиција", "kind": "sdt"}},
        ],
        "notes": {"n1": [{"type": "paragraph", "content": [run("Види полиција.")]}]},
    }
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query("полиција"), 7),
        (Query("полиција", whole_words=True), 6),
        (Query("полиција", match_case=True), 5),
        (Query("член 5", whole_words=True), 1),
        (Query("член 5"), 2),
        (Query("(.*"), 0),
        (Query(" "), 0),
    ],
)
def test_what_is_found(query: Query, found: int) -> None:
    assert len(find(TEXT, query)) == found


def test_a_place_over_formatting_or_from_word_is_for_the_hand() -> None:
    hits = find(TEXT, Query("полиција"))
    assert [hit.by_hand for hit in hits] == [False, False, False, True, False, True, False]
    assert [hit.number for hit in hits] == list(range(7))


def test_only_the_chosen_places_are_replaced_and_marks_stay() -> None:
    made = replace(TEXT, Query("полиција"), {0, 2, 3, 4, 5, 6}, "служба")
    words = made["blocks"][0]["content"]
    assert words[0]["text"] == "Полиција и " and words[1] == run("службата", "bold")
    assert [node["type"] for node in words] == ["text", "text", "text", "text", "note", "break", "text"]
    assert body_text(made, heading=True).split("\n")[0] == "служба"
    assert made["blocks"][1]["attrs"]["who"] == "служба"
    assert made["blocks"][2] == TEXT["blocks"][2]
    assert body_text({"blocks": made["notes"]["n1"]}) == "Види служба."


def test_several_in_one_run_and_a_longer_word() -> None:
    body: Any = normalise_body({"blocks": [{"type": "paragraph", "content": [run("а б а б а")]}]})
    assert body_text(replace(body, Query("а"), {0, 2}, "ааа")) == "ааа б а б ааа"
    assert body_text(replace(body, Query("а"), {0, 1, 2}, "")) == " б  б "
