"""Two texts put together: nothing is lost, whatever is chosen as "both"."""

from __future__ import annotations

from typing import Any

from documents.desk.merge import differences, merge
from documents.tree import body_text, normalise_body

Json = dict[str, Any]


def paragraph(text: str, note: str = "") -> Json:
    content: list[Json] = [{"type": "text", "text": text}]
    if note:
        content.append({"type": "note", "attrs": {"id": note}})
    return {"type": "paragraph", "content": content}


def text(heading: str, *blocks: Json, notes: Json | None = None) -> Json:
    return normalise_body(
        {"heading": [{"type": "text", "text": heading}], "blocks": list(blocks), "notes": notes or {}}
    )


def test_equal_texts_have_no_differences_and_merge_to_themselves() -> None:
    body = text("H", paragraph("a"), paragraph("b"))
    assert differences(body, body) == []
    assert normalise_body(merge(body, body, {})) == body


def test_each_part_is_chosen_by_itself() -> None:
    theirs = text("H", paragraph("one"), paragraph("same"), paragraph("theirs"))
    mine = text("H", paragraph("ONE"), paragraph("same"), paragraph("mine"))
    first, second = differences(theirs, mine)
    made = merge(theirs, mine, {first.key: "theirs", second.key: "mine"})
    assert body_text(made) == "one\nsame\nmine"


def test_without_a_choice_both_stay() -> None:
    theirs = text("T", paragraph("a"), paragraph("theirs"))
    mine = text("M", paragraph("a"), paragraph("mine"), paragraph("more"))
    made = merge(theirs, mine, {})
    assert body_text(made) == "a\ntheirs\nmine\nmore"


def test_what_only_one_changed_is_suggested() -> None:
    opened = text("H", paragraph("one"), paragraph("same"), paragraph("two"))
    theirs = text("New", paragraph("one, theirs"), paragraph("same"), paragraph("two"))
    mine = text("H", paragraph("one"), paragraph("same"), paragraph("two, mine"))
    found = {d.key: d.suggested for d in differences(theirs, mine, opened)}
    assert list(found.values()) == ["theirs", "theirs", "mine"]
    assert body_text(merge(theirs, mine, found), heading=True) == "New\none, theirs\nsame\ntwo, mine"


def test_what_both_changed_is_not_decided_for_them() -> None:
    opened = text("H", paragraph("one"))
    theirs, mine = text("H", paragraph("theirs")), text("H", paragraph("mine"))
    assert [d.suggested for d in differences(theirs, mine, opened)] == ["both"]


def test_what_one_took_out_and_the_other_left_alone_is_suggested_to_go() -> None:
    opened = text("H", paragraph("one"), paragraph("two"))
    theirs, mine = text("H", paragraph("one")), opened
    (found,) = differences(theirs, mine, opened)
    assert found.suggested == "theirs"


def test_notes_of_both_sides_keep_their_texts() -> None:
    theirs = text("H", paragraph("theirs", "n1"), notes={"n1": [paragraph("their note")]})
    mine = text("H", paragraph("mine", "n1"), notes={"n1": [paragraph("my note")]})
    made = normalise_body(merge(theirs, mine, {}))
    assert body_text(made) == "theirs\nmine\ntheir note\nmy note"


def test_a_note_with_another_id_is_no_difference() -> None:
    theirs = text("H", paragraph("a", "n1"), notes={"n1": [paragraph("note")]})
    mine = text("H", paragraph("a", "n7"), notes={"n7": [paragraph("note")]})
    assert differences(theirs, mine) == []
