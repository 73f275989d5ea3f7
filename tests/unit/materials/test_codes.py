"""Codes and code words of materials."""

from __future__ import annotations

from materials.codes import LENGTH, LETTERS, new_code, new_code_word, sound, words
from public.languages import PUBLIC


def test_codes_have_no_lookalikes() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {LENGTH}
    assert not set("01IOLSU5AE") & set(LETTERS)


def test_each_language_has_words_of_its_own() -> None:
    for tag in PUBLIC:
        own = words(tag)
        assert len(set(own)) == 30, tag
        assert tag == "en" or own != words("en")


def test_a_word_is_given_once() -> None:
    taken: set[str] = set()
    for _ in range(70):
        taken.add(new_code_word("en", taken))
    # The same word in another script sounds the same.
    assert new_code_word("sr-latn", {sound("јабука")}) != "jabuka"
    assert new_code_word("sr-cyrl", {"jabuka"}) == words("sr-cyrl")[1]
    assert len(taken) == 70
    assert {"apple", "apple 2", "apple 3"} <= taken
