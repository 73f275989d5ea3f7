"""A suggestion put into a text whose numbered lists count on from one another. Pure, knows no Django."""

from __future__ import annotations

from typing import Any

from documents.docx.list_numbers import counted_on
from documents.suggestions.list_kinds import shifts_others
from documents.suggestions.put_in import put_in
from documents.tree import normalise_body

Json = dict[str, Any]


def put_in_counted(
    now: Json, kind: str, before: Json, after: Json, place: str, *, force: bool = False
) -> Json | None:
    """As :func:`documents.suggestions.put_in.put_in`; where a list has more items or fewer, those that go on from it are counted anew:
    a list of which only the numbers differ is suggested by nobody."""
    made = put_in(now, kind, before, after, place, force=force)
    if made is None or not shifts_others(before["blocks"], after["blocks"]):
        return made
    return counted_on(normalise_body(now), normalise_body(made))
