"""What a text was changed into, change by change: each can be put in by itself, in any order."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from documents.text import block_text, normalise_body
from tests.documents.docx.build import cell, item, listing, para, table

Json = dict[str, Any]
SIGNS = "абвгдѓежзѕијклљмнњоп"
WORDS = ("жртва", "заштита", "полиција", "центар", "рок", "одлука", "лице", "дете", "помош", "разговор")


def body(*blocks: Json) -> Json:
    return normalise_body({"heading": [], "blocks": list(blocks), "notes": {}})


def numbered(*items: str) -> Json:
    return listing(True, *(item(f"{sign})", para(words)) for sign, words in zip(SIGNS, items, strict=False)))


def rows(*parts: str) -> Json:
    return table(*([cell(words), cell(words.partition(" ")[0])] for words in parts))


def parts_of(block: Json) -> list[str]:
    return [block_text(part) for part in block["content"]]


def put_all(old: Json, new: Json, order: list[int] | None = None) -> Json:
    found = suggestions(old, new)
    now = old
    for index in order if order is not None else range(len(found)):
        made = put_in(now, *(getattr(found[index], name) for name in ("kind", "before", "after", "place")))
        assert made is not None, (found[index].old, found[index].new)
        now = made
    return now


def all_orders(old: Json, new: Json) -> None:
    """All suggestions, accepted in any order, make the new text."""
    count = len(suggestions(old, new))
    assert count
    for order in permutations(range(count)):
        assert put_all(old, new, list(order)) == new, order


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("kind", [numbered, rows])
def test_an_item_that_comes_or_goes_leaves_those_behind_it_to_be_changed(kind: Any, backwards: bool) -> None:
    old = body(
        kind("полиција прима пријава", "центар сместува жртва", "тим дава превод", "орган носи одлука")
    )
    new = body(
        kind("нов прв ред", "полиција прима пријава", "тим дава бесплатен превод", "орган носи решение")
    )
    order = list(range(len(suggestions(old, new))))
    made = put_all(old, new, order[::-1] if backwards else order)
    assert parts_of(made["blocks"][0]) == parts_of(new["blocks"][0])


def test_an_item_parted_in_two_leaves_the_next_one_to_be_changed() -> None:
    old = body(
        numbered(
            "проверува дали одлуката е слободна;",
            "договара повторен контакт, ако лицето сака;",
            "го забележува одбивањето.",
        )
    )
    new = body(numbered("проверува дали одлуката е слободна;", "договара повторен контакт, ако ли", "цето сака;", "го запишува одбивањето."))  # fmt: skip
    assert put_all(old, new) == new


def test_rows_whose_words_are_all_taken_out_are_emptied_one_by_one() -> None:
    old = body(
        rows("Известете ја Канцеларијата", "стручното лице", "дваесет и четири часа", "по заштитен пат")
    )
    new = body(table(*[[cell(""), cell("")]] * 4))
    assert next((one.old, one.new) for one in suggestions(old, new)) == (
        "Известете ја Канцеларијата\nИзвестете",
        "",
    )
    assert len(suggestions(old, new)) == 4
    assert put_all(old, new) == new


def test_most_of_a_paragraph_changed_word_by_word_goes_in_to_the_last_one() -> None:
    old = body(para("Центарот ја сместува жртвата веднаш и бесплатно, а тимот носи одлука."))
    new = body(para("Центар за жртви ја прима жртвата во три дена и бесплатно, а орган носи решение."))
    assert put_all(old, new) == new


def test_a_list_that_went_is_not_taken_for_the_one_behind_it() -> None:
    first, second = (
        ("рок", "помош и заштита", "разговор со дете"),
        ("полиција прима пријава", "тим дава превод"),
    )
    old, new = (
        body(numbered(*first), numbered(*second)),
        body(numbered("полиција прима пријава", "тим дава бесплатен превод")),
    )
    assert sorted((one.kind, one.new) for one in suggestions(old, new)) == [
        ("changed", "бесплатен "),
        ("removed", ""),
    ]
    assert put_all(old, new) == new


def test_a_table_of_one_row_that_became_another_one_is_one_change() -> None:
    old, new = body(rows("Името не се објавува")), body(rows("Сосема друга порака за луѓето", "и уште една"))
    assert [one.kind for one in suggestions(old, new)] == ["changed"]
    assert put_all(old, new) == new


def test_a_table_of_which_no_row_stays_is_one_change() -> None:
    old = body(table([cell("полиција"), cell("пријава")], [cell("центар"), cell("помош")]))
    new = body(table([cell(""), cell("")], [cell("суд"), cell("одлука")], [cell("тим"), cell("превод")]))
    assert [one.kind for one in suggestions(old, new)] == ["changed"]
    assert put_all(old, new) == new
    emptied = body(table([cell(""), cell("")], [cell(""), cell("")], [cell(""), cell("")]))
    assert len(suggestions(old, emptied)) == 1


def test_a_list_that_only_counts_on_from_another_one_is_no_change() -> None:
    def counted(start: int, sign: str, *items: str) -> Json:
        labels = (f"{number}{sign}" for number in range(start, start + len(items)))
        return body(
            listing(True, *(item(label, para(words)) for label, words in zip(labels, items, strict=True)))
        )

    old = counted(1, ".", "центар", "тим")
    assert suggestions(old, counted(7, ".", "центар", "тим")) == []
    assert [one.kind for one in suggestions(old, counted(1, ")", "центар", "тим"))] == ["changed"]
    assert [one.new for one in suggestions(old, counted(7, ".", "центар", "нов тим"))] == ["нов "]


def test_a_word_of_two_that_changed_is_one_change_and_not_another_paragraph() -> None:
    found = suggestions(body(para("Одлука Владата")), body(para("Одлука Собрание")))
    assert [(one.kind, one.old, one.new) for one in found] == [("changed", "Владата", "Собрание")]


CHANGES = st.lists(
    st.sampled_from(["as it is", "word", "gone", "new behind", "parted"]), min_size=2, max_size=7
)


@settings(deadline=None, max_examples=60)
@given(changes=CHANGES, kind=st.sampled_from([numbered, rows]), data=st.data())
def test_whatever_becomes_of_the_items_each_change_goes_in_in_any_order(
    changes: list[str], kind: Any, data: st.DataObject
) -> None:
    before, after = [], []
    for number, change in enumerate(changes):
        words = [f"{word}{number}" for word in (*WORDS[number:], *WORDS[:number])][:6]
        before.append(" ".join(words))
        if change == "gone":
            continue
        if change == "word":
            words[2] = f"измена{number}"
        after.append(" ".join(words[:4] if change == "parted" else words))
        after += [" ".join(words[4:])] if change == "parted" else []
        after += [f"сосема нов член под број {number}"] if change == "new behind" else []
    if not after:
        return
    old, new = body(kind(*before)), body(kind(*after))
    order = data.draw(st.permutations(range(len(suggestions(old, new)))))
    made = put_all(old, new, list(order))
    assert Counter(parts_of(made["blocks"][0])) == Counter(parts_of(new["blocks"][0]))


def test_a_table_that_got_another_column_is_one_change() -> None:
    old = body(rows("полиција прима пријава", "центар сместува жртва"))
    (wide,) = old["blocks"]
    for new in (
        table(*([*row["content"], cell("рок")] for row in wide["content"])),
        table(*(row["content"][:1] for row in wide["content"])),
    ):
        assert [one.kind for one in suggestions(old, body(new))] == ["changed"]
        assert put_all(old, body(new)) == body(new)


def test_a_row_that_went_with_the_column_that_it_alone_had_is_one_change() -> None:
    old = body(
        table([cell("полиција"), cell("тим"), cell("суд")], [cell("центар", colspan=2), cell("помош")])
    )
    new = body(table([cell("центар"), cell("помош")]))
    assert len(suggestions(old, new)) == 1 and put_all(old, new) == new
