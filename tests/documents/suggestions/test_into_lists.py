"""A paragraph that goes into a list, or comes out of one, is one move."""

from __future__ import annotations

import json
from typing import Any

import pytest

from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from documents.suggestions.suggestion import follows
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_suggestions_one_by_one import body, numbered, put_all

Json = dict[str, Any]
FIRST, SECOND, THIRD = "полиција прима пријава", "центар сместува жртва", "тим дава превод"
MOVED = "Органот носи одлука во рок од три дена."


def part_of(start: int, *words: str) -> Json:
    signs = "абвгд"[start:]
    return listing(True, *(item(f"{sign})", para(one)) for sign, one in zip(signs, words, strict=False)))


OLD = body(numbered(FIRST, SECOND, THIRD), para(MOVED))
AS_AN_ITEM = body(numbered(FIRST, MOVED, SECOND, THIRD))
AS_THE_LAST_ITEM = body(numbered(FIRST, SECOND, THIRD, MOVED))
IN_AN_ITEM = body(
    listing(True, item("а)", para(FIRST), para(MOVED)), item("б)", para(SECOND)), item("в)", para(THIRD)))
)
BETWEEN = body(part_of(0, FIRST), para(MOVED), part_of(1, SECOND, THIRD))


@pytest.mark.parametrize(
    ("new", "behind"),
    [(AS_AN_ITEM, FIRST), (AS_THE_LAST_ITEM, THIRD), (IN_AN_ITEM, FIRST), (BETWEEN, FIRST)],
)
def test_the_last_paragraph_moved_into_the_list_above_is_one_move(new: Json, behind: str) -> None:
    (found,) = suggestions(OLD, new)
    assert (found.kind, found.old, found.new, follows(found.place)) == ("shifted", MOVED, MOVED, behind)
    assert put_all(OLD, new) == new
    assert put_in(new, found.kind, found.before, found.after, found.place) == new


@pytest.mark.parametrize("old", [AS_AN_ITEM, AS_THE_LAST_ITEM, IN_AN_ITEM])
def test_what_comes_out_of_a_list_is_one_move_too(old: Json) -> None:
    (found,) = suggestions(old, OLD)
    assert (found.kind, found.new) == ("shifted", MOVED)
    assert put_all(old, OLD) == OLD


@pytest.mark.parametrize("new", [AS_AN_ITEM, BETWEEN])
def test_a_list_that_moved_on_keeps_its_other_words(new: Json) -> None:
    (found,) = suggestions(OLD, new)
    now = body(numbered("пред сите", FIRST, SECOND + " и дете", THIRD), para(MOVED))
    made = put_in(now, found.kind, found.before, found.after, found.place)
    wanted = (
        body(numbered("пред сите", FIRST, MOVED, SECOND + " и дете", THIRD))
        if new is AS_AN_ITEM
        else body(part_of(0, "пред сите", FIRST), para(MOVED), part_of(2, SECOND + " и дете", THIRD))
    )
    assert made == wanted


@pytest.mark.parametrize("new", [AS_AN_ITEM, AS_THE_LAST_ITEM, IN_AN_ITEM, BETWEEN])
def test_a_paragraph_that_moved_on_goes_into_the_list_with_its_own_words(new: Json) -> None:
    (found,) = suggestions(OLD, new)
    later = MOVED.replace("одлука", "писмена одлука")
    now = body(numbered(FIRST, SECOND, THIRD), para(later))
    wanted = json.loads(json.dumps(new).replace(json.dumps(MOVED), json.dumps(later)))
    assert put_in(now, found.kind, found.before, found.after, found.place) == wanted


def test_a_paragraph_that_moved_on_and_whose_place_is_not_sure_asks_a_person() -> None:
    old = body(numbered(FIRST, MOVED, THIRD), para(MOVED))
    (found,) = suggestions(old, body(numbered(FIRST, MOVED, THIRD, MOVED)))
    now = body(numbered(FIRST, MOVED, THIRD), para(MOVED.replace("одлука", "писмена одлука")))
    assert found.kind != "shifted" or put_in(now, found.kind, found.before, found.after, found.place) is None


def test_a_paragraph_that_was_taken_out_meanwhile_asks_a_person() -> None:
    (found,) = suggestions(OLD, AS_AN_ITEM)
    gone = body(numbered(FIRST, SECOND, THIRD))
    assert put_in(gone, found.kind, found.before, found.after, found.place) is None
    assert put_in(gone, found.kind, found.before, found.after, found.place, force=True) == AS_AN_ITEM


def test_another_paragraph_that_goes_and_another_item_that_comes_are_two_changes() -> None:
    new = body(numbered(FIRST, "сосема друга мерка", SECOND, THIRD))
    assert [one.kind for one in suggestions(OLD, new)] == ["changed", "removed"]


def test_two_paragraphs_that_leave_a_list_stand_as_in_the_file() -> None:
    old = body(numbered(FIRST, SECOND, THIRD, MOVED))
    new = body(para(THIRD), para(SECOND), numbered(FIRST, MOVED))
    assert [one.kind for one in suggestions(old, new)] == ["shifted", "shifted"]
    assert put_all(old, new) == new
    # Where the second is taken first, what it follows is in the list yet: it comes before that.
    _first, second = suggestions(old, new)
    made = put_in(old, second.kind, second.before, second.after, second.place)
    assert made == body(para(SECOND), numbered(FIRST, THIRD, MOVED))
