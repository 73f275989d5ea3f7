"""Two texts put together: nothing is lost, whatever is chosen as "both"."""

from __future__ import annotations

from typing import Any

from documents.pages.desk.merge import differences, merge
from documents.text import body_text, normalise_body

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


def numbered(*items: str | tuple[str, Json]) -> Json:
    made = []
    for number, one in enumerate(items, 1):
        words, *inner = one if isinstance(one, tuple) else (one,)
        content = [paragraph(words), *inner]
        made.append({"type": "item", "attrs": {"label": f"{number}."}, "content": content})
    return {"type": "list", "attrs": {"ordered": True}, "content": made}


def labelled(body: Json) -> list[str]:
    (made,) = [block for block in normalise_body(body)["blocks"] if block["type"] == "list"]
    return [
        f"{item['attrs']['label']} {body_text({'blocks': item['content'], 'notes': {}, 'heading': []})}"
        for item in made["content"]
    ]


FOUR = ("the best interest", "secrecy of the data", "training of the staff", "access to justice")


def test_items_of_one_list_are_chosen_one_by_one() -> None:
    opened = text("H", paragraph("lead"), numbered(*FOUR))
    theirs = text("H", paragraph("lead"), numbered(FOUR[0], "a new one of theirs", *FOUR[1:]))
    mine = text("H", paragraph("lead"), numbered(*FOUR[:3], "easy access to justice"))
    found = differences(theirs, mine, opened)
    assert [(d.suggested, len(d.theirs), len(d.mine)) for d in found] == [("both", 1, 0), ("mine", 1, 1)]
    made = merge(theirs, mine, {d.key: d.suggested for d in found})
    new = [
        "1. the best interest",
        "2. a new one of theirs",
        "3. secrecy of the data",
        "4. training of the staff",
    ]
    assert labelled(made) == [*new, "5. easy access to justice"]
    both = merge(theirs, mine, {d.key: "both" for d in found})
    assert labelled(both) == [*new, "5. access to justice", "6. easy access to justice"]
    assert labelled(merge(theirs, mine, {found[0].key: "mine", found[1].key: "theirs"})) == [
        f"{n}. {words}" for n, words in enumerate(FOUR, 1)
    ]


def test_a_list_in_an_item_is_chosen_item_by_item_too() -> None:
    def body(*inner: str) -> Json:
        return text("H", numbered(FOUR[0], (FOUR[1], numbered(*inner)), FOUR[2]))

    opened, theirs = body("the measure one", "two"), body("the measure one", "two", "three")
    mine = body("the first measure one", "two")
    found = differences(theirs, mine, opened)
    assert [d.suggested for d in found] == ["mine", "both"]
    made = body_text(merge(theirs, mine, {d.key: d.suggested for d in found}))
    assert (
        made.count("secrecy") == 1
        and made.count("two") == 1
        and "three" in made
        and "the first measure" in made
    )


def test_both_of_two_lists_doubles_no_item() -> None:
    theirs, mine = text("H", numbered("a", "b", "c")), text("H", numbered("c", "a", "d"))
    made = body_text(merge(theirs, mine, {}))
    assert sorted(made.split()) == ["a", "b", "c", "d"]


def test_what_one_moved_is_suggested_once_and_where_they_put_it() -> None:
    blocks = [paragraph(words) for words in FOUR]
    opened = text("H", *blocks)
    theirs, mine = text("H", *blocks[1:], blocks[0]), text("H", *blocks[:3], paragraph("other words"))
    for one, other in ((theirs, opened), (opened, theirs), (theirs, mine)):
        found = {d.key: d.suggested for d in differences(one, other, opened)}
        made = body_text(merge(one, other, found)).split("\n")
        assert made.count(FOUR[0]) == 1 and made.index(FOUR[0]) > made.index(FOUR[1])
