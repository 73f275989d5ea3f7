"""A file that came back with headings that somebody deleted and typed anew without tracking: their bookmarks are gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from documents.actions.decide_suggestion import decide_all
from documents.models import Edition
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.test_back_again_headings import (
    all_of,
    drafter,
    edition,
    gone,
    heading,
    returned,
    texts,
)
from tests.documents.desk.test_back_again_new import before

__all__ = ["drafter", "edition"]

pytestmark = pytest.mark.django_db


def anew(words: str, level: int) -> Callable[[str], str]:
    return lambda _found: heading(words, level)


@pytest.mark.parametrize(
    ("old", "new", "level", "wanted"),
    [
        ("Рокови", "Сосема друго", 1, [("heading", "Рокови")]),
        ("Лица", "Кој", 2, [("heading", "Лица")]),
        ("Рокови", "Кога", 2, [("heading", "Рокови"), ("level", "1")]),
        ("Рокови", "Рокови", 2, [("level", "1")]),
    ],
)
def test_a_heading_typed_anew_over_the_same_words_is_of_the_same_section(
    edition: Edition, drafter: User, old: str, new: str, level: int, wanted: list[tuple[str, str]]
) -> None:
    uids = [section.uid for section in load_tree(edition, "mk")]
    held = texts(edition)
    back = returned(drafter, edition, (old, anew(new, level)))
    assert [(one[0], one[2]) for one in all_of(back)] == wanted
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition) == [
        (level, new, words) if title == old else (was, title, words) for was, title, words in held
    ]
    assert [section.uid for section in load_tree(edition, "mk")] == uids


def test_a_section_with_the_same_few_words_in_another_place_is_another_one(
    edition: Edition, drafter: User
) -> None:
    new = before((1, "Сосема друго", "Осум дена."), tracked=False)
    back = returned(drafter, edition, ("Рокови", gone), ("Осум дена.", gone), ("Опсег", new))
    assert [(one[0], one[3]) for one in all_of(back)] == [("new", "Сосема друго")]
