"""Lists whose items were put in, taken out, split, joined or moved by hand: their labels count on."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from documents.word.lists.counting import count_on, kinds_in, labels_in
from documents.word.lists.labels import label_of
from tests.support.documents.word.list_counting import Json, flat, item, listed, paragraph, text


def shown(old: Json, new: Json) -> str:
    kept = copy.deepcopy((old, new))
    made = count_on(old, new)
    assert (old, new) == kept
    assert count_on(made, new) == made, "the same text that is sent once more is the same"
    return " ".join(label or "-" for label in labels_in(made))


LISTS = [
    "1. 2. 3. 4. 5.",
    "4) 5) 6) 7) 8)",
    "(a) (b) (c) (d) (e)",
    "а) б) в) г) д)",
    "Г. Д. Ђ. Е. Ж.",
    "i. ii. iii. iv. v.",
    "VII VIII IX X XI",
    "1.1.2 1.1.3 1.1.4 1.1.5 1.1.6",
    "Мера-1: Мера-2: Мера-3: Мера-4: Мера-5:",
    "01 02 03 04 05",
]


@pytest.mark.parametrize("labels", LISTS)
def test_what_is_put_in_split_taken_out_or_moved_is_counted(labels: str) -> None:
    whole = flat(labels)
    items, said = whole["content"], labels.split()
    old = text(listed(*items[:4]))
    split = listed(items[0], item(said[0], "друга половина"), *items[1:4])
    assert shown(old, text(split)) == labels
    plain = listed(items[0], item("", "без броја"), *items[1:4])
    assert shown(old, text(plain)) == labels
    assert shown(old, text(listed(items[1], *items[2:4]))) == " ".join(said[:3])
    assert shown(old, text(listed(items[0], *items[2:4]))) == " ".join(said[:3])
    assert shown(old, text(listed(items[3], *items[:3]))) == " ".join(said[:4])


def test_letters_that_word_counts_go_on_in_words_order() -> None:
    old = flat("а) б) в) г) д)")
    new = listed(*old["content"], item("д)", "шеста"))
    assert shown(text(old), text(new)) == "а) б) в) г) д) е)"


@pytest.mark.parametrize(
    ("labels", "ordered", "wanted"),
    [
        ("• • •", False, "• • • •"),
        ("o o o", False, "o o o o"),
        ("– • –", False, "– - • –"),
        ("1. 1. 1.", True, "1. 1. 1. 1."),
        ("1. 2. 2. 3.", True, "1. - 2. 2. 3."),
        ("1. 3. 7.", True, "1. - 3. 7."),
        ("- - -", True, "- - - -"),
    ],
)
def test_labels_that_do_not_count_stay_and_what_has_none_gets_the_lists_own_sign(
    labels: str, ordered: bool, wanted: str
) -> None:
    old = flat(labels, ordered=ordered)
    new = {**old, "content": [old["content"][0], item("", "нова"), *old["content"][1:]]}
    assert shown(text(old), text(new)) == wanted
    gone = {**old, "content": old["content"][1:]}
    assert shown(text(old), text(gone)) == " ".join(labels.split()[1:])


def test_other_bullets_pasted_in_get_the_lists_own() -> None:
    old = flat("– –", ordered=False)
    new = {**old, "content": [*old["content"], item("•", "нова")]}
    assert shown(text(old), text(new)) == "– – –"


def test_a_list_that_goes_on_from_the_one_before_goes_on() -> None:
    one, two, other = flat("1. 2. 3."), flat("4. 5.", 3), flat("1. 2.", 8)
    old = text(one, paragraph("између"), two, paragraph("ново"), other)
    more = listed(*one["content"], item("3.", "још"))
    new = text(more, paragraph("између"), two, paragraph("ново"), other)
    assert shown(old, new) == "1. 2. 3. 4. 5. 6. 1. 2."
    assert shown(old, text(paragraph("између"), two, other)) == "1. 2. 1. 2."


def test_a_list_that_is_torn_goes_on_and_one_that_is_joined_counts_through() -> None:
    one = flat("1. 2. 3. 4.")
    torn = text(listed(*one["content"][:2]), paragraph("ставка 1а"), listed(*one["content"][3:]))
    assert shown(text(one), torn) == "1. 2. 3."
    two = flat("1. 2. 3.", 7)
    joined = text(listed(*one["content"], *two["content"]))
    assert shown(text(one, paragraph("између"), two), joined) == "1. 2. 3. 4. 5. 6. 7."


def test_each_deeper_list_counts_for_itself() -> None:
    first, second = flat("а) б) в)", 10), flat("а) б)", 20)
    old = text(listed(item("1.", "једно", first), item("2.", "друго", second)))
    shorter = listed(*first["content"][1:])
    new = text(listed(item("1.", "једно", shorter), item("1.", "ново"), item("2.", "друго", second)))
    assert shown(old, new) == "1. а) б) 2. 3. а) б)"


def test_the_number_of_the_item_around_is_named_as_it_is_now() -> None:
    old = text(
        listed(
            item("1.", "једно", flat("1.1. 1.2.", 10)),
            item("2.", "друго", flat("2.1. 2.2.", 20)),
            item("3.", "треће", flat("3.1.", 30)),
        )
    )
    new = text(listed(*old["blocks"][0]["content"][1:]))
    assert shown(old, new) == "1. 1.1. 1.2. 2. 2.1."


def test_the_rest_of_a_deeper_list_begins_anew_in_another_item() -> None:
    inner = flat("а) б) в) г)", 10)
    old = text(listed(item("1.", "једно", inner), item("2.", "друго")))
    lifted = {
        **inner["content"][1],
        "content": [*inner["content"][1]["content"], listed(*inner["content"][2:])],
    }
    new = text(listed(item("1.", "једно", listed(inner["content"][0])), lifted, item("2.", "друго")))
    assert shown(old, new) == "1. а) 2. а) б) 3."


def test_an_item_that_is_set_in_counts_as_the_deeper_ones_do_or_by_itself() -> None:
    one = flat("1. 2. 3.")
    first, second, third = one["content"]
    set_in = {**first, "content": [*first["content"], listed(second)]}
    assert shown(text(one), text(listed(set_in, third))) == "1. 1. 2."
    last = item("4.", "четврта", flat("а) б)", 10))
    old = text(listed(first, second, third, last))
    assert shown(old, text(listed(set_in, third, last))) == "1. а) 2. 3. а) б)"


def test_a_list_that_is_to_have_signs_has_no_numbers_and_the_other_way_round() -> None:
    one, two, signs = flat("1. 2. 3."), flat("4. 5.", 10), flat("– –", 20, ordered=False)
    signed = {**one, "attrs": {}}
    made = count_on(text(one, paragraph("меѓу"), two), text(signed, paragraph("меѓу"), two))
    assert (labels_in(made), kinds_in(made)) == (["•", "•", "•", "1.", "2."], [False, True])
    assert count_on(made, made) == made
    back = count_on(made, text({**made["blocks"][0], "attrs": {"ordered": True}}, *made["blocks"][1:]))
    assert labels_in(back)[:3] == ["1.", "2.", "3."]
    made = count_on(text(signs, paragraph("меѓу"), one), text(signs, paragraph("меѓу"), signed))
    assert labels_in(made) == ["–"] * 5
    numbered = {**signs, "attrs": {"ordered": True}}
    letters = flat("а) б)")
    made = count_on(text(letters, paragraph("меѓу"), signs), text(letters, paragraph("меѓу"), numbered))
    assert labels_in(made) == ["а)", "б)"] * 2


def test_a_list_of_other_words_counts() -> None:
    one = flat("4. 5.")
    assert shown(text(one), text(listed(item("4.", "а"), item("4.", "б"), item("5.", "в")))) == "4. 5. 6."


def test_rows_that_are_counted_go_on_counting() -> None:
    def row(label: str, words: str) -> Json:
        cells = [listed(item(label, "")), paragraph(words)]
        return {"type": "row", "content": [{"type": "cell", "content": [cell]} for cell in cells]}

    rows = [row(f"{n}.", f"мера {n}") for n in range(1, 5)]
    old = text({"type": "table", "content": rows})
    assert shown(old, text({"type": "table", "content": [rows[0], *rows[2:]]})) == "1. 2. 3."
    assert shown(old, text({"type": "table", "content": [*rows[:2], rows[1], *rows[2:]]})) == "1. 2. 3. 4. 5."


def test_a_text_whose_lists_stand_as_they_were_is_the_very_same() -> None:
    old = text(flat("1. 2. 2."), paragraph("између"), flat("3. 4.", 5))
    new = text(flat("1. 2. 2."), paragraph("другачије"), flat("3. 4.", 9))
    assert count_on(old, new) is new


@pytest.mark.parametrize(
    ("old", "sent", "labels"),
    [
        # Words of the first piece are others, so that by its items it is no piece.
        ([flat("1. 2. 3.")], [[("1.", "друге речи")], [1, 2]], "1. | 2. 3."),
        ([flat("1. 2. 3. 4. 5.")], [[("1.", "друге речи")], [1, 2, 3, 4]], "1. | 2. 3. 4. 5."),
        # An item that goes into another list counts as that one does, however short it is.
        ([flat("1. 2. 3."), flat("(a)", 10)], [[0, 2], [3, 1]], "1. 2. | (a) (b)"),
        ([flat("1. 2. 3."), listed(item("Член 1", "трећи"))], [[0, 2], [3, 1]], "1. 2. | Член 1 Член 2"),
        ([flat("1. 2. 3. 4. 5."), flat("(a) (b)", 10)], [[0, 1], [5, 6, 2, 3, 4]], "1. 2. | (a) (b) (c) (d) (e)"),
        # A lone Roman number goes on as one.
        ([flat("iii.")], [[0, ("", "ново")]], "iii. iv."),
        ([flat("I.")], [[0, ("", "ново")]], "I. II."),
        ([flat("C.")], [[0, ("", "ново")]], "C. D."),
    ],
)  # fmt: skip
def test_a_number_that_nobody_touched_stays(old: Any, sent: Any, labels: str) -> None:
    items = [one for block in old for one in block["content"]]
    new = [listed(*(item(*one) if isinstance(one, tuple) else items[one] for one in part)) for part in sent]
    between = [block for part in new for block in (paragraph("између"), part)]
    was = [block for part in old for block in (paragraph("између"), part)]
    made = count_on(text(*was), text(*between))
    parts = [" ".join(label_of(one) for one in block["content"]) for block in made["blocks"][1::2]]
    assert " | ".join(parts) == labels
