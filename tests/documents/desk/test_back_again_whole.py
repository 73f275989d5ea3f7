"""A file that came back without a section, or without the heading of one: taken out, or joined to the one before."""

from __future__ import annotations

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.actions.save_section import save_section
from documents.exports.own_file import export_own
from documents.models import Comment, Edition, ReturnedFile, Section
from documents.text_storage import load_tree
from people.models import User
from people.roles import Role
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import edited, p
from tests.documents.docx.build import HEADINGS, word_file
from tests.factories import make_institution, make_person

# Once all that a file goes through on its way out and back is done in processes that are started as a site starts them.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started_anew")]
SOURCE = word_file(
    p("Цел", True) + p("Првиот текст за заштита.")
    + p("Опсег", True) + p("Ова важи за сите тела.") + p("Последен став.")
    + p("Рокови", True) + p("Рокот е осум дена."),
    styles=HEADINGS,
)  # fmt: skip
FIRST, LAST = ("Цел", "Првиот текст за заштита."), ("Рокови", "Рокот е осум дена.")
MIDDLE = ("Опсег", "Ова важи за сите тела.\nПоследен став.")


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def without(text: str, *all_words: str) -> str:
    for words in all_words:
        a, b = paragraph(text, words)
        text = text[:a] + text[b:]
    return text


def all_of(returned: ReturnedFile) -> list[tuple[str, bool, str, str]]:
    return [(s.kind, s.tracked, s.old, s.new) for s in returned.suggestions.order_by("pk")]


def texts(edition: Edition) -> list[tuple[str, str]]:
    return [(section.text.heading, section.text.plain) for section in load_tree(edition, "mk")]


def test_a_heading_that_was_made_text_is_suggested_to_be_joined(edition: Edition, drafter: User) -> None:
    def change(text: str) -> str:
        a, b = paragraph(text, "Опсег")
        return f"{text[:a]}<w:p><w:r><w:t>Опсег</w:t></w:r></w:p>{text[b:]}".replace("тела", "органи")

    out = export_own(drafter, edition, "mk").data
    back = bring_back(drafter, edition, "mk", edited(out, change), "b.docx")
    assert all_of(back) == [("changed", False, "тела", "органи"), ("joined", False, "Цел", "Опсег")]
    assert not decide_all(drafter, back.suggestions.order_by("pk"), "accept")
    joined = "Првиот текст за заштита.\nОпсег\nОва важи за сите органи.\nПоследен став."
    assert texts(edition) == [("Цел", joined), LAST]


def test_a_heading_deleted_while_its_text_stays_joins_the_section_to_the_one_before(
    edition: Edition, drafter: User
) -> None:
    out = export_own(drafter, edition, "mk").data
    back = bring_back(drafter, edition, "mk", edited(out, lambda text: without(text, "Опсег")), "b.docx")
    assert all_of(back) == [("joined", False, "Цел", "Опсег")]
    # What the draft says by now goes along.
    row = Section.objects.get(edition=edition, position=1)
    body = dict(row.body_mk)
    body["blocks"] = [*body["blocks"], {"type": "paragraph", "content": [{"type": "text", "text": "И ова."}]}]
    save_section(drafter, edition, str(row.uid), "mk", body, row.text_hash_mk)
    assert not decide_all(drafter, back.suggestions.all(), "accept")
    assert texts(edition) == [("Цел", f"{FIRST[1]}\n{MIDDLE[1]}\nИ ова."), LAST]


def test_a_first_heading_that_lost_its_look_is_told(edition: Edition, drafter: User) -> None:
    def change(text: str) -> str:
        a, b = paragraph(text, "Цел")
        return f"{text[:a]}<w:p><w:r><w:t>Цел</w:t></w:r></w:p>{text[b:]}"

    out = export_own(drafter, edition, "mk").data
    back = bring_back(drafter, edition, "mk", edited(out, change), "b.docx")
    assert not all_of(back)
    said = Comment.objects.get()
    assert str(said.uid) == load_tree(edition, "mk").sections[0].uid and said.author_name == "b.docx"
