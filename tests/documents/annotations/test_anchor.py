from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from documents.comments.anchor import around, as_words, find, is_whole, like, places, stands_between
from documents.comments.follow import follow, followed
from documents.comments.parts import Parts
from documents.comments.proof import PutIn, proven

TEXT = (
    "The worker calls the centre within 24 hours. The centre calls back within 24 hours, at any time of day."
)


def words(found: tuple[int, int] | None, text: str = TEXT) -> str | None:
    return None if found is None else text[slice(*found)]


def test_the_surroundings_decide_between_two_places() -> None:
    second = TEXT.rindex("within 24 hours")
    prefix, suffix = around(TEXT, second, second + len("within 24 hours"))
    assert find("within 24 hours", prefix, suffix, TEXT) == (second, second + 15)
    assert find("within 24 hours", "the centre ", ". The centre", TEXT) == (28, 43)


def test_what_was_seen_around_words_stands_around_them_or_they_are_others() -> None:
    first = find("24 hours", "calls the centre within ", ". The centre calls back", TEXT)
    assert first and stands_between(first, "calls the centre\nwithin ", ". The centre calls back", TEXT)
    assert stands_between(first, "", "", TEXT)
    assert not stands_between(first, "a statement is signed before ", " have gone by", TEXT)


def test_a_quote_follows_its_text_when_that_moves() -> None:
    moved = "A new sentence came before. " + TEXT
    assert (
        words(find("The centre calls back", "24 hours. ", " within", moved), moved) == "The centre calls back"
    )


def test_other_spaces_and_line_breaks_are_the_same_words() -> None:
    assert words(find("calls  the\ncentre", "", "", TEXT)) == "calls the centre"


def test_words_that_were_edited_a_little_are_found_whole() -> None:
    edited = TEXT.replace("The worker calls the centre", "The social worker calls the centre")
    found = words(find("The worker calls the centre within 24 hours", "", "", edited), edited)
    assert found is not None and "worker calls the centre within 24 hours" in found
    assert not found[0].isspace()


@pytest.mark.parametrize("quote", ["an interpreter signs a declaration of secrecy", "zzz", "", "  \n "])
def test_what_is_gone_is_gone(quote: str) -> None:
    assert find(quote, "", "", TEXT) is None


def test_a_long_quote_in_a_long_text_ends_in_time() -> None:
    text = "слово " * 40_000
    assert find("нема го " * 200, "", "", text) is None


TWICE = "Рок за одговор: 2 часа. Надлежен е Центарот.\nЦентарот известува во рок од 2 часа од првиот контакт."


def _second(text: str, quote: str) -> tuple[int, int]:
    return text.rindex(quote), text.rindex(quote) + len(quote)


def _first(text: str, quote: str) -> tuple[int, int]:
    return text.index(quote), text.index(quote) + len(quote)


@pytest.mark.parametrize("where", [_first, _second])
def test_words_that_became_others_are_not_looked_for_in_like_ones(
    where: Callable[[str, str], tuple[int, int]],
) -> None:
    own, other = where(TWICE, "2 часа"), (_second if where is _first else _first)(TWICE, "2 часа")
    changed = TWICE[: own[0]] + "3 часа" + TWICE[own[1] :]
    assert follow(own, TWICE, changed) is None
    assert follow(other, TWICE, changed) == other


def test_a_place_is_followed_through_edits_beside_it_and_within() -> None:
    second = _second(TWICE, "2 часа")
    longer = "Нова реченица пред сѐ, со рок од 2 часа. " + TWICE.replace(
        "Центарот известува", "Тој ги известува сите"
    )
    assert follow(second, TWICE, longer) == _second(longer, "2 часа")
    whole = _second(TWICE, "известува во рок од 2 часа од првиот контакт")
    near = TWICE.replace("првиот контакт", "првиот разговор")
    assert words(follow(whole, TWICE, near), near) == "известува во рок од 2 часа од првиот"
    part = _second(TWICE, "нтакт")  # marked within a word
    assert words(follow(part, TWICE, "Прво. " + TWICE), "Прво. " + TWICE) == "нтакт"


def test_a_paragraph_that_was_moved_takes_its_words_with_it() -> None:
    lines = [
        "Рок за одговор: 2 часа. Надлежен е Центарот за социјална работа.",
        "Полицијата го придружува лицето до засолништето и останува таму додека не дојде стручно лице.",
        "Центарот известува во рок од 2 часа од првиот контакт, а потоа секој ден.",
    ]
    before, after = "\n".join(lines), "\n".join([lines[2], *lines[:2]])
    place = before.rindex("2 часа")
    assert follow((place, place + 6), before, after) == _first(after, "2 часа")
    assert follow(_first(before, "2 часа"), before, after) == _second(after, "2 часа")


def test_words_that_were_taken_out_and_put_back_are_there_again() -> None:
    out = TWICE.replace("2 часа. Надлежен", "веднаш. Надлежен")
    prefix, suffix = around(TWICE, *_first(TWICE, "2 часа"))
    assert followed("2 часа", prefix, suffix, [TWICE, out]) is None
    assert followed("2 часа", prefix, suffix, [TWICE, out, TWICE]) == _first(TWICE, "2 часа")
    assert followed("2 часа", prefix, suffix, ["", TWICE]) == _first(TWICE, "2 часа")


SHORT = ("Полиција: рок 2 часа.", "Центар: рок 2 часа.", "Болница: рок 2 часа.")
LONG = (
    "Полициската станица го известува надлежниот центар во рок од 2 часа од првиот контакт.",
    "Центарот за социјална работа ја известува болницата во рок од 2 часа од приемот.",
    "Болницата издава потврда во рок од 2 часа.",
)


