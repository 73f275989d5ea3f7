"""Parts of a page and how far each is translated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from public.translation.parts import Part, parts_of, rewrite, with_texts
from public.translation.states import Comparison, State, compare, state_of_page, untranslated


def item(key: str, value: Any) -> dict[str, Any]:
    return {"type": "item", "id": key, "value": value}


def content(*blocks: dict[str, Any], title: str = "Ask", lead: str = "Ask first.") -> dict[str, Any]:
    return {"title": title, "lead": lead, "search_description": "", "body": list(blocks)}


def signs(heading: str, *texts: str, picture: str = "door") -> dict[str, Any]:
    rows = [item(f"i{n}", {"picture": picture, "text": text}) for n, text in enumerate(texts)]
    return {"type": "signs", "id": "a", "value": {"heading": heading, "signs": rows, "closing": ""}}


def test_a_part_is_its_texts_and_nothing_else() -> None:
    page = parts_of(content(signs("Signs", "No pay", "No door")))
    assert list(page) == ["title", "lead", "search_description", "a"]
    assert page["a"].filled == {
        "heading": "Signs",
        "signs.i0.text": "No pay",
        "signs.i1.text": "No door",
    }
    other = parts_of(content(signs("Signs", "No pay", "No door", picture="eye")))
    assert other["a"].hash == page["a"].hash
    swapped = parts_of(content(signs("Signs", "No door", "No pay")))
    assert swapped["a"].hash != page["a"].hash
    assert len(page["a"].hash) == 64


def test_texts_are_put_in_by_path() -> None:
    """The structure is that of the source; what is no text stays the translation's own."""
    source = content(
        signs("Signs", "No pay", "No door"), {"type": "numbers", "id": "b", "value": {"heading": "Call"}}
    )
    own = content(signs("Shenja", "Pa pagë", picture="eye"), title="Pyet")
    found = with_texts(
        source, own, {"a": {"signs.i1.text": "Pa derë"}, "title": {"": ""}, "b": {"heading": "Telefono"}}
    )
    assert found["title"] == "Pyet"
    assert [row["value"] for row in found["body"][0]["value"]["signs"]] == [
        {"picture": "eye", "text": "Pa pagë"},
        {"picture": "door", "text": "Pa derë"},
    ]
    assert found["body"][1] == {"type": "numbers", "id": "b", "value": {"heading": "Telefono"}}
    assert with_texts(source, own, {"b": {"heading": ""}})["body"] == own["body"]
    upper = rewrite("signs", signs("a", "b")["value"], lambda path, text: text.upper())
    assert (upper["heading"], upper["signs"][0]["value"]) == ("A", {"picture": "door", "text": "B"})


@dataclass(frozen=True)
class Known:
    source_hash: str
    is_unreviewed: bool = False
    origin: str = "person"
    source_texts: dict[str, str] = field(default_factory=dict)


SOURCE = parts_of(content(signs("Signs", "No pay")))["a"]
OTHER = parts_of(content(signs("Shenja", "Pa pagë")))["a"]
HALF = parts_of(content(signs("Shenja", "")))["a"]


@pytest.mark.parametrize(
    ("own", "row", "state"),
    [
        (None, None, State.MISSING),
        (None, Known(SOURCE.hash), State.MISSING),
        (SOURCE, None, State.MISSING),
        (HALF, None, State.MISSING),
        (OTHER, None, State.STALE),
        (OTHER, Known("older"), State.STALE),
        (OTHER, Known(SOURCE.hash), State.CURRENT),
        (SOURCE, Known(SOURCE.hash), State.CURRENT),
        (OTHER, Known(SOURCE.hash, is_unreviewed=True), State.UNREVIEWED),
    ],
)
def test_the_state_of_a_part(own: Part | None, row: Known | None, state: State) -> None:
    one = Comparison(SOURCE, own, row)
    assert one.state == state
    assert bool(untranslated([one])) == (state == State.MISSING and own is not None)


def test_the_state_of_a_page_is_its_worst() -> None:
    page = parts_of(content(signs("Shenja", "Pa pagë"), title="Pyet", lead="Pyet."))
    source = parts_of(content(signs("Signs", "No pay")))
    rows = {key: Known(part.hash) for key, part in source.items()}
    assert state_of_page(compare(source, page, rows)) == State.CURRENT
    assert state_of_page(compare(source, page, rows | {"a": Known("older")})) == State.STALE
    assert state_of_page(compare(source, {}, {})) == State.MISSING
