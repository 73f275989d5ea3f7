"""Words that are suggested for a section of a file that came back, where its join to another one was accepted before them."""

from __future__ import annotations

import re

import pytest

from documents.actions.decide_suggestion import MovedOn, accept, refuse
from documents.actions.edit_outline import fingerprint, remove_section
from documents.actions.errors import ActionError
from documents.actions.save_section import save_section
from documents.models import Edition, ReturnedFile, Section, Suggestion
from people.models import User
from tests.documents.desk.test_back_again_headings import texts
from tests.documents.desk.test_back_again_since import back, drafter, edition, out_of, put

__all__ = ["drafter", "edition"]

pytestmark = pytest.mark.django_db


def of(returned: ReturnedFile, kind: str, new: str) -> Suggestion:
    return returned.suggestions.get(kind=kind, new=new)


def test_words_of_a_section_that_was_joined_go_where_its_text_stands(
    edition: Edition, drafter: User, as_
) -> None:
    returned = back(drafter, edition, out_of(drafter, edition), "Рокови", осум="девет", Потоа="Веднаш")
    accept(drafter, of(returned, "joined", "Рокови"))
    put(drafter, edition, "Лица", "Секое", "Едно")
    page = as_(drafter).get(f"/en/desk/{edition.pk}/suggestions/").content.decode()
    assert "Joined to another section" in page and "Лица</a>" in page and "no longer in the draft" not in page
    accept(drafter, of(returned, "changed", "девет"))
    accept(drafter, of(returned, "changed", "Веднаш"))
    assert texts(edition)[2] == (
        2,
        "Лица",
        "Едно лице.\nЗа одговор има девет дена.\nВеднаш се известува.",
    )


def test_words_go_through_two_joins(edition: Edition, drafter: User) -> None:
    returned = back(drafter, edition, out_of(drafter, edition), "Рокови", "Лица", осум="девет", Секое="Едно")
    accept(drafter, of(returned, "joined", "Рокови"))
    accept(drafter, of(returned, "joined", "Лица"))
    accept(drafter, of(returned, "changed", "девет"))
    accept(drafter, of(returned, "changed", "Едно"))
    assert texts(edition)[1:] == [
        (1, "Опсег", "Важи за сите.\nЕдно лице.\nЗа одговор има девет дена.\nПотоа се известува.")
    ]


def test_the_three_texts_are_shown_and_chosen_where_the_joined_words_are_others_by_now(
    edition: Edition, drafter: User, as_
) -> None:
    returned = back(drafter, edition, out_of(drafter, edition), "Рокови", осум="девет")
    accept(drafter, of(returned, "joined", "Рокови"))
    put(drafter, edition, "Лица", "осум", "седум работни")
    words = of(returned, "changed", "девет")
    with pytest.raises(MovedOn):
        accept(drafter, words)
    page = as_(drafter).get(f"/en/desk/{edition.pk}/suggestions/{words.pk}/").content.decode()
    for new in ("седум работни", "девет"):
        assert re.search(rf"<del[^>]*>осум</del> ?<ins[^>]*>{new}</ins>", page), page
    accept(drafter, words, how="instead")
    assert texts(edition)[2][2] == "Секое лице.\nЗа одговор има девет дена.\nПотоа се известува."


def test_a_section_that_was_taken_out_is_gone_for_its_words(edition: Edition, drafter: User) -> None:
    returned = back(drafter, edition, out_of(drafter, edition), "Рокови", осум="девет")
    joined, words = of(returned, "joined", "Рокови"), of(returned, "changed", "девет")
    refuse(drafter, joined)
    remove_section(drafter, edition, str(words.uid), fingerprint(edition))
    with pytest.raises(ActionError, match="no longer in the draft"):
        accept(drafter, words)


def retitle(drafter: User, edition: Edition, old: str, new: str) -> None:
    row = Section.objects.get(edition=edition, heading_mk=old)
    body = row.body_mk | {"heading": [{"type": "text", "text": new}]}
    save_section(drafter, edition, str(row.uid), "mk", body, row.text_hash_mk)


@pytest.mark.parametrize("before", [True, False])
def test_a_heading_that_was_written_here_since_stays_as_a_paragraph(
    edition: Edition, drafter: User, before: bool
) -> None:
    out = out_of(drafter, edition)
    if before:
        retitle(drafter, edition, "Рокови", "Рокови за одговор")
    returned = back(drafter, edition, out, "Рокови", осум="девет")
    if not before:
        retitle(drafter, edition, "Рокови", "Рокови за одговор")
    accept(drafter, returned.suggestions.get(kind="joined"))
    accept(drafter, of(returned, "changed", "девет"))
    assert (
        texts(edition)[2][2]
        == "Секое лице.\nРокови за одговор\nЗа одговор има девет дена.\nПотоа се известува."
    )
