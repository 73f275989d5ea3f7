"""Sections that were moved in a Word file which comes back."""

from __future__ import annotations

import re

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import accept, refuse
from documents.actions.edit_outline import fingerprint, move_section
from documents.actions.errors import ActionError
from documents.exports.own_file import export_own
from documents.models import Assignment
from documents.text_storage import load_tree
from documents.word.file.guard import open_package
from documents.word.resolve import resolve
from people.roles import Role
from tests.documents.desk.test_back_again import (
    brought,
    drafter,
    edited,
    edition,
    moved,
    save,
    uid,
    words,
)
from tests.factories import make_institution, make_person

__all__ = ["drafter", "edition"]

pytestmark = pytest.mark.django_db


def test_a_section_that_was_moved_is_a_suggestion_and_one_click_moves_it(edition, drafter, as_):
    returned = brought(edition, drafter, moved)
    suggestion = returned.suggestions.get()
    assert (suggestion.kind, suggestion.new, suggestion.author_name) == ("moved", "Цел", "Boris")
    assert suggestion.tracked and suggestion.written and suggestion.written.day == 5
    page = as_(drafter).get(f"/en/desk/{edition.pk}/suggestions/").content.decode()
    assert "Move it to after:" in page and "Опсег" in page
    translator = make_person(Role.TRANSLATOR, make_institution(), languages=["mk"])
    Assignment.objects.create(edition=edition, user=translator, language="mk")
    with pytest.raises(ActionError, match="drafters"):
        accept(translator, suggestion)
    as_(drafter).post(f"/en/desk/{edition.pk}/suggestions/{suggestion.pk}/", {"do": "accept"})
    assert [section.text.heading for section in load_tree(edition, "mk")] == ["Опсег", "Цел"]
    assert words(edition)[1].startswith("Првиот текст за заштита.")
    suggestion.refresh_from_db()
    assert suggestion.state == "accepted"


def test_a_silent_move_is_found_and_one_made_in_the_draft_is_not_taken_back(edition, drafter):
    out = export_own(drafter, edition, "mk").data
    file = resolve(open_package(edited(out, moved)), accept=True)
    suggestion = bring_back(drafter, edition, "mk", file, "moved.docx").suggestions.get()
    assert suggestion.kind == "moved" and not suggestion.tracked
    refuse(drafter, suggestion)
    move_section(drafter, edition, uid(edition, 0), uid(edition, 1), 1, fingerprint(edition))
    assert not bring_back(drafter, edition, "mk", out, "same.docx").suggestions.exists()


def test_the_three_texts_tell_that_a_paragraph_moves_and_kept_beside_it_stands_where_it_goes(
    edition, drafter, as_
):
    old, new = "Вториот став останува како што е напишан.", "Третиот став за рокот."
    save(drafter, edition, 0, "Првиот текст за заштита на сите лица.", old, new)

    def moved_and_changed(text: str) -> str:
        first = next(one for one in re.findall(r"<w:p\b.*?</w:p>", text) if "Првиот текст" in one)
        text = text.replace(first, "")
        last = next(one for one in re.findall(r"<w:p\b.*?</w:p>", text) if new in one)
        return text.replace(last, last + first.replace("на сите лица", "на секое лице"))

    suggestion = brought(edition, drafter, moved_and_changed).suggestions.get()
    assert suggestion.kind == "shifted"
    save(drafter, edition, 0, "Првиот текст за заштита на сите жртви.", old, new)
    address = f"/en/desk/{edition.pk}/suggestions/{suggestion.pk}/"
    page = as_(drafter).get(address).content.decode()
    assert f'Move it to after: <b lang="mk">{new}</b>' in page
    as_(drafter).post(address, {"how": "beside"})
    assert words(edition)[0].split("\n") == [
        "Првиот текст за заштита на сите жртви.",
        old,
        new,
        "Првиот текст за заштита на секое лице.",
    ]
