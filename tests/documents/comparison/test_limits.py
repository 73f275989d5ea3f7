"""Limits and dates that changed, in figures and in words, each told once and only where it is sure."""

from __future__ import annotations

import pytest

from documents.comparison import compare
from documents.comparison.durations import hours, is_date
from documents.comparison.facts.sentence import sentence
from documents.pages.compare.summary import lead
from tests.documents.comparison.build import Json, paragraph, section, step, table, tree

LONG = "The social worker meets the person in a quiet room and explains every right in plain words."


def told(old: Json, new: Json) -> list[tuple[str, str, str]]:
    change = compare(tree(section("s", LONG, old)), tree(section("s", LONG, new))).sections[0]
    facts = [fact for fact in sentence(change) if str(fact.kind).startswith(("limit", "date"))]
    return [(str(fact.kind), fact.old or str(fact.count), fact.new) for fact in facts]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("седам дана", 168), ("shtatë ditë", 168), ("три дена", 72), ("Tri ditë", 72), ("пет радних дана", 120),
        ("two hours", 2), ("24 часа", 24), ("tridhjetë ditë", 720), ("једна година", 8760), ("2029 година", None),
        ("седам жена", None), ("many days", None), ("одмах", None), ("thirty (30) days", 720), ("30 (тридесет) дана", 720),
        ("pesë (5) ditë pune", 120), ("one year and six months", 13140), ("1 sat", 1), ("three sat", None), ("tri minutna", None),
        ("pet vitalna", None), ("две неделиви", None), ("thousand days", None), ("hiljadu dana", 24000), ("two days and a half", None),
    ],
)  # fmt: skip
def test_spans_are_read_in_figures_and_in_words(text, said):
    assert hours(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "31. јануар", "28. фебруар", "декември 2026", "јуни 2028", "септември 2027 година", "1. 10. 2026.", "31.12.2028",
        "mars 2028", "15 dhjetor 2027", "31. siječnja 2027.", "30 June 2026", "June 2026", "December 12, 2026", "2026-10-01",
        "2029 година", "31 јануари",
    ],
)  # fmt: skip
def test_dates_of_every_language_are_known(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["2026", "мај", "5 мајки", "2 marke", "5 novih", "12.2", "март и април", "члан 5. став 2.", "3 mara"],
)
def test_what_is_no_date_is_called_none(text):
    assert not is_date(text)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("седам дана", "три дана", "limit_shortened"),
        ("24 часа", "три дана", "limit_lengthened"),
        ("31. јануар", "28. фебруар", "limit_changed"),
        ("седам дана", "одмах", "limit_changed"),
        ("седам дана", "пет радних дана", "limit_changed"),
    ],
)
def test_a_limit_of_a_step_is_told(old, new, kind):
    assert told(step("Доставити", "лице", old), step("Доставити", "лице", new)) == [(kind, old, new)]


def test_the_same_limit_in_other_spelling_is_none():
    assert told(step("x", "y", "24 hours"), step("x", "y", "one day")) == []


def test_a_limit_in_words_in_the_text_is_told():
    old, new = "Комисија одлучује у року од {} дана од пријема.", "седам три"
    before, after = (paragraph(old.format(word)) for word in new.split())
    assert told(before, after) == [("limit_shortened", "седам дана", "три дана")]
    before, after = (paragraph(f"У комисији је {word} чланова.") for word in ("седам", "пет"))
    assert told(before, after) == []


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("lasts 30 days and", "lasts at least 90 days and", ("limit_changed", "30 days", "at least 90 days")),
        ("not later than 8 days after", "not later than eight working days after", ("limit_changed", "8 days", "eight working days")),
        ("траје 30 дана и", "траје најмање 90 дана и", ("limit_changed", "30 дана", "најмање 90 дана")),
        ("within 5 days of", "within 3 weeks of", ("limit_lengthened", "5 days", "3 weeks")),
        ("lasts 5 years and", "lasts 5 months and", ("limit_shortened", "5 years", "5 months")),
        ("traje pet meseci i", "traje pet godina i", ("limit_lengthened", "pet meseci", "pet godina")),
        ("within 24 hours it", "within 2 days it", ("limit_lengthened", "24 hours", "2 days")),
        ("within 24 hours it", "within 1 day it", None),
        ("lasts 30 days and", "lasts one month and", ("limit_changed", "30 days", "one month")),
        ("within 10 days of", "within 10 working days of", ("limit_changed", "10 days", "10 working days")),
    ],
)  # fmt: skip
def test_a_limit_is_told_where_more_than_the_number_changed(old, new, fact):
    before, after = (paragraph(f"The recovery period {words} may be extended once.") for words in (old, new))
    assert told(before, after) == ([fact] if fact else [])


