"""Two texts merged paragraph by paragraph: who changed what, and no word lost by a choice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.text import body_text, normalise_body
from documents.text.merge import Side, combine, merge
from tests.support.properties import examples

PARAGRAPHS = st.lists(st.sampled_from("абвгдѓе"), max_size=5)


def text(heading: str, *lines: str, notes: dict[str, str] | None = None) -> Any:
    """A line ``a^n1`` ends with the mark of note n1."""
    blocks = []
    for line in lines:
        words, _, note = line.partition("^")
        content: list[Any] = [{"type": "text", "text": words}]
        blocks.append(
            {
                "type": "paragraph",
                "content": content + ([{"type": "note", "attrs": {"id": note}}] if note else []),
            }
        )
    below = {
        key: [{"type": "paragraph", "content": [{"type": "text", "text": words}]}]
        for key, words in (notes or {}).items()
    }
    return normalise_body({"heading": [{"type": "text", "text": heading}], "blocks": blocks, "notes": below})


def sides(base: Any, mine: Any, theirs: Any) -> list[Side | None]:
    return [part.side for part in merge(base, mine, theirs).differing]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("абв", "абв", "абв", []),
        ("абв", "адв", "абв", [Side.MINE]),
        ("абв", "абв", "адв", [Side.THEIRS]),
        ("абв", "адв", "аѓв", [None]),
        ("абв", "адв", "адв", []),
        ("абв", "дбв", "абѓ", [Side.MINE, Side.THEIRS]),
        ("абв", "аб", "абв", [Side.MINE]),
        ("абв", "ав", "адв", [None]),
        ("абв", "абвд", "аѓбв", [Side.THEIRS, Side.MINE]),
        ("аб", "дѓ", "де", [None]),
    ],
)
def test_who_changed_a_paragraph(base: str, mine: str, theirs: str, expected: list[Side | None]) -> None:
    assert sides(text("Н", *base), text("Н", *mine), text("Н", *theirs)) == expected


def test_without_the_text_that_both_were_made_from_everything_is_asked() -> None:
    assert sides(None, text("Н", "а", "б"), text("М", "а", "в")) == [None, None]


def test_the_heading_is_chosen_by_itself() -> None:
    base, mine, theirs = text("Н", "а"), text("М", "а"), text("Н", "б")
    found = merge(base, mine, theirs)
    assert [part.side for part in found.differing] == [Side.MINE, Side.THEIRS]
    assert body_text(combine(found, mine, theirs, [Side.MINE, Side.THEIRS]), heading=True) == "М\nб"


def test_notes_come_along_and_two_of_one_name_stay_two() -> None:
    base = text("Н", "а", "б")
    mine = text("Н", "а^n1", "б", notes={"n1": "моја"})
    theirs = text("Н", "а", "б^n1", notes={"n1": "нивна"})
    found = merge(base, mine, theirs)
    made = combine(found, mine, theirs, [Side.MINE, Side.THEIRS])
    assert [body_text({"blocks": note}) for note in made["notes"].values()] == ["моја", "нивна"]


@settings(max_examples=examples(300), deadline=None)
@given(st.none() | PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_all_of_one_side_is_that_side(base: Any, first: list[str], second: list[str]) -> None:
    mine, theirs = text("Н", *first), text("Н", *second)
    found = merge(None if base is None else text("Н", *base), mine, theirs)
    count = len(found.differing)
    assert combine(found, mine, theirs, [Side.MINE] * count) == mine
    assert combine(found, mine, theirs, [Side.THEIRS] * count) == theirs
