"""Notes that move within a text: whatever is accepted first, none is lost, and none stops the rest."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from documents.suggestions.blocks import keyed_blocks
from documents.suggestions.notes import noted
from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from documents.text import normalise_body
from tests.documents.docx.build import cell, para, table
from tests.documents.suggestions.test_suggestions_one_by_one import put_all

Json = dict[str, Any]
SAYS = "Службен весник, бр. 12."


def note(key: str = "n1") -> Json:
    return {"type": "note", "attrs": {"id": key}}


def body(heading: list[Json], *blocks: Json, **notes: str) -> Json:
    said = {key: [para(words)] for key, words in ({"n1": SAYS} | notes).items()}
    return normalise_body({"heading": heading, "blocks": list(blocks), "notes": said})


def says(text: Json) -> list[bytes]:
    """What a text shows, whatever the ids of its notes."""
    return [key for key, _ in keyed_blocks(text | {"blocks": [para(*text["heading"]), *text["blocks"]]})]


def plain(words: str) -> Json:
    return {"type": "text", "text": words}


HEAD, DECIDES, LATER = [plain("Цел")], "Центарот носи одлука", "Судот ја потврдува"
MOVES = {
    "to the heading": (
        body(HEAD, para(DECIDES, note(), " веднаш.")),
        body([*HEAD, note()], para(f"{DECIDES} веднаш.")),
    ),
    "from the heading": (
        body([*HEAD, note()], para(f"{DECIDES} веднаш.")),
        body(HEAD, para(DECIDES, note(), " веднаш.")),
    ),
    "heading joined with its paragraph": (
        body(HEAD, para(DECIDES, note(), " веднаш."), para(LATER)),
        body([plain(f"Цел{DECIDES}"), note(), plain(" веднаш.")], para(LATER)),
    ),
    "to the next paragraph": (
        body(HEAD, para(DECIDES, note(), " веднаш."), para(LATER)),
        body(HEAD, para(f"{DECIDES} веднаш."), para(LATER, note())),
    ),
    "within a paragraph": (
        body(HEAD, para(DECIDES, note(), " веднаш и за сите.")),
        body(HEAD, para(f"{DECIDES} веднаш и", note(), " за сите.")),
    ),
    "to the cell before": (
        body(HEAD, table([cell(DECIDES), cell(para(LATER, note()))])),
        body(HEAD, table([cell(para(DECIDES, note())), cell(LATER)])),
    ),
    "to the next row": (
        body(HEAD, table([cell(para(DECIDES, note()))], [cell(LATER)])),
        body(HEAD, table([cell(DECIDES)], [cell(para(LATER, note()))])),
    ),
}


@pytest.mark.parametrize("move", MOVES)
def test_a_note_that_moved_goes_along_in_whatever_order(move: str) -> None:
    old, new = MOVES[move]
    for order in permutations(range(len(suggestions(old, new)))):
        assert says(put_all(old, new, list(order))) == says(new), order


def test_of_two_notes_that_say_the_same_the_first_goes_and_the_second_stays_itself() -> None:
    old = body(HEAD, para(DECIDES, note()), para(LATER, note("n2")), n2=SAYS)
    new = body(HEAD, para(DECIDES), para(LATER, note("n2")), n2=SAYS)
    assert put_all(old, new) == new
    both = body(HEAD, para(DECIDES, note(), " и ", note("n2"), " веднаш."), n2=SAYS)
    one = body(HEAD, para(DECIDES, " и ", note("n2"), " веднаш."), n2=SAYS)
    assert [(each.old, each.new) for each in suggestions(both, one)] == [(SAYS, "")]
    assert says(put_all(both, one)) == says(one)


def test_each_note_of_a_suggestion_has_a_name_of_its_own() -> None:
    for old, new in MOVES.values():
        for found in suggestions(old, new):
            for part in (found.before, found.after):
                assert len(set(noted(part))) == len(noted(part)) and set(noted(part)) == set(part["notes"])


def test_what_would_be_no_text_that_can_be_kept_does_not_fit() -> None:
    deep = para(DECIDES)
    for _ in range(30):
        deep = {"type": "callout", "attrs": {"tone": "info"}, "content": [deep]}
    now, after = body(HEAD, para(LATER)), {"heading": [], "blocks": [deep], "notes": {}}
    assert put_in(now, "added", after | {"blocks": []}, after, LATER) is None