@pytest.mark.parametrize(
    ("text", "old", "new", "kind"),
    [
        ("within {} of the report", "thirty (30) days", "sixty (60) days", "limit_lengthened"),
        ("brenda {} nga dita", "tridhjetë (30) ditë", "gjashtëdhjetë (60) ditë", "limit_lengthened"),
        ("у року од {} од дана", "тридесет (30) дана", "шездесет (60) дана", "limit_lengthened"),
        ("во рок од {} од денот", "триесет (30) дена", "шеесет (60) дена", "limit_lengthened"),
        ("u roku od {} od dana", "trideset (30) dana", "šezdeset (60) dana", "limit_lengthened"),
        ("u roku od {} od dana", "30 (trideset) dana", "15 (petnaest) dana", "limit_shortened"),
        ("within {} of the report", "twenty-one (21) days", "thirty-five (35) days", "limit_lengthened"),
    ],
)  # fmt: skip
def test_a_limit_written_in_words_and_in_figures_is_told_once(text, old, new, kind):
    before, after = (
        paragraph(f"The recovery period ends {text.format(limit)} and is over.") for limit in (old, new)
    )
    assert told(before, after) == [(kind, old, new)]


@pytest.mark.parametrize(
    ("old", "new"), [("1,000 hours", "900 hours"), ("1.000 sati", "900 sati"), ("2,5 dana", "2 dana")]
)
def test_a_sign_before_three_figures_parts_thousands(old, new):
    before, after = (paragraph(f"It lasts {limit} from the report on.") for limit in (old, new))
    assert told(before, after) == [("limit_shortened", old, new)]


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("1 500 dana", "2 000 dana", ""),
        ("step 9 120 days", "step 1 150 days", ""),
        ("step one two days", "step two two days", ""),
        ("1\u00a0000 days", "900 days", "shortened"),
        ("sto dvadeset dana", "dvjesto dvadeset dana", "lengthened"),
        ("trista dvadeset dana", "hiljadu dvadeset dana", "lengthened"),
        ("двесте и дваесет дена", "четиристотини и дваесет дена", "lengthened"),
        ("njëqind ditë", "një mijë e njëqind ditë", "lengthened"),
        ("1 000 days", "1000 days", ""),
        ("дваесет и четири часа", "дванаесет часа", "shortened"),
        ("njëzet e pesë ditë", "dhjetë ditë", "shortened"),
        ("сто дваесет дена", "шеесет дена", "shortened"),
        ("twenty-five days", "ten days", "shortened"),
        ("one hundred and twenty days", "sixty days", "shortened"),
        ("dvadeset i četiri sata", "24 sata", ""),
        ("četrdeset osam sati", "sedamdeset dva sata", "lengthened"),
    ],
)
def test_a_number_of_several_words_or_figures_is_read_whole(old, new, fact):
    before, after = (paragraph(f"It lasts {limit} from the report on.") for limit in (old, new))
    assert told(before, after) == ([(f"limit_{fact}", old, new)] if fact else [])


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("3 days and 5 hours", "4 days and 5 hours", "lengthened"),
        ("1 year and 6 months", "2 years and 9 months", "lengthened"),
        # Of "every 2 years and 30 days before" one may be longer and the other one shorter.
        ("2 years and 30 days", "1 year and 45 days", "changed"),
        ("two months and fifteen days", "fifty days", "shortened"),
        ("два месеца и петнаест дана", "два месеца", "shortened"),
        ("jedan mjesec dana i petnaest dana", "četrdeset dana", "shortened"),
        ("dy muaj dhe pesë ditë", "dy muaj dhe tre ditë", "shortened"),
        ("1 hour and 30 minutes", "90 minutes", ""),
        ("1 month and 30 days", "2 months", "changed"),
        ("3 days and 5 hours", "2 days and 30 hours", "changed"),
        ("1 year, 6 months", "2 years, 3 months", "changed"),
        ("2 working weeks", "12 working days", "changed"),
    ],
)
def test_a_limit_of_several_units_is_one(old, new, kind):
    before, after = (paragraph(f"It lasts {limit} from the report on.") for limit in (old, new))
    assert told(before, after) == ([(f"limit_{kind}", old, new)] if kind else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("no later than 90 days", "no earlier than 30 days"),
        ("no later than 90 days", "no earlier than 90 days"),
        ("within 30 days", "after 10 days"),
        ("up to 30 days", "more than 60 days"),
        ("jo më vonë se 30 ditë", "jo më herët se 10 ditë"),
        ("brenda 30 ditëve", "pas 10 ditëve"),
        ("најдоцна 30 дена", "најмалку 10 дена"),
        ("во рок од 30 дена", "по 30 дена"),
        ("најкасније 30 дана", "најраније 10 дана"),
        ("najkasnije 30 dana", "najmanje 10 dana"),
        ("ne duže od 30 dana", "ne kraće od 10 dana"),
    ],
)
def test_a_limit_that_was_the_most_and_is_the_least_is_another_one(old, new):
    before, after = (paragraph(f"The person is heard {limit} from the report on.") for limit in (old, new))
    assert told(before, after) == [("limit_changed", old, new)]
    assert told(step("x", "y", old), step("x", "y", new)) == [("limit_changed", old, new)]


