"""Of which original a translation counts as made once two sections were joined, or a suggestion was accepted in it."""

from __future__ import annotations

from typing import Any

import pytest

from documents.actions.decide_suggestion import accept
from documents.actions.save_section import save_section
from documents.choices import Translation
from documents.models import ReturnedFile, Suggestion
from documents.text import body_text
from documents.text_storage import load_outline
from tests.documents.desk.conftest import UID, UID2, Desk
from tests.factories import beside, body

NOTHING: dict[str, Any] = {"heading": [], "blocks": [], "notes": {}}


def put(desk: Desk, uid: str, language: str, heading: str, words: str) -> None:
    sha256 = getattr(desk.row(uid), f"text_hash_{language}") or ""
    seen = beside(desk.edition, uid)
    save_section(desk.drafter, desk.edition, uid, language, body(heading, words), sha256, seen=seen)


def suggest(desk: Desk, **values: Any) -> Suggestion:
    file = ReturnedFile.objects.create(
        edition=desk.edition, language=values["language"], name="x", sha256="a" * 64, by=desk.drafter
    )
    return Suggestion.objects.create(edition=desk.edition, returned=file, **values)


def state(desk: Desk) -> Translation:
    return next(row.state for row in load_outline(desk.edition, "sq") if str(row.uid) == UID)


@pytest.mark.parametrize("order", [["mk", "sq", "en"], ["sq", "mk", "en"]])
@pytest.mark.parametrize("older", [False, True])
def test_joined_sections_are_as_old_as_the_older_one(desk: Desk, order: list[str], older: bool) -> None:
    desk.edition.instrument.languages = order
    desk.edition.instrument.save(update_fields=["languages"])
    put(desk, UID, "mk", "Еден", "Прв.")
    put(desk, UID, "sq", "Një", "I pari.")
    put(desk, UID2, "mk", "Два", "Рок 2.")
    put(desk, UID2, "sq", "Dy", "Afati 2.")
    if older:
        put(desk, UID2, "mk", "Два", "Рок 9.")
    row = suggest(
        desk, uid=UID2, language="mk", kind="joined", before=NOTHING, after=NOTHING, place=f"{UID} text"
    )
    accept(desk.coordinator, row)
    assert "Afati 2." in body_text(desk.row().body_sq)
    assert state(desk) == (Translation.STALE if older else Translation.CURRENT)


def test_a_suggestion_leaves_a_translation_older_whatever_it_changes(desk: Desk) -> None:
    def piece(words: str) -> dict[str, Any]:
        return NOTHING | {"blocks": body("", words)["blocks"]}

    put(desk, UID, "mk", "Еден", "Рок 2.")
    put(desk, UID, "sq", "Një", "Afati 2.")
    put(desk, UID, "mk", "Еден", "Рок 9.")  # the suggestion may be older than this
    row = suggest(
        desk, uid=UID, language="sq", kind="changed", before=piece("Afati 2."), after=piece("Afati 2!"),
        old="2.", new="2!",
    )  # fmt: skip
    accept(desk.drafter, row)
    assert "2!" in body_text(desk.row().body_sq) and state(desk) == Translation.STALE
