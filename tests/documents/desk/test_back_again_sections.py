"""Sections of a file that came back: taken out, joined to the one before, with tracking or without."""

from __future__ import annotations

import re

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.actions.edit_outline import add_section, fingerprint
from documents.actions.save_section import save_section
from documents.exports.own_file import export_own
from documents.models import Edition, ReturnedFile
from documents.text import text_hash
from documents.text_storage import load_tree
from people.models import User
from people.roles import Role
from tests.documents.desk.returning import paragraph, taken_in
from tests.documents.desk.test_back_again import BY, edited, p
from tests.documents.docx.build import HEADINGS, word_file
from tests.factories import body, make_institution, make_person

pytestmark = pytest.mark.django_db
SOURCE = word_file(
    p("Цел", True) + p("Првиот текст за заштита.")
    + p("Опсег", True) + p("Ова важи за сите тела.") + p("Последен став.")
    + p("Рокови", True) + p("Рокот е осум дена."),
    styles=HEADINGS,
)  # fmt: skip
SCOPE = ("Опсег", "Ова важи за сите тела.", "Последен став.")
AIM, TIMES = ("Цел", "Првиот текст за заштита."), ("Рокови", "Рокот е осум дена.")


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return taken_in(drafter, SOURCE)


def deleted(text: str, *said: str) -> str:
    """These paragraphs deleted with tracking, words and marks; bookmarks stay beside, as Word leaves them."""
    mark = f'<w:rPr><w:del w:id="70" {BY}/></w:rPr>'
    for words in said:
        start, end = paragraph(text, words)
        one = re.sub(
            r"<w:r>(.*?)</w:r>",
            lambda run: f'<w:del w:id="71" {BY}><w:r>{run[1]}</w:r></w:del>',
            text[start:end],
        )
        one = (
            one.replace("<w:t>", "<w:delText>")
            .replace("<w:t ", "<w:delText ")
            .replace("</w:t>", "</w:delText>")
        )
        style = '<w:pStyle w:val="Heading1"/>'
        one = (
            one.replace(style, style + mark)
            if style in one
            else one.replace(">", f"><w:pPr>{mark}</w:pPr>", 1)
        )
        text = text[:start] + one + text[end:]
    return text


def removed(text: str, *said: str) -> str:
    """These paragraphs deleted without tracking."""
    for words in said:
        start, end = paragraph(text, words)
        text = text[:start] + text[end:]
    return text


def told(returned: ReturnedFile) -> list[tuple[str, bool, str, str, str]]:
    return [(s.kind, s.tracked, s.old, s.new, s.author_name) for s in returned.suggestions.order_by("pk")]


def texts(edition: Edition) -> list[tuple[str, ...]]:
    found = (section.text for section in load_tree(edition, "mk"))
    return [
        (text.heading, *filter(None, text.plain.removeprefix(text.heading).split("\n"))) for text in found
    ]


def test_a_section_deleted_with_tracking_is_that_section(edition: Edition, drafter: User) -> None:
    uids = [section.uid for section in load_tree(edition, "mk")]
    out = edited(export_own(drafter, edition, "mk").data, lambda text: deleted(text, *SCOPE))
    returned = bring_back(drafter, edition, "mk", out, "back.docx")
    assert told(returned) == [("gone", True, "Опсег", "", "Ana Petrova")]
    assert not decide_all(drafter, returned.suggestions.all(), "accept")
    assert [section.uid for section in load_tree(edition, "mk")] == [uids[0], uids[2]]


@pytest.mark.parametrize("heading", ["Цел", "Опсег"])
def test_a_heading_deleted_with_tracking_leaves_its_text_as_it_is(
    edition: Edition, drafter: User, heading: str
) -> None:
    out = edited(export_own(drafter, edition, "mk").data, lambda text: deleted(text, heading))
    returned = bring_back(drafter, edition, "mk", out, "back.docx")
    # What stands before it takes the text, where there is something.
    first = heading == AIM[0]
    suggested = ("heading", True, heading, "") if first else ("joined", True, AIM[0], heading)
    assert told(returned) == [(*suggested, "Ana Petrova")]
    assert not decide_all(drafter, returned.suggestions.all(), "accept")
    assert texts(edition) == [("", *AIM[1:]), SCOPE, TIMES] if first else [(*AIM, *SCOPE[1:]), TIMES]


@pytest.mark.parametrize("gone", [AIM, SCOPE, TIMES])
def test_a_section_that_was_deleted_without_tracking_is_told(
    edition: Edition, drafter: User, gone: tuple[str, ...]
) -> None:
    out = edited(export_own(drafter, edition, "mk").data, lambda text: removed(text, *gone))
    returned = bring_back(drafter, edition, "mk", out, "back.docx")
    assert told(returned) == [("gone", False, gone[0], "", "")]
    assert not decide_all(drafter, returned.suggestions.all(), "accept")
    assert texts(edition) == [section for section in (AIM, SCOPE, TIMES) if section != gone]


@pytest.mark.parametrize("becomes", ["", "<w:p><w:r><w:t>Опсег</w:t></w:r></w:p>"])
def test_a_heading_that_became_text_or_went_without_tracking_joins_two_sections(
    edition: Edition, drafter: User, becomes: str
) -> None:
    def change(text: str) -> str:
        start, end = paragraph(text, "Опсег")
        return text[:start] + becomes + text[end:]

    out = edited(export_own(drafter, edition, "mk").data, change)
    returned = bring_back(drafter, edition, "mk", out, "back.docx")
    assert told(returned) == [("joined", False, "Цел", "Опсег", "")]
    assert not decide_all(drafter, returned.suggestions.all(), "accept")
    assert texts(edition) == [(*AIM, *(("Опсег",) if becomes else ()), *SCOPE[1:]), TIMES]


def test_a_section_that_came_after_the_file_was_not_taken_out(edition: Edition, drafter: User) -> None:
    out = export_own(drafter, edition, "mk").data
    last = load_tree(edition, "mk").sections[-1].uid
    uid = add_section(drafter, edition, last, 1, "section", {"mk": "Ново"}, fingerprint(edition))
    returned = bring_back(
        drafter, edition, "mk", edited(out, lambda text: removed(text, *SCOPE)), "back.docx"
    )
    assert [one.old for one in returned.suggestions.all()] == ["Опсег"]
    first = load_tree(edition, "mk").sections[0]
    save_section(drafter, edition, first.uid, "mk", body("Друго."), text_hash(first.text.body))
    out = export_own(drafter, edition, "mk").data
    returned = bring_back(
        drafter, edition, "mk", edited(out, lambda text: removed(text, "Ново")), "back.docx"
    )
    assert [str(one.uid) for one in returned.suggestions.filter(kind="gone")] == [uid]


def test_new_sections_before_the_first_one_stand_there(edition: Edition, drafter: User) -> None:
    new = p("Вовед", True) + p("Кратко за жртвите.") + p("Поими", True) + p("Лице е секој.")

    def change(text: str) -> str:
        start, _end = paragraph(text, "Цел")
        return text[:start] + new + text[start:]

    out = edited(export_own(drafter, edition, "mk").data, change)
    returned = bring_back(drafter, edition, "mk", out, "back.docx")
    assert not decide_all(drafter, returned.suggestions.order_by("pk"), "accept")
    assert texts(edition) == [("Вовед", "Кратко за жртвите."), ("Поими", "Лице е секој."), AIM, SCOPE, TIMES]
