"""Articles that were put in between two others, and have a letter for that, where the outline changes."""

from __future__ import annotations

import pytest

from documents.text.lettered_numbers import stands_behind
from documents.text.numerals import readings
from documents.text.patterns import Place
from documents.text.renumber import Renumbered, renumbered

CROATIAN = ("Članak 5.", "Članak 5.a", "Članak 5.b", "Članak 6.")
MACEDONIAN = ("Член 5.", "Член 6.", "Член 6-а.", "Член 6-б.", "Член 7.")


def articles(*labels: str) -> list[Place]:
    return [Place(label, 1, "article", True, label) for label in labels]


def added(labels: tuple[str, ...], at: int) -> Renumbered:
    places = articles(*labels)
    return renumbered(places, [*places[:at], Place("new", 1, "article"), *places[at:]], (), "hr")


def moved(labels: tuple[str, ...], label: str, at: int) -> Renumbered:
    rest = articles(*(one for one in labels if one != label))
    return renumbered(articles(*labels), [*rest[:at], *articles(label), *rest[at:]], [label], "mk")


@pytest.mark.parametrize(
    ("label", "number"), [("Članak 5.a", "5"), ("Član 5.a.", "5"), ("ЧЛАН 12.Б", "12"), ("Članak 5. a", "5"), ("Čl. 3.c", "3")]
)  # fmt: skip
def test_the_letter_of_an_article_counts_for_none(label: str, number: str) -> None:
    found = readings(label, "hr")
    assert [".".join(map(str, one.chain)) for one in found] == [number]
    assert str(found[0]) == label


def test_that_of_a_measure_counts() -> None:
    assert [str(sign) for sign in readings("Mjera 5.a", "hr")[0].chain] == ["5", "a"]


@pytest.mark.parametrize(
    ("labels", "at", "expected"),
    [
        (CROATIAN, 3, ("Članak 5.", "Članak 5.a", "Članak 5.b", "Članak 6.", "Članak 7.")),
        (CROATIAN, 0, ("Članak 5.", "Članak 6.", "Članak 6.a", "Članak 6.b", "Članak 7.")),
        (CROATIAN[:3], 3, (*CROATIAN[:3], "Članak 6.")),
        (MACEDONIAN, 4, (*MACEDONIAN, "Член 8.")),
        (("Член 6.", "Член 6-а", "Член 7."), 2, ("Член 6.", "Член 6-а", "Член 7.", "Член 8.")),
        (("Члан 6", "Члан 6а.", "Члан 7"), 2, ("Члан 6", "Члан 6а.", "Члан 7", "Члан 8")),
    ],
)
def test_a_new_one_is_written_as_those_without_a_letter(
    labels: tuple[str, ...], at: int, expected: tuple[str, ...]
) -> None:
    made = added(labels, at)
    assert made.labels == expected
    assert not made.unsure


@pytest.mark.parametrize(
    ("label", "at", "expected", "told"),
    [
        # The letters follow their number.
        ("Член 5.", 3, ("Член 5.", "Член 5-а.", "Член 5-б.", "Член 6.", "Член 7."), ()),
        ("Член 7.", 0, ("Член 5.", "Член 6.", "Член 7.", "Член 7-а.", "Член 7-б."), ()),
        # Where one stands behind another number or letter than before and is not the next, it is told.
        ("Член 6.", 2, ("Член 5.", "Член 5-а.", "Член 6.", "Член 6-б.", "Член 7."), ("Член 6-б.",)),
        ("Член 6-а.", 4, ("Член 5.", "Член 6.", "Член 6-б.", "Член 7.", "Член 7-а."), ("Член 6-б.",)),
        ("Член 6-а.", 3, ("Член 5.", "Член 6.", "Член 6-б.", "Член 6-а.", "Член 7."), ("Член 6-а.", "Член 6-б.")),
        ("Член 6-а.", 0, ("Член 6-а.", "Член 5.", "Член 6.", "Член 6-б.", "Член 7."), ("Член 6-а.", "Член 6-б.")),
    ],
)  # fmt: skip
def test_letters_are_kept_and_those_out_of_their_order_told(
    label: str, at: int, expected: tuple[str, ...], told: tuple[str, ...]
) -> None:
    made = moved(MACEDONIAN, label, at)
    assert made.labels == expected
    assert made.unsure == set(told)


def test_what_stood_out_of_order_before_is_not_told() -> None:
    labels = ("Član 57.a", "Član 58.", "Član 58.c", "Član 60.", "Član 70.b")
    made = added(labels, 5)
    assert made.labels == (*labels, "Član 71.")
    assert not made.unsure


@pytest.mark.parametrize(
    ("label", "before", "behind"),
    [
        ("Члан 6а", "Члан 6", True),
        ("Члан 6б", "Члан 6а", True),
        ("Члан 6б", "Члан 6", False),
        ("Члан 6а", "Члан 6а", False),
        ("Члан 6а", "Члан 6б", False),
        ("Члан 6а", "Члан 5", False),
        ("Neni 25/2", "Neni 25/1", True),
        ("Neni 25/1", "Neni 25/2", False),
        ("Članak 5.č", "Članak 5.c", True),
        ("Članak 5.d", "Članak 5.c", True),
    ],
)
def test_whether_a_letter_is_the_next(label: str, before: str, behind: bool) -> None:
    assert stands_behind(readings(label, "")[0], readings(before, "")[0]) == behind
