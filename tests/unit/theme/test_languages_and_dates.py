"""Language tags and dates: pure, against what a reader of each language expects."""

from datetime import UTC, date, datetime

import pytest

from theme import dates, locales

DEADLINE = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("tag", "html", "direction", "script"),
    [
        ("sr-cyrl", "sr-Cyrl", "ltr", "cyrillic"),
        ("sr-latn", "sr-Latn", "ltr", "latin"),
        ("sr", "sr", "ltr", "cyrillic"),
        ("mk", "mk", "ltr", "cyrillic"),
        ("cnr", "cnr", "ltr", "latin"),
        ("pt_br", "pt-BR", "ltr", "latin"),
        ("ps", "ps", "rtl", "other"),
        ("prs", "prs", "rtl", "other"),
        ("ur", "ur", "rtl", "other"),
        ("ku-arab", "ku-Arab", "rtl", "other"),
        ("ar-latn", "ar-Latn", "ltr", "latin"),
    ],
)
def test_a_tag_gives_lang_direction_and_script(tag: str, html: str, direction: str, script: str) -> None:
    assert locales.html_lang(tag) == html
    assert locales.direction(tag) == direction
    assert locales.script(tag) == script


def test_a_language_is_named_in_itself_and_an_unknown_one_by_its_tag() -> None:
    assert locales.native_name("sr-cyrl") == "Српски"
    assert locales.native_name("en-gb") == "English"
    assert locales.native_name("xx-latn") == "xx-Latn"


@pytest.mark.parametrize(
    ("tag", "label", "after"),
    [
        ("sr-cyrl", "петак, 4. децембар 2026.", "петка, 4. децембра 2026."),
        ("sr-latn", "petak, 4. decembar 2026.", "petka, 4. decembra 2026."),
        ("cnr", "petak, 4. decembar 2026.", "petka, 4. decembra 2026."),
        ("bs", "petak, 4. decembar 2026.", "petka, 4. decembra 2026."),
        ("hr", "petak, 4. prosinca 2026.", "petka, 4. prosinca 2026."),
        ("sq", "e premte, 4 dhjetor 2026", "të premten, 4 dhjetor 2026"),
        ("mk", "петок, 4 декември 2026 г.", "петок, 4 декември 2026 г."),
        ("en", "Friday, 4 December 2026", "Friday, 4 December 2026"),
    ],
)
def test_a_date_stands_as_the_language_writes_it(tag: str, label: str, after: str) -> None:
    def plain(text: str) -> str:
        # CLDR versions differ in the comma after an English weekday and in kinds of space.
        return text.replace("\u202f", " ").replace("\xa0", " ").replace("Friday 4", "Friday, 4")

    assert plain(dates.long_date(DEADLINE, tag, weekday=True)) == label
    assert plain(dates.of_date(DEADLINE, tag, weekday=True)) == after


def test_montenegrin_and_bosnian_weekdays_are_ijekavian_and_serbian_ones_ekavian() -> None:
    wednesday = date(2026, 12, 2)
    assert dates.of_date(wednesday, "cnr", weekday=True).startswith("srijede,")
    assert dates.of_date(wednesday, "bs", weekday=True).startswith("srijede,")
    assert dates.of_date(wednesday, "sr-latn", weekday=True).startswith("srede,")
    assert dates.long_date(wednesday, "cnr", weekday=True).startswith("srijeda,")


def test_every_month_has_its_form_after_a_preposition() -> None:
    for tag in ("sr-cyrl", "sr-latn", "bs", "cnr"):
        forms = {dates.of_date(date(2026, month, 1), tag) for month in range(1, 13)}
        assert len(forms) == 12
        assert all(form.split()[1].endswith(("a", "а")) for form in forms), forms


def test_a_short_date_names_its_month_and_carries_the_whole_year() -> None:
    assert dates.short_date(date(2026, 4, 3), "en") == "3 Apr 2026"
    assert dates.short_date(date(2026, 4, 3), "sr-cyrl") == "3. апр 2026."
    for tag in ("sq", "sr-cyrl", "sr-latn", "bs", "hr", "cnr", "mk", "en", "ar", "prs", "ps"):
        assert "2026" in dates.short_date(DEADLINE, tag)


def test_a_moment_is_a_date_and_a_clock() -> None:
    moment = datetime(2026, 11, 24, 9, 40, tzinfo=UTC)
    assert dates.long_moment(moment, "sr-cyrl") == "24. новембар 2026. 09:40"
    assert "24 November 2026" in dates.long_moment(moment, "en")
