from __future__ import annotations

from collections.abc import Callable

import pytest

from documents.annotations.anchor import around, find, follow, stands_between
from documents.annotations.places import followed

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
