"""Text quotes in a text that may have changed: where they are marked, and where they are certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text.text_quote import around, locate, places

TEXT = (
    "The worker calls the centre within 24 hours. The centre calls back within 24 hours, at any time of day."
)
FIRST, SECOND = TEXT.index("within 24"), TEXT.rindex("within 24")


def anchored(quote: str, text: str = TEXT, nth: int = 0) -> tuple[str, str, str]:
    place = places(quote, text)[nth]
    return quote, *around(text, *place)


def words(place: tuple[int, int] | None, text: str = TEXT) -> str | None:
    return None if place is None else text[slice(*place)]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 30))
def test_words_of_an_unchanged_text_are_marked_where_they_stand(start: int, length: int) -> None:
    quote = TEXT[start : start + length]
    place = locate(quote, *around(TEXT, start, min(len(TEXT), start + length)), TEXT).place
    # Within a word, like whole words elsewhere may be meant.
    assert place is None or words(place, TEXT).split() == quote.split()  # type: ignore[union-attr]


@pytest.mark.parametrize(("nth", "start"), [(0, FIRST), (1, SECOND)])
def test_the_surroundings_decide_which_of_two_places_is_marked(nth: int, start: int) -> None:
    found = locate(*anchored("within 24 hours", nth=nth), TEXT)
    assert found.place == (start, start + 15)
    assert found.certain is None, "it stands there twice: a person puts other words in"


@pytest.mark.parametrize(
    ("after", "marked", "certain"),
    [
        (TEXT, True, True),
        ("A new paragraph.\n" + TEXT.replace("hours. The", "hours.\nThe"), True, True),  # other line breaks
        (TEXT.replace("at any time", "day and night"), True, True),  # on one side
        (TEXT + " It calls back once more.", False, False),
        (TEXT.replace("calls back", "answers"), False, False),
    ],
)
def test_words_are_certain_while_one_side_of_them_is_as_it_was(
    after: str, marked: bool, certain: bool
) -> None:
    found = locate(*anchored("calls back"), after)
    assert (found.place is not None, found.certain is not None) == (marked or "once" in after, certain)


def test_of_like_places_none_is_marked_where_either_may_be_meant() -> None:
    text = "Call the centre.\nWrite the time down.\nCall the centre.\nWait."
    found = locate(*anchored("Call the centre.", text, 1), text.replace("Wait.", "Write it down."))
    assert found.ambiguous and found.certain is None


def test_like_words_elsewhere_get_nothing_by_a_click() -> None:
    text = "Term for an answer: 2 hours.\nThe centre is told within 2 hours of the first contact."
    found = locate(*anchored("2 hours", text), text.replace("answer: 2", "answer: 3"))
    assert found.count == 1 and found.certain is None


@pytest.mark.parametrize(
    ("quote", "count"),
    [("24 hours", 2), ("4 hours", 2), ("calls  the\ncentre", 1), ("zzz", 0), ("", 0), ("  \n ", 0)],
)
def test_places(quote: str, count: int) -> None:
    assert len(places(quote, TEXT)) == count


def test_numbers_and_words_are_meant_whole() -> None:
    assert len(places("2 hours", "12 hours or 2 hours, 1.2 hours")) == 1


def test_a_long_quote_in_a_long_text_ends_in_time() -> None:
    assert not locate("нема го " * 200, "", "", "слово " * 40_000).count
