"""What is typed in one script for a Serbian text that is kept in the other."""

from __future__ import annotations

import pytest

from documents.translation.script_choice import NAMES_TOO, in_script, is_mixed, typed_ways

CYRILLIC = "Радник зове Европол или Europol у року од 1 сата, по члану III. Пише на info@mup.rs. Ињекција."
LATIN = "Radnik zove Europol u roku od 1 sata. Piše na info@mup.rs."
BOTH = "Радник зове Центар за заштиту у року од 1 сата. Radnik popunjava obrazac i šalje ga službi."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("u roku od 7 dana", "у року од 7 дана"),
        ("zove Europol u roku od 7 dana", "зове Europol у року од 7 дана"),
        ("piše na pomoc@mup.rs i www.mup.gov.rs", "пише на pomoc@mup.rs и www.mup.gov.rs"),
        ("obaveštava GRETA i Wizz", "обавештава GRETA и Wizz"),
        ("u roku od 24 h ili 24h, na 50 km/h", "у року од 24 h или 24h, на 50 km/h"),
        ("5 hleba, 3 leta, 2 m i 10 %", "5 хлеба, 3 лета, 2 m и 10 %"),
        ("do 2026 g. i 5 t. 2", "до 2026 г. и 5 т. 2"),
        ("na račun IBAN RS35 1050 obrasca A4", "на рачун IBAN RS35 1050 обрасца A4"),
        ("po članu 5A, kaže Müller iz MUP RS", "по члану 5А, каже Müller из МУП РС"),
        ("najjači, posttraumatski, kocka, prethodni", "најјачи, посттрауматски, коцка, претходни"),
        ("ne daje Injekcija", "не даје Ињекција"),
        ("Koordinator, Prethodno i Ophođenje", "Координатор, Претходно и Опхођење"),
        ("7 dana", "7 дана"),
        ("7", "7"),
        ("у року од 7 дана", "у року од 7 дана"),
    ],
)
def test_latin_letters_typed_for_a_cyrillic_text_that_is_read_in_latin(typed: str, kept: str) -> None:
    assert typed_ways(typed, "у року од 1 сата", CYRILLIC, "Cyrl", "Latn") == {"Cyrl": kept}


def test_cyrillic_letters_typed_for_a_latin_text_that_is_read_in_cyrillic() -> None:
    ways = typed_ways("зове Еуропол у року од 7 дана", "u roku od 1 sata", LATIN, "Latn", "Cyrl")
    assert ways == {"Latn": "zove Europol u roku od 7 dana"}


def test_where_one_cannot_be_sure_both_ways_are_given() -> None:
    both = {"Cyrl": "у року од 7 дана", "Latn": "u roku od 7 dana"}
    # Both scripts in one section.
    assert is_mixed(BOTH) and not is_mixed(CYRILLIC) and not is_mixed(LATIN)
    assert typed_ways("u roku od 7 dana", "у року од 1 сата", BOTH, "Cyrl", "Latn") == both
    # A section in the other script than the text.
    assert typed_ways("u roku od 7 dana", "u roku od 1 sata", LATIN, "Cyrl", "Latn") == both
    # Latin letters on a page in Cyrillic.
    assert typed_ways("u roku od 7 dana", "у року од 1 сата", CYRILLIC, "Cyrl", "Cyrl") == both
    # In place of a foreign name.
    assert set(typed_ways("Interpol", "Europol", CYRILLIC, "Cyrl", "Latn").values()) == {
        "Интерпол",
        "Interpol",
    }


@pytest.mark.parametrize(
    ("typed", "quote", "section"),
    [
        ("Interpol", "Europol", CYRILLIC),
        ("зове Interpol", "зове Европол", CYRILLIC),
        ("у року од 7 дана", "у року од 1 сата", BOTH),
    ],
)
def test_on_a_page_that_shows_the_text_as_it_is_kept_it_is_meant_as_it_stands(
    typed: str, quote: str, section: str
) -> None:
    assert typed_ways(typed, quote, section, "Cyrl", "Cyrl") == {"Cyrl": typed}


def test_a_word_of_the_section_is_written_as_it_stands_there() -> None:
    assert in_script("Tanjug javlja", "Cyrl", "Јавља Танјуг.") == "Танјуг јавља"
    assert in_script("konjunktura Europol", "Cyrl") == "конјунктура Еуропол"


def test_what_may_be_a_foreign_name_is_kept_and_asked_for() -> None:
    for typed, kept, turned in (
        ("vodi ga Deutsche Bank", "води га Deutsche Bank", "води га Деутсцхе Банк"),
        (
            "kod Philips i u Piazza Navona",
            "код Philips и у Piazza Navona",
            "код Пхилипс и у Пиаззa Навона".replace("a", "а"),
        ),
        ("leti Wizz Air", "лети Wizz Air", "лети Wizz Аир"),
        ("Porsche", "Porsche", "Порсцхе"),
    ):
        ways = typed_ways(typed, "у року од 1 сата", CYRILLIC, "Cyrl", "Latn")
        assert ways == {"Cyrl": kept, NAMES_TOO: turned}
    # What the section has in Latin letters is sure.
    section = CYRILLIC + " Новац је у Deutsche Bank."
    assert typed_ways("vodi ga Deutsche Bank", "у року", section, "Cyrl", "Latn") == {
        "Cyrl": "води га Deutsche Bank"
    }
    # A Latin text has nothing to ask for.
    assert typed_ways("лети Wizz Air", "u roku", LATIN, "Latn", "Cyrl") == {"Latn": "leti Wizz Air"}
    assert typed_ways("Porsche", "Europol", CYRILLIC, "Cyrl", "Cyrl") == {"Cyrl": "Porsche"}


def test_a_word_of_any_length_is_read_once() -> None:
    """Twenty times what a comment may hold: where each letter begins the search anew this does not end."""
    for word in ("a" * 100_000, "č" * 100_000, "ch" * 50_000, "9" * 100_000, "A" * 100_000):
        assert in_script(word, "Cyrl")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("do 37 °C", "до 37 °C"),
        ("pošaljite e-mail", "пошаљите e-mail"),
        ("preko Wi-Fi mreže", "преко Wi-Fi мреже"),
        ("soba od 12 m2", "соба од 12 m2"),
        ("rok od 24-h", "рок од 24-h"),
        ("tačka 3 g) ovog člana", "тачка 3 г) овог члана"),
        ("u 2026 g", "у 2026 г"),
        ("masa 5 g", "маса 5 g"),
    ],
)
def test_units_and_words_with_a_dash_and_the_letters_of_items(typed: str, kept: str) -> None:
    assert in_script(typed, "Cyrl") == kept
