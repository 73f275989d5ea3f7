"""A file that came back with sections whose words are like those of others, and headings that went or came."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.models import Edition
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again import p
from tests.documents.desk.test_back_again_headings import (
    drafter,
    gone,
    heading,
    returned,
    texts,
)
from tests.documents.desk.test_back_again_new import before
from tests.documents.docx.build import HEADINGS, word_file

__all__ = ["drafter"]

pytestmark = pytest.mark.django_db
NAMES = ("алфа", "бета", "гама", "делта", "епсилон")


def words(name: str) -> str:
    return f"Прв став за {name} со неколку збора."


@pytest.fixture
def edition(drafter: User) -> Edition:
    body = "".join(heading(f"Наслов {name}", 1) + p(words(name)) for name in NAMES)
    return taken_in(drafter, word_file(body, styles=HEADINGS))


def put_in(level: int, *, tracked: bool) -> Callable[[str], str]:
    return before((level, "Нов", ""), tracked=tracked)


@pytest.mark.parametrize("tracked", [True, False])
def test_a_new_section_like_one_that_was_joined_is_new(
    edition: Edition, drafter: User, tracked: bool
) -> None:
    """Its heading stands before the words of another section, which are like those of the one that lost its heading."""
    back = returned(drafter, edition, ("Наслов бета", gone), (words("делта"), put_in(1, tracked=tracked)))
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    assert texts(edition) == [
        (1, "Наслов алфа", f"{words('алфа')}\n{words('бета')}"),
        (1, "Наслов гама", words("гама")),
        (1, "Наслов делта", ""),
        (1, "Нов", words("делта")),
        (1, "Наслов епсилон", words("епсилон")),
    ]


GOALS = {"Заштита": ("социјала", 40), "Гонење": ("правда", 25), "Партнерство": ("соработка", 5)}


def goals(order: Sequence[str], unit: str) -> bytes:
    made = [
        heading(name, 1)
        + heading("Буџет", 2)
        + p(f"Средствата се од буџетот за {whose} и изнесуваат {millions} милиони {unit}.")
        for name, (whose, millions) in ((name, GOALS[name]) for name in order)
    ]
    return word_file("".join(made), styles=HEADINGS)


def test_sections_of_one_title_get_the_words_of_their_own_chapters(drafter: User) -> None:
    """A file without bookmarks in which a chapter moved and one word of each section changed."""
    draft = taken_in(drafter, goals(list(GOALS), "денари"))
    back = bring_back(drafter, draft, "mk", goals(["Партнерство", "Заштита", "Гонење"], "евра"), "back.docx")
    changed = [one for one in back.suggestions.all() if one.kind != "moved"]
    assert [(one.old.strip(), one.new.strip()) for one in changed] == [("денари", "евра")] * 3
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    said = {section.text.plain for section in load_tree(draft, "mk") if section.text.plain}
    assert said == {
        f"Средствата се од буџетот за {whose} и изнесуваат {millions} милиони евра."
        for whose, millions in GOALS.values()
    }
    found = [(level, text) for level, title, text in texts(draft) if title in GOALS or title == "Буџет"]
    for name, (whose, _) in GOALS.items():
        place = next(n for n, one in enumerate(texts(draft)) if one[1] == name)
        assert whose in found[place + 1][1]
