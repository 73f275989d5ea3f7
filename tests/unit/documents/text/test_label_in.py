"""A label said in another language: what is only a number stays, a word is said, what nobody knows is left."""

from __future__ import annotations

import pytest

from documents.text.division_names import LANGUAGES, name_in, written_in
from documents.text.label_translation import label_in, typed_length
from documents.word.read.outline import heading_numbers


@pytest.mark.parametrize("label", ["3.1", "A.", "II", "(a)", "§ 5", "1–3", "б)", "iv.", "IV.2", "aa)", "5-а"])
def test_a_number_alone_stays(label: str) -> None:
    assert label_in(label, "mk", "sq") == label


@pytest.mark.parametrize(
    ("label", "source", "target", "said"),
    [
        ("Article 1.", "en", "sq", "Neni 1."),
        ("Article 1.", "en", "mk", "Член 1."),
        ("Член 5-а", "mk", "sq", "Neni 5-а"),
        ("Članak 12", "hr", "sr", "Члан 12"),
        ("Art. 7)", "en", "sq", "Neni 7)"),
        ("Chapter I", "en", "sq", "Kreu I"),
        ("Kreu I", "sq", "mk", "Глава I"),
        ("Poglavlje 2", "hr", "mk", "Поглавје 2"),
        ("CHAPTER\u00a0IV.", "en", "mk", "ГЛАВА\u00a0IV."),
        ("chapter 3:", "en", "bs", "glava 3:"),
        ("Section 2", "en", "sq", "Seksioni 2"),
        ("Title II", "en", "sq", "Titulli II"),
        ("Део III", "sr", "en", "Part III"),
        ("Deo III", "sr", "en", "Part III"),
        ("Annex", "en", "mk", "Прилог"),
        ("Annex No. 2", "en", "sq", "Shtojca Nr. 2"),
        ("Appendix B", "en", "hr", "Dodatak B"),
        ("(Goal 1.2)", "en", "mk", "(Цел 1.2)"),
        ("Cilj 3", "bs", "sq", "Qëllimi 3"),
        ("Mjera 4.1", "cnr", "en", "Measure 4.1"),
        ("Чекор 2", "mk", "en", "Step 2"),
    ],
)
def test_a_word_is_said_in_the_other_language(label: str, source: str, target: str, said: str) -> None:
    assert label_in(label, source, target) == said


@pytest.mark.parametrize(
    "label", ["Глава прва", "Chapter One", "Strategic goal 1", "Kapittel 3", "5bis", "1. Article", "Tryeza 2"]
)
def test_a_word_that_nobody_knows_and_a_number_in_words_are_left(label: str) -> None:
    assert label_in(label, "en", "sq") == ""


def test_every_language_has_a_word_for_what_laws_are_made_of() -> None:
    known = [language for language in LANGUAGES if language != "sr-latn"]
    for word in (
        "article", "chapter", "section", "part", "title", "annex", "appendix", "goal", "measure", "step",
    ):  # fmt: skip
        for language in known:
            assert name_in(word, "en", language), (word, language)
            assert name_in(name_in(word, "en", language), language, "en"), (word, language)


def test_the_same_words_are_told_at_the_start_of_headings() -> None:
    for language, word in written_in("article").items():
        assert heading_numbers.looks_as(f"{word} 5 Words") == ("article", f"{word} 5"), language
    for word in ("Kreu", "Поглавље", "Odjeljak", "Titulli"):
        assert heading_numbers.looks_as(f"{word} II")[0] == "chapter"
    # What is only ever written is a word of a sentence when it is read.
    for word in ("Title", "Section", "Naslov"):
        assert heading_numbers.looks_as(f"{word} 5 holds") == ("", "")


@pytest.mark.parametrize(
    ("heading", "label", "rest"),
    [
        ("Neni 1. Qëllimi", "Neni 1.", "Qëllimi"),
        ("NENI 1 – Qëllimi", "Neni 1.", "Qëllimi"),
        ("Neni 1: Qëllimi", "Neni 1.", "Qëllimi"),
        ("3.1 Qëllimi", "3.1", "Qëllimi"),
        ("A. Qëllimi", "A.", "Qëllimi"),
        ("Neni 12 Qëllimi", "Neni 1.", ""),
        ("Neni 1-a Qëllimi", "Neni 1", ""),
        ("Neni 1.2 Qëllimi", "Neni 1.", ""),
        ("A ka afat", "A.", ""),
        ("1 janari", "1", ""),
        ("Qëllimi", "", ""),
    ],
)
def test_the_number_of_a_section_is_told_where_it_was_typed(heading: str, label: str, rest: str) -> None:
    typed = typed_length(heading, label)
    assert heading[typed:] == (rest or heading)
