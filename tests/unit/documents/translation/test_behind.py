"""What a translation still owes to its original."""

from __future__ import annotations

from typing import Any

import pytest

from documents.text import normalise_body
from documents.text.types import Body
from documents.translation.outdated import left_behind

Json = dict[str, Any]


def p(text: str) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def step(limit: str) -> Json:
    attrs = {"title": "Prijem", "who": "policija"} | ({"limit": limit} if limit else {})
    return {"type": "step", "attrs": attrs, "content": [p("Tekst.")]}


def locked(text: str) -> Json:
    return {"type": "opaque", "attrs": {"text": text, "kind": "formula", "sha256": "a" * 64}}


def text(*blocks: str | Json, heading: str = "") -> Body:
    made = [p(one) if isinstance(one, str) else one for one in blocks]
    title = [{"type": "text", "text": heading}] if heading else []
    return normalise_body({"heading": title, "blocks": made})


POLICE, HOSPITAL, COURT = "Полиција: 2 часа.", "Болница: 5 часа.", "Суд: 7 дена."
POLICIA, SPITALI, GJYKATA = "Policia: 2 orë.", "Spitali: 5 orë.", "Gjykata: 7 ditë."


@pytest.mark.parametrize(
    ("former", "now", "then", "after", "behind"),
    [
        # Only another place was touched.
        (text("А 2.", "Б."), text("А 9.", "Б."), text("A 2.", "B."), text("A 2.", "B!"), ["b0"]),
        (text("А 2.", "Б."), text("А 9.", "Б."), text("A 2.", "B."), text("A 9.", "B."), []),
        # The first went, one came: by its name each would stand beside another one's translation.
        (
            text(POLICE, HOSPITAL, COURT),
            text(HOSPITAL, COURT, "Азил: 9 дена."),
            text(POLICIA, SPITALI, GJYKATA),
            text(POLICIA, SPITALI, "Azili: 9 ditë."),
            ["b0", "b1"],
        ),
        (
            text(POLICE, HOSPITAL, COURT),
            text(HOSPITAL, COURT, "Азил: 9 дена."),
            text(POLICIA, SPITALI, GJYKATA),
            text(SPITALI, GJYKATA, "Azili: 9 ditë."),
            [],
        ),
        # Two exchanged.
        (text(POLICE, HOSPITAL), text(HOSPITAL, POLICE), text(POLICIA, SPITALI), text(POLICIA, SPITALI), ["b0", "b1"]),
        # One is set to what the other says already.
        (text("12 часа", "9 часа"), text("12 часа", "12 часа"), text("12 orë", "9 orë"), text("12 orë", "12 orë"), []),
        # A field, a heading, a locked block.
        (text(step("2 часа")), text(step("")), text(step("2 orë")), text(step("2 orë")), ["b0-title", "b0-who", "b0.0"]),
        (text("А.", heading="Н"), text("А."), text("A.", heading="T"), text("A!", heading="T"), ["b0"]),
        (text("А.", locked("x=2")), text("А.", locked("x=3")), text("A.", locked("x=2")), text("A!", locked("x=2")), ["b0"]),
        (text("А.", locked("x=2")), text("А.", locked("x=3")), text("A.", locked("x=2")), text("A!", locked("x=3")), []),
        # Renumbered of paragraphs.
        (text("А.", "Б."), text("А."), text("A.", "B."), text("A!", "B."), ["b0"]),
        (text("А.", "Б."), text("А."), text("A.", "B."), text("A."), []),
        # Not known from what it was made.
        (None, text("А 9."), text("A 2."), text("A 2."), ["b0"]),
        (None, text("А 9."), text("A 2."), text("A 9."), []),
    ],
)  # fmt: skip
def test_what_is_left_behind(former: Json, now: Json, then: Json, after: Json, behind: list[str]) -> None:
    assert left_behind(now, former, then, after) == behind
