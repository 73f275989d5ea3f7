"""What somebody typed into a field: cleaned, and empty where nobody could see it."""

from __future__ import annotations

import pytest

from documents.text import plain_line, plain_text

UNSEEN = [
    "\u200b",
    "\u2060",
    "\ufeff",
    "\xad",
    "⠀",
    "ㅤ",
    "\U000e0041",
    "\u180e",
    "\u061c",
    "\u200e",
    "ᅟ",
    "͏",
    "\xa0",
]


@pytest.mark.parametrize("clean", [plain_line, plain_text])
@pytest.mark.parametrize("typed", [*UNSEEN, "".join(UNSEEN), " \n\t\u200b "])
def test_what_cannot_be_seen_is_nothing(clean, typed):
    assert clean(typed) == ""


@pytest.mark.parametrize("clean", [plain_line, plain_text])
def test_what_can_be_seen_keeps_what_joins_its_letters(clean):
    assert clean(" می\u200cخواهم ") == "می\u200cخواهم"
    assert clean("§") == "§" and clean("–") == "–"
