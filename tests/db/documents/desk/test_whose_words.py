"""Words that came in a Word file: the earlier texts of a section and the audit trail say whose they are and
by which file."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from audit.verify import problems
from documents.actions.decide_suggestions import accept, refuse
from documents.models import Edition, Suggestion
from people.models import User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import squeeze
from tests.support.returned_files import BORIS, dele, draft_of, inside, returned, save, tracked
from tests.support.returned_files import uid_at as uid

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafter() -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Dragi")


@pytest.fixture
def edition(drafter: User) -> Edition:
    return draft_of(drafter)


@pytest.fixture
def goran(edition: Edition) -> User:
    return make_person(Role.DRAFTER, make_institution(), name="Goran")


@pytest.fixture
def back(edition: Edition, goran: User) -> list[Suggestion]:
    """Suggestions of Ana, of Boris and of nobody whom Word names, in a file that Goran brought."""

    def change(text: str) -> str:
        return tracked(text).replace("Ова важи", f"Ова {inside(dele('важи', BORIS))}")

    return list(returned(goran, edition, change).suggestions.order_by("id"))


def of(back: list[Suggestion], name: str) -> Suggestion:
    return next(one for one in back if one.author_name == name)


def test_the_earlier_texts_say_whose_words_came_in_which_file(
    edition: Edition, drafter: User, back: list[Suggestion], as_: Any
) -> None:
    accept(drafter, [of(back, "Ana Petrova")])
    address = reverse("desk:earlier_texts", args=[edition.pk, uid(edition, 0), "mk"])
    page = squeeze(as_(drafter).get(address).content.decode())
    assert "words of Ana Petrova inserted from the Word file “back.docx” (imported by Goran)" in page
    assert "· edited" not in page
    save(drafter, edition, 0, "Првиот став за заштита.", "Нешто друго.")
    page = squeeze(as_(drafter).get(address).content.decode())
    assert page.count("· edited") == 1 and page.count("words of Ana Petrova inserted") == 1
    number = edition.changes.filter(verb="save").order_by("id")[0].pk
    alone = reverse("desk:earlier_text", args=[edition.pk, uid(edition, 0), "mk", number])
    assert "words of Ana Petrova inserted" in squeeze(as_(drafter).get(alone).content.decode())


def test_where_word_names_nobody_the_file_and_who_brought_it_are_said(
    edition: Edition, drafter: User, back: list[Suggestion], as_: Any
) -> None:
    for one in back:
        if not one.author_name:
            accept(drafter, [one])
    address = reverse("desk:earlier_texts", args=[edition.pk, uid(edition, 1), "mk"])
    page = squeeze(as_(drafter).get(address).content.decode())
    assert "words inserted from the Word file “back.docx” (imported by Goran)" in page


def test_the_trail_says_it_too_and_names_nobody_in_its_entry(
    edition: Edition, drafter: User, goran: User, back: list[Suggestion], as_: Any
) -> None:
    accept(drafter, [of(back, "Ana Petrova")])
    refuse(drafter, [of(back, "Boris")])
    taken, left = (Entry.objects.get(verb=f"suggestion_{what}") for what in ("accepted", "refused"))
    assert taken.detail["brought_by"] == left.detail["brought_by"] == str(goran.actor)
    assert "Ana" not in str(taken.detail) and "back.docx" not in str(taken.detail)
    page = as_(make_person(Role.COORDINATOR, make_institution())).get("/en/audit/").content.decode()
    assert "Text from a Word file: Ana Petrova · back.docx" in page
    assert "Text from a Word file: Boris · back.docx" in page
    assert "Word file imported by: Goran" in page
    assert list(problems()) == []


def test_who_may_not_see_the_text_reads_no_name_out_of_its_file(
    edition: Edition, drafter: User, back: list[Suggestion], as_: Any
) -> None:
    accept(drafter, [of(back, "Ana Petrova")])
    page = as_(make_person(Role.OPERATOR, make_institution())).get("/en/audit/").content.decode()
    assert "accepted a suggestion" in page
    assert "Ana Petrova" not in page and "back.docx" not in page


def test_as_many_questions_for_many_files_as_for_one(
    edition: Edition, drafter: User, goran: User, back: list[Suggestion], as_: Any
) -> None:
    client = as_(drafter)
    address = reverse("desk:earlier_texts", args=[edition.pk, uid(edition, 0), "mk"])
    accept(drafter, [of(back, "Ana Petrova")])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for one in back:
        one.refresh_from_db()
        if one.state == Suggestion.State.OPEN:
            accept(drafter, [one])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
