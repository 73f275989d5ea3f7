"""Items and rows with a picture that are joined, parted or taken out: it is lost in no order, and never there twice."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_suggestions_one_by_one import all_orders, body

Json = dict[str, Any]
WORDS = "полиција прима пријава од жртва"
TEXT = {"type": "text", "text": WORDS}
PICTURE = {"type": "image", "attrs": {"sha256": "a" * 64, "alt": "карта"}}


def items(*parts: list[Json]) -> Json:
    return listing(False, *(item("•", {"type": "paragraph", "content": part}) for part in parts))


def rows(*parts: list[Json]) -> Json:
    cells = [{"type": "cell", "content": [{"type": "paragraph", "content": part}]} for part in parts]
    return {"type": "table", "content": [{"type": "row", "content": [cell]} for cell in cells]}


@pytest.mark.parametrize("made", [items, rows])
@pytest.mark.parametrize("stays", [[], [[{"type": "text", "text": "тим дава превод"}]]])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([[PICTURE], [TEXT]], [[PICTURE, TEXT]]),
        ([[TEXT], [PICTURE]], [[TEXT, PICTURE]]),
        ([[PICTURE, TEXT]], [[PICTURE], [TEXT]]),
        ([[{"type": "text", "text": "друго"}, PICTURE], [TEXT]], [[{"type": "text", "text": "друго"}], [PICTURE, TEXT]]),
    ],
    ids=["before", "behind", "parted", "moves over"],
)  # fmt: skip
def test_a_picture_goes_where_the_file_has_it(made: Any, stays: Any, old: Any, new: Any) -> None:
    before, after = body(made(*old, *stays), para("Став.")), body(made(*new, *stays), para("Став."))
    all_orders(before, after)
