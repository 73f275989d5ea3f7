"""Serbian and Montenegrin from one script to the other."""

import pytest

from documents.translation.scripts import CYRILLIC, LATIN, script_of, to_cyrillic, to_latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Члан 5. Жртва трговине људима", "Član 5. Žrtva trgovine ljudima"),
        ("Љубав ЉУБАВ Уљ УЉ Џемпер", "Ljubav LJUBAV Ulj ULJ Džemper"),
        ("Његош, ЊЕГОШ, Њ. Петровић, КОЊ", "Njegoš, NJEGOŠ, Nj. Petrović, KONJ"),
        ("инјекција, надживети, конјунктура, Танјуг", "injekcija, nadživeti, konjunktura, Tanjug"),
        ("оџак, џеп, буџет, наруџба", "odžak, džep, budžet, narudžba"),
        ("СТРАТЕГИЈА И АКЦИОНИ ПЛАН ЗА БОРБУ", "STRATEGIJA I AKCIONI PLAN ZA BORBU"),
        ("И поред тога, МУП-а и ЕУ", "I pored toga, MUP-a i EU"),
        ("с\u0301екира, З\u0301еница", "śekira, Źenica"),
        ("ГЛАВА VI", "GLAVA VI"),
        ("Део I односи се на члан IV.", "Deo I odnosi se na član IV."),
        ("I. ОПШТЕ ОДРЕДБЕ", "I. OPŠTE ODREDBE"),
        ("Извештај GRETA-е и IOM-а", "Izveštaj GRETA-e i IOM-a"),
        ("ПРЕПОРУКЕ GRETA И UNODC", "PREPORUKE GRETA I UNODC"),
        ("Петар В. Петровић", "Petar V. Petrović"),
    ],
)
def test_each_script_from_the_other(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    "address",
    [
        "https://mup.gov.rs/ljudi?a=b",
        "www.centar.rs",
        "pomoc@centar-zrtve.gov.rs",
        "centar.rs/nj",
        "www.људи.срб",
    ],
)
def test_addresses_stay(address: str) -> None:
    assert to_cyrillic(f"Piši na {address}.") == f"Пиши на {address}."
    assert to_latin(f"Пиши на {address}, па чекај.") == f"Piši na {address}, pa čekaj."


def test_foreign_words_stay() -> None:
    assert to_cyrillic("Windows i Excel, taxi") == "Windows и Excel, taxi"


def test_latin_survives_both_ways() -> None:
    text = "Drugi put je đak nosio žutu čašu; ćurka, šuma, ljiljan i džungla."
    assert to_latin(to_cyrillic(text)) == text
    assert to_latin(text) == text
    assert to_cyrillic(to_cyrillic(text)) == to_cyrillic(text)


def test_letters_that_are_one_character() -> None:
    assert to_cyrillic("ǌega, ǉudi, ǆep, Ðorđe") == "њега, људи, џеп, Ђорђе"


def test_decomposed_letters() -> None:
    assert to_cyrillic("z\u030crtva") == "жртва"


def test_script_of() -> None:
    assert script_of("Жртва (IOM)") == CYRILLIC
    assert script_of("Žrtva") == LATIN
    assert script_of("5. 2.") == ""
