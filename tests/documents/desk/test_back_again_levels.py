"""A file that came back with headings two levels deeper than the section before them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string

from documents.actions.decide_suggestion import accept, decide_all
from documents.actions.errors import ActionError
from documents.models import Edition, ReturnedFile, Suggestion
from documents.pages.desk.suggested import show
from people.models import User
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again import p
from tests.documents.desk.test_back_again_headings import (
    drafter,
    edition,
    gone,
    heading,
    looks,
    returned,
    texts,
)
from tests.documents.desk.test_back_again_new import made_text
from tests.documents.docx.build import HEADINGS, word_file

__all__ = ["drafter", "edition"]

pytestmark = pytest.mark.django_db


def set_to(new: int, old: int = 1) -> Callable[[str], str]:
    return looks(f'<w:pStyle w:val="Heading{new}"/>', old=f'<w:pStyle w:val="Heading{old}"/>')


def levels(edition: Edition) -> list[tuple[int, str]]:
    return [(level, title) for level, title, _text in texts(edition)]


def of_level(back: ReturnedFile, title: str) -> Suggestion:
    return back.suggestions.get(kind="level", new=title)


def test_a_heading_two_levels_deeper_is_set_as_deep_as_it_can_stand_and_says_so(
    edition: Edition, drafter: User
) -> None:
    back = returned(drafter, edition, ("Опсег", set_to(3)))
    shown = show(edition, of_level(back, "Опсег"))
    assert (shown.level, shown.too_deep, shown.stays) == (2, True, False)
    assert "set to level 2." in render_to_string("documents/desk/_suggestion.html", {"s": shown})
    accept(drafter, of_level(back, "Опсег"))
    assert levels(edition) == [(1, "Цел"), (2, "Опсег"), (2, "Лица"), (1, "Рокови")]
    assert not show(edition, of_level(back, "Опсег")).too_deep


def test_a_heading_that_stands_as_deep_as_it_can_stays_when_it_is_accepted(
    edition: Edition, drafter: User
) -> None:
    before = levels(edition)
    back = returned(drafter, edition, ("Лица", set_to(3, 2)))
    shown = show(edition, of_level(back, "Лица"))
    assert shown.stays
    assert "it stays as it is." in render_to_string("documents/desk/_suggestion.html", {"s": shown})
    assert not decide_all(drafter, back.suggestions.all(), "accept")
    assert levels(edition) == before


def test_a_heading_waits_for_the_one_before_it_that_goes_deeper_too(edition: Edition, drafter: User) -> None:
    back = returned(drafter, edition, ("Опсег", set_to(2)), ("Лица", set_to(3, 2)))
    shown = show(edition, of_level(back, "Лица"))
    told = render_to_string("documents/desk/_suggestion.html", {"s": shown})
    assert "Decide about that one first." in told and "Accepted," not in told
    with pytest.raises(ActionError):
        accept(drafter, of_level(back, "Лица"))
    assert not show(edition, of_level(back, "Опсег")).waits
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert levels(edition) == [(1, "Цел"), (2, "Опсег"), (3, "Лица"), (1, "Рокови")]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ([("Опсег", made_text(1))], [(1, "Цел"), (3, "Лица"), (1, "Рокови")]),
        ([("Опсег", gone), ("Важи за сите.", gone)], [(1, "Цел"), (3, "Лица"), (1, "Рокови")]),
        ([("Опсег", set_to(2))], [(1, "Цел"), (2, "Опсег"), (3, "Лица"), (1, "Рокови")]),
        ([("Лица", set_to(2, 3))], [(1, "Цел"), (1, "Опсег"), (2, "Лица"), (1, "Рокови")]),
        ([("Лица", set_to(4, 3))], [(1, "Цел"), (1, "Опсег"), (3, "Лица"), (1, "Рокови")]),
    ],
)
def test_what_skips_a_level_in_the_file_keeps_it(
    drafter: User, changes: list[tuple[str, Callable[[str], str]]], wanted: object
) -> None:
    source = word_file(
        heading("Цел", 1) + p("Првиот текст.")
        + heading("Опсег", 1) + p("Важи за сите.")
        + heading("Лица", 3) + p("Секое лице.")
        + heading("Рокови", 1) + p("Осум дена."),
        styles=HEADINGS,
    )  # fmt: skip
    edition = taken_in(drafter, source)
    assert levels(edition)[2] == (3, "Лица")
    back = returned(drafter, edition, *changes)
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert levels(edition) == wanted


def test_what_stands_in_a_section_that_is_set_higher_stays_as_the_file_has_it(drafter: User) -> None:
    source = word_file(
        heading("Цел", 1) + p("Првиот текст.")
        + heading("Опсег", 2) + p("Важи за сите.")
        + heading("Лица", 3) + p("Секое лице."),
        styles=HEADINGS,
    )  # fmt: skip
    edition = taken_in(drafter, source)
    back = returned(drafter, edition, ("Опсег", set_to(1, 2)))
    accept(drafter, back.suggestions.get())
    assert levels(edition) == [(1, "Цел"), (1, "Опсег"), (3, "Лица")]
