"""A section that a Word file takes out: asked about where it got a picture since, or another language of it was changed."""

from __future__ import annotations

from typing import Any

import pytest

from documents.actions.decide_suggestion import MovedOn, accept
from documents.actions.save_section import save_section
from documents.actions.store_picture import store_picture
from documents.exports.own_file import export_own
from documents.models import Section, Suggestion
from tests.documents.desk.conftest import UID2, Desk
from tests.documents.desk.test_joined_ages import NOTHING, put, suggest
from tests.documents.docx.build import png


def taken_out(desk: Desk, language: str) -> Suggestion:
    sent = getattr(desk.row(UID2), f"body_{language}")
    return suggest(desk, uid=UID2, language=language, kind="gone", before=sent, after=NOTHING, place="")


def there(desk: Desk) -> bool:
    return Section.objects.filter(edition=desk.edition, uid=UID2).exists()


def test_a_picture_that_came_since_is_asked_about(desk: Desk) -> None:
    put(desk, UID2, "mk", "Два", "Рок 2.")
    row = taken_out(desk, "mk")
    sha256 = store_picture(desk.drafter, desk.edition, UID2, "mk", png())
    body: dict[str, Any] = desk.row(UID2).body_mk
    figure = {"type": "figure", "attrs": {"sha256": sha256, "alt": "Шема"}, "content": []}
    new = body | {"blocks": [*body["blocks"], figure]}
    save_section(desk.drafter, desk.edition, UID2, "mk", new, desk.row(UID2).text_hash_mk)
    with pytest.raises(MovedOn):
        accept(desk.coordinator, row)
    assert there(desk)
    accept(desk.coordinator, row, how="instead")
    assert not there(desk)


@pytest.mark.parametrize(("file", "changed", "name"), [("sq", "mk", "Македонски"), ("mk", "sq", "Shqip")])
def test_another_language_that_was_changed_since_is_asked_about(
    desk: Desk, file: str, changed: str, name: str
) -> None:
    row = taken_out(desk, file)
    put(desk, UID2, changed, "Два", "Сосема нов важен текст.")
    with pytest.raises(MovedOn) as asked:
        accept(desk.coordinator, row)
    assert name in asked.value.message and there(desk)
    accept(desk.coordinator, row, how="instead")
    assert not there(desk)


def test_what_was_changed_between_going_out_and_coming_back_is_asked_about_too(desk: Desk) -> None:
    export_own(desk.coordinator, desk.edition, "sq")
    put(desk, UID2, "mk", "Два", "Сосема нов важен текст.")
    row = taken_out(desk, "sq")
    with pytest.raises(MovedOn):
        accept(desk.coordinator, row)


def test_what_the_file_went_out_beside_is_not_asked_about(desk: Desk) -> None:
    put(desk, UID2, "mk", "Два", "Рок 2.")
    put(desk, UID2, "sq", "Dy", "Afati 2.")
    export_own(desk.coordinator, desk.edition, "mk")
    row = taken_out(desk, "mk")
    # Changed, and as it was again.
    put(desk, UID2, "sq", "Dy", "Afati 9.")
    put(desk, UID2, "sq", "Dy", "Afati 2.")
    accept(desk.coordinator, row)
    assert not there(desk)
