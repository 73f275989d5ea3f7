from __future__ import annotations

import pytest

from documents.annotations.anchor import around, find, stands_between

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