@pytest.mark.parametrize("lines", [SHORT, LONG])
@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_like_lines_that_change_places_keep_their_own_marks(
    lines: tuple[str, ...], order: tuple[int, ...]
) -> None:
    before, after = "\n".join(lines), "\n".join(lines[n] for n in order)
    for line in lines:
        at, now = (text.index(line) + line.index("2 часа") for text in (before, after))
        assert follow((at, at + 6), before, after) == (now, now + 6), line


@pytest.mark.parametrize("gone", [0, 1])
def test_a_line_that_went_leaves_its_mark_to_no_other_that_was_reworded(gone: int) -> None:
    before = "\n".join(SHORT[:2])
    after = SHORT[1 - gone].replace("Центар", "Надлежен центар").replace("Полиција", "Полициска служба")
    marks = [before.index(line) + line.index("2 часа") for line in SHORT[:2]]
    now = after.index("2 часа")
    assert follow((marks[gone], marks[gone] + 6), before, after) is None
    assert follow((marks[1 - gone], marks[1 - gone] + 6), before, after) == (now, now + 6)


def test_words_that_stand_thousands_of_times_are_followed_where_they_stayed() -> None:
    before = "и тоа " * 2_000
    assert follow((600, 601), before, "Прво. " + before) == (606, 607)


def test_a_like_line_that_is_written_after_the_marked_one_went_is_a_new_one() -> None:
    before, without = "\n".join(SHORT[:2]), SHORT[1]
    prefix, suffix = around(before, *_first(before, "2 часа"))
    like, back = "\n".join((SHORT[1], SHORT[2])), "\n".join((SHORT[1], SHORT[0]))
    assert followed("2 часа", prefix, suffix, [before, without, like]) is None
    # Cut in one save and pasted in the next.
    assert followed("2 часа", prefix, suffix, [before, without, back]) == _second(back, "2 часа")


def test_a_long_line_that_stands_twice_is_told_apart_too() -> None:
    line = "Надлежен орган: Министерство за внатрешни работи, Сектор за гранични работи."
    before = f"Чекор 1\n{line}\nЧекор 2\n{line}"
    after = f"Чекор 1\nНадлежен орган: Центар за социјална работа.\nЧекор 2\n{line}"
    first, second = _first(before, line), _second(before, line)
    assert followed(line, *around(before, *first), [before, after]) is None
    assert followed(line, *around(before, *second), [before, after]) == _second(after, line)


def test_a_whole_line_that_is_gone_does_not_come_back_as_a_like_one_elsewhere() -> None:
    first = (
        "Увод.\nРадник\nу року од 3 сата\nРазговара са лицем.\nПолиција\nу року од 24 h\nОбезбеђује пратњу."
    )
    swapped = first.replace("3 сата", "X").replace("24 h", "3 сата").replace("X", "24 h")
    later = swapped.replace("Увод.", "Нов увод.")
    at = first.index("у року од 24")
    quote = "у року од 24 h"
    before, after = around(first, at, at + len(quote))
    assert followed(quote, before, after, [first, swapped]) is None
    assert followed(quote, before, after, [first, swapped, later]) is None
    assert followed(quote, before, after, [first, swapped, first]) == (at, at + len(quote))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("brenda 12 orë ose 2 orë.", [False, True]),
        ("1.2 orë, 1,2 orë", [False, False]),
        ("2 orët", [False]),
        ("2 orë.5", [True]),
        ("(2 orë)", [True]),
    ],
)
def test_numbers_and_words_stand_there_whole_or_within_longer_ones(text: str, whole: list[bool]) -> None:
    found = places("2 orë", text)
    assert [is_whole(one, text) for one in found] == whole
    assert len(as_words(found, text)) == (whole.count(True) or len(whole))


def test_typed_words_are_the_whole_ones_and_their_like_too() -> None:
    text = "brenda 12 orë ose 2 orë"
    found = find("2 orë", "", "", text)
    assert found == (18, 23) and like(found, text) == [found]
    assert like((8, 13), text) == [(8, 13), (18, 23)]


def test_a_number_does_not_become_a_longer_one() -> None:
    before = "Policia njofton brenda 2 orë qendrën."
    assert follow((23, 28), before, before.replace("2 orë", "12 orë")) is None


def listed(*items: str) -> dict[str, object]:
    def paragraph(text: str) -> dict[str, object]:
        return {"type": "paragraph", "content": [{"type": "text", "text": text}]}

    return {"type": "list", "content": [{"type": "item", "content": [paragraph(one)]} for one in items]}


def test_an_item_of_a_list_is_known_by_its_list_and_what_leads_to_it() -> None:
    def text(lead: str, *items: str, before: str = "Прв пасус.") -> Parts:
        paragraphs = [
            {"type": "paragraph", "content": [{"type": "text", "text": one}]} for one in (before, lead)
        ]
        return Parts.read({"heading": [], "blocks": [*paragraphs, listed(*items)], "notes": {}})

    items = ("одговара на пријавата во рок од 2 часа од приемот", "го известува центарот во рок од 5 часа")
    first = text("Болницата", *items)
    at = first.text.index("2 часа")
    marked = ("2 часа", *around(first.text, at, at + 6))
    assert proven(*marked, [first]) == (at, at + 6)
    # What stands directly before the lead says of whom the lead speaks.
    elsewhere = text("Болницата", *items, before="Друг пасус.")
    assert proven(*marked, [first, elsewhere]) is None
    assert proven(*marked, [first, text("Азилот", *items)]) is None
    assert proven(*marked, [first, text("Болницата", items[0])]) is None
    changed = text("Болницата", items[0], items[1].replace("5 часа", "7 часа"))
    assert proven(*marked, [first, changed]) is None
    assert proven(*marked, [first, changed], [PutIn("5 часа", "7 часа")]) == (at, at + 6)
