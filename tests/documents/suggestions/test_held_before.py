"""Tracked changes that a file held already when it was sent out."""

from __future__ import annotations

from typing import Any

from documents.suggestions.held_before import as_sent_where_unchanged
from documents.suggestions.suggest import suggestions

Json = dict[str, Any]


def body(heading: str, *paragraphs: str, note: str = "") -> Json:
    blocks: list[Json] = [
        {"type": "paragraph", "content": [{"type": "text", "text": words}]} for words in paragraphs
    ]
    if note:
        blocks[-1]["content"].append({"type": "note", "attrs": {"id": "n1"}})
    notes = {"n1": [{"type": "paragraph", "content": [{"type": "text", "text": note}]}]} if note else {}
    return {"heading": [{"type": "text", "text": heading}], "blocks": blocks, "notes": notes}


def test_what_reads_as_it_was_sent_out_with_the_changes_is_as_it_was_sent_out() -> None:
    sent = body("Цел", "Уредувањето на мрежа е тешко.", "Останува.", note="Закон.")
    # The two directions are cut at other words, so that none of them takes back one of the others.
    refused = body("Цели", "Уредувањето на датотека на мрежа е болка.", "Остана.", note="Закони.")
    made = as_sent_where_unchanged(sent, refused, sent)
    assert not suggestions(sent, made) and not suggestions(made, sent)


def test_what_was_changed_since_stays_a_change() -> None:
    sent = body("Цел", "Уредувањето на мрежа е тешко.", "Останува.")
    refused = body("Цел", "Искуството на мрежа е болка.", "Останува.")
    accepted = body("Цел", "Уредувањето на мрежа е тешко.", "Ова останува.")
    made = as_sent_where_unchanged(sent, refused, accepted)
    assert not suggestions(sent, made)
    assert [(one.old, one.new) for one in suggestions(made, accepted)] == [("Останува", "Ова останува")]
    # Changed in words that the file was not sent out with: nothing is taken for the file's own.
    silent = body("Цел", "Уредувањето на мрежа е лесно.", "Останува.")
    assert as_sent_where_unchanged(sent, silent, silent) is silent
