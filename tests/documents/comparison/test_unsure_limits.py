"""Limits of which it is not sure how long they are, or whether they are the most or the least: nothing false is told of them."""

from __future__ import annotations

import pytest

from documents.comparison import compare
from documents.comparison.durations import spans_in
from documents.comparison.facts.sentence import sentence
from tests.documents.comparison.build import paragraph, section, tree


def told(old: str, new: str) -> list[str]:
    change = compare(tree(section("s", paragraph(old))), tree(section("s", paragraph(new)))).sections[0]
    return [str(fact.kind) for fact in sentence(change) if str(fact.kind).startswith("limit")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("two and a half thousand days", "two thousand days"),
        ("dve i po hiljade dana", "dve hiljade dana"),
        ("две и пол илјади часа", "две илјади часа"),
        ("dy e gjysmë mijë orëve", "dy mijë orëve"),
        ("dviju stotina dana", "sto pedeset dana"),
        ("tridesetpet hiljada sati", "trideset hiljada sati"),
        ("nekoliko stotina dana", "dvesta dana"),
        ("stodvadeset i pet dana", "sto dvadeset dana"),
        ("godinu dana i šest mjeseci", "deset mjeseci"),
        ("a year, six months and ten days", "ten months"),
        ("sat i trideset minuta", "četrdeset pet minuta"),
        ("three months and several days", "one hundred days"),
        ("dva mjeseca i pol", "sedamdeset dana"),
        ("dva meseca i po,", "sedamdeset dana,"),
        ("stotinjak i pet dana", "sto dana"),
        ("two years and a month", "twenty-five months"),
    ],
)
def test_of_a_limit_of_which_not_all_can_be_read_nothing_is_told(old, new):
    for one, other in ((old, new), (new, old)):
        before, after = (f"It lasts {limit} from the report on." for limit in (one, other))
        assert told(before, after) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It ends under Article 30 days after it.", "It ends under Article 31 days after it."),
        ("U smislu člana 30 dana teče rok.", "U smislu člana 31 dana teče rok."),
        ("It is said in phase one hundred days on.", "It is said in phase two hundred days on."),
    ],
)
def test_the_number_of_an_article_is_no_limit(old, new):
    assert told(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("for 20 days at most", "for 10 days at least"),
        ("10 days at the latest", "20 days at the earliest"),
        ("before the expiry of 30 days", "after the expiry of 20 days"),
        ("prije isteka 30 dana", "nakon isteka 20 dana"),
        ("пред истекот на 30 дена", "по истекот на 20 дена"),
        ("by those under 18 years", "by those over 16 years"),
        ("za mlađe od 18 godina", "za starije od 16 godina"),
        ("за помлади од 18 години", "за постари од 16 години"),
        ("od dve do pet godina", "od tri do četiri godine"),
        ("10 days or more", "20 days or less"),
    ],
)
def test_a_limit_beside_which_other_words_stand_is_called_neither_longer_nor_shorter(old, new):
    before, after = (f"The person is heard {limit} from the report on." for limit in (old, new))
    assert told(before, after) == ["limit_changed"]


@pytest.mark.parametrize(
    "said",
    [
        "The police report within {} and every year thereafter.",
        "The police report within {} and every hour thereafter.",
        "The permit is issued for {} and last month is free.",
        "Policija podnosi izveštaj u roku od {} i svake godine.",
        "Policija podnosi izvještaj u roku od {} i po potrebi.",
        "Полицијата поднесува извештај во рок од {} и секоја година.",
        "Полицијата поднесува извештај во рок од {} и по барање.",
        "Raporti dorëzohet brenda {} dhe çdo vit.",
        "Raporti dorëzohet brenda {} e çdo orë.",
        "To a tenant, {} are given.",
        "The stop {} long.",
        "Odluka stoji {} na oglasnoj tabli.",
        "Додека стои {} на огласна табла.",
        "Svake godine {} odmora.",
        "Секоја година {} одмор.",
        "Çdo vit {} pushim.",
        "Each year {} of leave are granted.",
        "Per month, {} of leave are granted.",
    ],
)
def test_what_stands_beside_a_limit_and_is_no_part_of_it_hides_none(said):
    assert told(said.format("30 days"), said.format("15 days")) == ["limit_shortened"]
    assert told(said.format("dva meseca"), said.format("tri meseca")) == ["limit_lengthened"]


@pytest.mark.parametrize(
    "unit",
    [
        "satima",
        "danima",
        "nedeljama",
        "mesecima",
        "mjesecima",
        "godinama",
        "часовима",
        "месецима",
        "orët",
        "деновите",
    ],
)
def test_a_unit_is_read_in_any_case(unit):
    assert told(f"It lasts 10 {unit}.", f"It lasts 5 {unit}.") == ["limit_shortened"]


def test_a_long_row_of_numbers_in_words_is_looked_through_in_little_time():
    assert spans_in("sto " * 20_000) == []


def test_the_number_of_a_paragraph_is_no_limit():
    before, after = (
        f"({n}) Days are counted from the report on, without {m}." for n, m in ((2, "it"), (3, "that"))
    )
    assert told(before, after) == []