def test_a_limit_that_is_the_most_in_other_words_is_measured():
    before, after = (
        paragraph(f"It is sent {limit} from the report on.")
        for limit in ("not later than 30 days", "within 10 days")
    )
    assert told(before, after) == [("limit_shortened", "not later than 30 days", "within 10 days")]


@pytest.mark.parametrize(
    ("old", "new", "facts"),
    [
        ("The stay cannot be longer than 30 days.", "The stay may not be longer than 30 days.", []),
        ("The stay can't exceed 30 days at all.", "The stay must never exceed 30 days at all.", []),
        ("Nobody is held here for more than 30 days.", "A person is held here for at most 30 days.", []),
        ("Рок не може да буде дужи од 30 дана.", "Рок не сме бити дужи од 15 дана.", ["limit_shortened"]),
        ("Afati nuk mund të jetë më pak se 30 ditë.", "Afati nuk mund të jetë më pak se 15 ditë.", ["limit_shortened"]),
        ("Zadržavanje ne može trajati duže od 48 sati.", "Zadržavanje može trajati najduže 24 sata.", ["limit_shortened"]),
    ],
)  # fmt: skip
def test_a_limit_that_is_denied_far_before_it_is_not_turned_round(old, new, facts):
    assert [kind for kind, _, _ in told(paragraph(old), paragraph(new))] == facts


def test_a_limit_in_a_cell_is_told_without_what_stands_on_both_sides():
    before, after = (table(("What", f"Interpreter within {n} hours")) for n in (24, 4))
    assert told(before, after) == [("limit_shortened", "24 hours", "4 hours")]


def test_dates_in_cells_are_told_and_many_only_counted():
    def rows(*dates: str) -> Json:
        return table(
            ("Measure", "Until"), *((f"measure number {n} of the plan", date) for n, date in enumerate(dates))
        )

    one = told(rows("септември 2022", "јуни 2024"), rows("септември 2027", "јуни 2024"))
    assert one == [("date_changed", "септември 2022", "септември 2027")]
    assert told(rows("декември 2026"), rows("јуни 2028")) == [("date_changed", "декември 2026", "јуни 2028")]
    many = told(rows("мај 2022", "јуни 2022", "јули 2022"), rows("мај 2026", "јуни 2026", "јули 2026"))
    assert many == [("dates_changed", "3", "")]
    assert told(rows("7 дена"), rows("3 дена")) == [("limit_shortened", "7 дена", "3 дена")]


def test_a_limit_that_stands_twice_is_told_once_and_leaves_room_for_the_next(db):
    def text(first: str, again: str, second: str):
        return tree(
            section("a", step("Send it", "police", first, f"It is sent within {again} of the report. {LONG}"), label="1"),
            section("b", step("Answer it", "centre", second, LONG), label="2"),
            section("c", table(("What", "Until"), ("a measure", "June 2027" if first[0] == "2" else "June 2028")), label="3"),
        )  # fmt: skip

    found = compare(text("24 orë", "24 orëve", "72 orë"), text("2 orë", "2 orëve", "48 orë"))
    assert [str(fact.kind) for fact in sentence(found.shown[0])].count("limit_shortened") == 1
    said = lead(found)[1]
    assert said.count("<bdi>1</bdi>: ") == 1
    assert "<bdi>2</bdi>: " in said
    assert "72 orë" in said
