"""The numbers of a text from a file after its outline changed: what did not move keeps its own, the rest
follows the pattern beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text.numerals import readings, written
from documents.text.renumber import Place, Renumbered, doubtful, renumbered


def text(*rows: str) -> list[Place]:
    """Places from "level label|heading"; the heading names the section, and begins with its kind where that
    is article or annex."""
    places = []
    for row in rows:
        level, _, rest = row.partition(" ")
        label, _, name = rest.partition("|")
        kind = next((kind for kind in ("article", "annex") if name.startswith(kind)), "section")
        places.append(Place(name, int(level), kind, True, label))
    return places


def add(places: Sequence[Place], at: int, level: int, kind: str = "section") -> list[Place]:
    return [*places[:at], Place("new", level, kind), *places[at:]]


def shift(places: Sequence[Place], uids: Sequence[str], at: int, deeper: int = 0) -> list[Place]:
    rest = [one for one in places if one.uid not in uids]
    moved = [
        Place(one.uid, one.level + deeper, one.kind, one.named, one.label)
        for one in places
        if one.uid in uids
    ]
    return [*rest[:at], *moved, *rest[at:]]


def labels(made: Renumbered) -> list[str]:
    return list(made.labels)


def added(
    places: Sequence[Place], at: int, level: int, kind: str = "section", language: str = "mk"
) -> Renumbered:
    return renumbered(places, add(places, at, level, kind), language)


@pytest.mark.parametrize(
    ("had", "language", "new"),
    [
        (["I.", "II.", "III."], "sr", "IV."),
        (["i)", "ii)"], "en", "iii)"),
        (["1)", "2)", "3)"], "sq", "4)"),
        (["1", "2"], "mk", "3"),
        (["А.", "Б.", "В.", "Г.", "Д."], "sr", "Ђ."),
        (["А.", "Б.", "В.", "Г.", "Д."], "mk", "Ѓ."),
        (["А.", "Б.", "В.", "Г.", "Д.", "Е."], "mk", "Ж."),
        (["а)", "б)", "в)"], "mk", "г)"),
        (["A.", "B.", "C."], "hr", "D."),
        (["A.", "B.", "C.", "Č."], "hr", "Ć."),
        (["G.", "H.", "I."], "en", "J."),
        (["Дел I", "Дел II"], "mk", "Дел III"),
        (["Глава 1.", "Глава 2."], "mk", "Глава 3."),
        (["Kreu I", "Kreu II"], "sq", "Kreu III"),
        (["Прилог А", "Прилог Б"], "sr", "Прилог В"),
        (["Члан 1", "Члан 2", "Члан 2а"], "sr", "Члан 3"),
        (["01", "02"], "en", "03"),
        (["", ""], "mk", ""),
    ],
)
def test_one_at_the_end_is_the_next_and_all_others_stay(had: list[str], language: str, new: str) -> None:
    places = text(*(f"1 {label}|{at}" for at, label in enumerate(had)))
    made = added(places, len(places), 1, language=language)
    assert labels(made) == [*had, new]
    assert not made.unsure


def test_one_in_between_lets_only_those_behind_it_count_on() -> None:
    places = text("1 I.|a", "2 1.|b", "2 2.|c", "1 II.|d", "2 1.|e", "1 III.|f")
    assert labels(added(places, 3, 1)) == ["I.", "1.", "2.", "II.", "III.", "1.", "IV."]
    assert labels(added(places, 2, 2)) == ["I.", "1.", "2.", "3.", "II.", "1.", "III."]
    assert labels(added(places, 0, 1)) == ["I.", "II.", "1.", "2.", "III.", "1.", "IV."]


def test_what_led_a_number_follows_it() -> None:
    places = text("1 II.|a", "2 2.1|b", "3 2.1.1|c", "1 III.|d", "2 3.1|e", "2 3.2|f")
    assert labels(added(places, 0, 1)) == ["II.", "III.", "3.1", "3.1.1", "IV.", "4.1", "4.2"]
    assert labels(added(places, 4, 2)) == ["II.", "2.1", "2.1.1", "III.", "3.1", "3.2", "3.3"]


def test_articles_run_through_the_chapters() -> None:
    places = text(
        "1 Глава I|a",
        "2 Член 1|article b",
        "2 Член 2|article c",
        "1 Глава II|d",
        "2 Член 3|article e",
        "1 Глава III|f",
    )
    made = added(places, 3, 2, "article")
    assert labels(made) == ["Глава I", "Член 1", "Член 2", "Член 3", "Глава II", "Член 4", "Глава III"]
    assert labels(added(places, 6, 2, "article"))[-1] == "Член 4"
    gone = renumbered(places, [one for one in places if one.uid != "article b"], "mk")
    assert labels(gone) == ["Глава I", "Член 1", "Глава II", "Член 2", "Глава III"]
    chapter = ["d", "article e"]
    moved = renumbered(places, shift(places, chapter, 0), "mk")
    assert labels(moved) == ["Глава I", "Член 1", "Глава II", "Член 2", "Член 3", "Глава III"]


def test_articles_that_begin_anew_in_each_chapter_do() -> None:
    places = text(
        "1 I|a", "2 Члан 1|article b", "2 Члан 2|article c", "1 II|d", "2 Члан 1|article e", "1 III|f"
    )
    assert labels(added(places, 6, 2, "article"))[-1] == "Члан 1"
    assert labels(added(places, 3, 2, "article")) == [
        "I",
        "Члан 1",
        "Члан 2",
        "Члан 3",
        "II",
        "Члан 1",
        "III",
    ]


def test_an_article_put_in_between_keeps_its_letter_or_number() -> None:
    places = text("1 Член 4|article a", "1 Член 4-а|article b", "1 Член 5|article c")
    assert labels(added(places, 0, 1, "article")) == ["Член 4", "Член 5", "Член 5-а", "Член 6"]
    places = text("1 Neni 4|article a", "1 Neni 4/1|article b", "1 Neni 4/2|article c", "1 Neni 5|article d")
    assert labels(added(places, 0, 1, "article")) == ["Neni 4", "Neni 5", "Neni 5/1", "Neni 5/2", "Neni 6"]


def test_annexes_are_numbered_apart_and_lead_what_stands_in_them() -> None:
    places = text("1 1|a", "2 1.1|b", "1 2|c", "1 Прилог А|annex d", "2 А.1|e", "1 Прилог Б|annex f")
    assert labels(added(places, 3, 1)) == ["1", "1.1", "2", "3", "Прилог А", "А.1", "Прилог Б"]
    assert labels(added(places, 3, 1, "annex")) == [
        "1",
        "1.1",
        "2",
        "Прилог А",
        "Прилог Б",
        "Б.1",
        "Прилог В",
    ]
    assert labels(added(places, 6, 2))[-1] == "Б.1"
    assert labels(added(places, 3, 2)) == ["1", "1.1", "2", "2.1", "Прилог А", "А.1", "Прилог Б"]


def test_a_text_without_numbers_stays_without() -> None:
    places = text("1 |a", "2 |b", "1 |annex c", "1 |article d")
    for kind in ("section", "annex", "article"):
        made = added(places, 4, 1, kind)
        assert not any(made.labels) and not made.unsure


def test_where_those_beside_are_numbered_otherwise_nothing_changes_and_it_is_said() -> None:
    places = text("1 I.|a", "1 2.|b", "1 В.|c")
    made = added(places, 1, 1)
    assert labels(made) == ["I.", "", "2.", "В."]
    assert "new" in made.unsure
    assert labels(renumbered(places, places[1:], "mk")) == ["2.", "В."]


def test_where_some_siblings_have_no_number_a_new_one_has_none_and_the_others_count_on() -> None:
    places = text("1 |intro", "1 1.|a", "1 2.|b", "1 |sources")
    for at in range(5):
        made = added(places, at, 1)
        assert made.unsure == {"new"} and "new" in {one.uid for one in add(places, at, 1)}
        assert [label for label in made.labels if label] == ["1.", "2."]
    assert labels(renumbered(places, [places[0], *places[2:]], "mk")) == ["", "1.", ""]


def test_ordinals_in_words_stay_and_it_is_said() -> None:
    places = text("1 Глава прва|a", "1 Глава втора|b")
    made = added(places, 1, 1)
    assert labels(made) == ["Глава прва", "", "Глава втора"]
    assert made.unsure == {"new"}


def test_a_level_that_nobody_has_goes_on_from_numbers_that_lead_one_another() -> None:
    places = text("1 1.|a", "2 1.1.|b", "1 2.|c")
    assert labels(added(places, 2, 3))[2] == "1.1.1."
    made = added(text("1 I.|a", "1 II.|b"), 1, 2)
    assert labels(made) == ["I.", "", "II."] and made.unsure == {"new"}


def test_a_section_set_higher_takes_the_number_there_and_what_followed_it_counts_below_it() -> None:
    places = text("1 1.|a", "2 1.1.|b", "2 1.2.|c", "2 1.3.|d", "1 2.|e")
    after = [Place(x.uid, 1 if x.uid == "c" else x.level, x.kind) for x in places]
    made = renumbered(places, after, "mk")
    assert labels(made) == ["1.", "1.1.", "2.", "2.1.", "3."]


@pytest.mark.parametrize(
    ("rows", "check"),
    [
        (["I.|a", "II.|b", "III.|c"], ""),
        (["II.|a", "III.|b"], ""),
        (["I.|a", "V.|b", "VI.|c"], "b"),
        (["II.|a", "V.|b", "V.|c"], "bc"),
        (["1.|a", "|b", "2.|c", "|d"], "b"),
        (["1.|a", "Б)|b", "3.|c"], "bc"),
        (["Глава прва|a", "Глава втора|b"], ""),
        (["Члан 5|a", "Члан 5-а|b", "Члан 6|c"], ""),
        (["|a", "|b"], ""),
    ],
)
def test_the_number_that_does_not_follow_from_the_one_before_is_to_be_checked(
    rows: list[str], check: str
) -> None:
    places = text(*(f"1 {row}" for row in rows))
    assert doubtful(places, "sr") == set(check)
    assert labels(added(places, len(places), 1))[:-1] == [one.label for one in places]


STYLES = ("1", "I", "i", "EN", "en", "SR", "mk")


@st.composite
def numbered(draw: st.DrawFn) -> list[Place]:
    """A text of two or three levels, each numbered by a pattern of its own (or none), perhaps with articles
    all through."""
    forms = [
        (
            draw(st.sampled_from(["", "Дел ", "("])),
            draw(st.sampled_from(STYLES)),
            draw(st.sampled_from(["", ".", ")"])),
        )
        for _ in range(3)
    ]
    none = draw(st.sets(st.integers(0, 2)))
    led = draw(st.booleans())
    articles = draw(st.booleans())
    places: list[Place] = []
    counts, article, level = [0, 0, 0], 0, 0
    for n in range(draw(st.integers(2, 9))):
        level = draw(st.integers(1, min(level + 1, 3)))
        if articles and level == 2:
            article += 1
            places.append(Place(f"{n}", 2, "article", True, f"Члан {article}"))
            continue
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        word, style, end = forms[level - 1]
        label = f"{word}{written(style, counts[level - 1])}{end}"
        if led and level > 1:
            label = ".".join(map(str, counts[:level]))
        if led and level == 1:
            label = f"{counts[0]}."
        numberless = not led and level - 1 in none
        places.append(Place(f"{n}", level, "section", True, "" if numberless else label))
    return places


@given(st.data())
def test_what_is_added_and_taken_out_again_leaves_every_number_as_it_was(data: st.DataObject) -> None:
    places = data.draw(numbered())
    at = data.draw(st.integers(0, len(places)))
    level = data.draw(st.integers(1, places[at - 1].level + 1 if at else 1))
    if at < len(places) and places[at].level > level + 1:
        return
    if at < len(places) and places[at].level > level:
        return  # would take in what follows: a move
    with_new = add(places, at, level)
    made = renumbered(places, with_new, "sr")
    now = [Place(x.uid, x.level, x.kind, True, y) for x, y in zip(with_new, made.labels, strict=True)]
    back = renumbered(now, places, "sr")
    assert labels(back) == [one.label for one in places]


@given(st.data())
def test_what_is_moved_among_those_beside_it_and_back_leaves_every_number_as_it_was(
    data: st.DataObject,
) -> None:
    places = data.draw(numbered())
    tops = [one.uid for one in places if one.level == 1]
    which = data.draw(st.integers(0, len(tops) - 1))
    start = next(n for n, x in enumerate(places) if x.uid == tops[which])
    end = next((n for n in range(start + 1, len(places)) if places[n].level == 1), len(places))
    block = [one.uid for one in places[start:end]]
    rest = [one for one in places if one.uid not in block]
    spots = [n for n, one in enumerate(rest) if one.level == 1] + [len(rest)]
    at = data.draw(st.sampled_from(spots))
    moved = shift(places, block, at)
    made = renumbered(places, moved, "sr")
    now = [Place(x.uid, x.level, x.kind, True, y) for x, y in zip(moved, made.labels, strict=True)]
    back = renumbered(now, places, "sr")
    assert labels(back) == [one.label for one in places]


@given(st.sampled_from(STYLES), st.integers(1, 80))
def test_what_is_written_is_read(style: str, value: int) -> None:
    sign = written(style, value)
    if sign:
        found = readings(f"Дел {sign}.", "sr")
        assert (style, value) in {(one.last.style, one.last.value) for one in found}
        assert all(str(one) == f"Дел {sign}." for one in found)
