"""The pages of a reviewed Word file: list, one decision, undo, import again."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions.decide_suggestions import refuse
from documents.actions.import_returned_file import receive_returned_file
from documents.exports.own_file import export_own
from documents.models import Edition, ReturnedFile, Suggestion
from people.models import User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.returned_files import (
    SOURCE,
    dele,
    draft_of,
    edited,
    give_back,
    inside,
    p,
    returned,
    save,
    texts,
    tracked,
    uid_at,
)

pytestmark = pytest.mark.django_db
State = Suggestion.State
OUT = ["Првиот текст за заштита.\nВториот текст останува.", "Ова важи за сите тела.\nПоследен став."]
BACK = ["Првиот став за заштита.\nНов став од Ана.", "Ова важи за сите тела.\nПоследниот став без траги."]


@pytest.fixture
def strangers() -> list[User]:
    return [
        make_person(Role.DRAFTER, make_institution("rs-interior")),
        make_person(Role.PRACTITIONER, make_institution()),
    ]


def bring(drafter: User, edition: Edition, data: bytes) -> ReturnedFile:
    """Brings a file, without more."""
    return receive_returned_file(drafter, edition, "mk", SimpleUploadedFile("back.docx", data))


def cards(file: ReturnedFile) -> list[Suggestion]:
    return list(file.suggestions.order_by("pk"))


def test_the_pages_work_for_those_who_write_and_for_nobody_else(edition, drafter, strangers, as_):
    data = edited(export_own(drafter, edition, "mk").data, tracked)
    address = f"/en/desk/{edition.pk}"

    def bring(person):  # type: ignore[no-untyped-def]
        file = SimpleUploadedFile("back.docx", data)
        return as_(person).post(f"{address}/back/", {"language": "mk", "file": file}, follow=True)

    for person in strangers:
        assert as_(person).get(f"{address}/back/").status_code == 404
        assert bring(person).status_code == 404
        assert as_(person).get(f"{address}/suggestions/").status_code == 404
    page = bring(drafter).content.decode()
    assert "3 suggestions" in page and "Ana Petrova" in page and "untracked change" in page
    assert "<ins" in page
    assert "already" in bring(drafter).content.decode()
    file = ReturnedFile.objects.get()
    first = cards(file)[0]
    for person in strangers:
        posts = {
            f"{address}/suggestions/{first.pk}/": {"do": "accept"},
            f"{address}/suggestions/decide/": {"do": "refuse", "file": file.pk, "n": 3},
        }
        for place, asked in posts.items():
            assert as_(person).post(place, asked).status_code == 404
        assert as_(person).get(f"{address}/back/{file.pk}/state/").status_code == 404
    desk = as_(drafter)
    assert "Reject all 3 open suggestions" in desk.get(f"{address}/suggestions/").content.decode()
    decide = f"{address}/suggestions/decide/"
    asked = {"do": "refuse", "file": file.pk, "n": 3}
    page = desk.post(decide, asked).content.decode()
    assert "Reject 3 suggestions" in page and "Ana Petrova" in page and "back.docx" in page
    assert {one.state for one in cards(file)} == {State.OPEN}
    for wrong in (
        {"answers": "change"},
        {"answers": "confirmed", "n": 2},
        {"answers": "confirmed", "do": "undo"},
    ):
        desk.post(decide, asked | wrong)
        assert {one.state for one in cards(file)} == {State.OPEN}
    page = desk.post(decide, asked | {"answers": "confirmed"}, follow=True).content.decode()
    batch = Suggestion.objects.values_list("batch", flat=True).first()
    back = f"{address}/suggestions/undo/{batch}/"
    assert "3 suggestions were rejected" in page and f'action="{back}"' in page
    assert "Undo 3 decisions" in desk.get(f"{address}/suggestions/?show=all").content.decode()
    for person in strangers:
        assert as_(person).post(back).status_code == 404
    desk = as_(drafter)
    assert "3 suggestions were reopened" in desk.post(back, follow=True).content.decode()
    assert desk.post(back).status_code == 404
    section = uid_at(edition, 0)
    desk.post(decide, {"do": "accept", "uid": section, "language": "mk", "n": 2, "answers": "confirmed"})
    assert texts(edition) == [BACK[0], OUT[1]]
    assert desk.post(decide, {"do": "accept", "n": 1}).status_code == 404
    result = desk.get(f"{address}/suggestions/{first.pk}/", {"result": "1"}).content.decode()
    assert "Првиот текст" in result and "<ins" not in result
    assert "accepted" in desk.get(f"{address}/suggestions/?show=all").content.decode()


def test_a_list_page_asks_as_often_for_many_cards_as_for_few(
    edition, drafter, as_, django_assert_max_num_queries
):
    returned(drafter, edition)
    desk, address = as_(drafter), f"/en/desk/{edition.pk}/suggestions/"
    desk.get(address)
    with django_assert_max_num_queries(60) as few:
        desk.get(address)
    for copy in list(Suggestion.objects.all()):
        copy.pk = None
        copy.save()
    with django_assert_max_num_queries(len(few)):
        desk.get(address)


COVER = p("Министерство") + p("Скопје")
COVERED = edited(SOURCE, lambda text: text.replace("<w:body>", f"<w:body>{COVER}", 1))


@pytest.mark.parametrize(
    ("old", "new"), [("Министерство", "Влада"), ("Министерство", inside(dele("М"))), ("", "")]
)
def test_a_changed_cover_is_told_in_one_line(drafter, as_, old, new):
    made = draft_of(drafter, COVERED)
    file = returned(drafter, made, lambda text: text.replace(old, new))
    assert file.counts.get("frame", False) == bool(old) and not cards(file)
    page = as_(drafter).get(f"/en/desk/{made.pk}/suggestions/").content.decode()
    assert ("The cover or a header was changed too" in page) == bool(old)


def test_undo_names_the_sections_that_somebody_has_changed_since(edition, drafter, as_):
    file, desk = returned(drafter, edition), as_(drafter)
    address = f"/en/desk/{edition.pk}/suggestions"
    data = {"do": "accept", "file": file.pk, "n": 3, "answers": "confirmed"}
    desk.post(f"{address}/decide/", data)
    save(drafter, edition, 1, "Ова важи за сите тела.", "Сосема друг крај.")
    batch = file.suggestions.values_list("batch", flat=True).first()
    page = desk.post(f"{address}/undo/{batch}/", follow=True).content.decode()
    assert "2 suggestions were reopened" in page
    assert "1 suggestion was not reopened: Опсег" in page.replace("2 Опсег", "Опсег")
    assert texts(edition) == [OUT[0], "Ова важи за сите тела.\nСосема друг крај."]


def test_one_decision_offers_undo(edition, drafter, as_):
    card, desk = cards(returned(drafter, edition))[0], as_(drafter)
    page = desk.post(f"/en/desk/{edition.pk}/suggestions/{card.pk}/", {"do": "accept"}, follow=True)
    card.refresh_from_db()
    assert f"/suggestions/undo/{card.batch}/" in page.content.decode()
    desk.post(f"/en/desk/{edition.pk}/suggestions/undo/{card.batch}/")
    assert texts(edition) == OUT


def test_a_file_that_was_rejected_can_be_imported_again(edition, drafter, strangers, as_):
    out = edited(export_own(drafter, edition, "mk").data, tracked)
    first = give_back(drafter, edition, out)
    refuse(drafter, cards(first))
    again = bring(drafter, edition, out)
    assert again.state == ReturnedFile.State.ASKS and not cards(again)
    address = f"/en/desk/{edition.pk}/back/{again.pk}/"
    for person in strangers:
        assert as_(person).get(address).status_code == 404
        assert as_(person).post(address, {"do": "again"}).status_code == 404
    desk = as_(drafter)
    page = desk.get(address).content.decode()
    assert "This file was imported before" in page and "<dd>3</dd>" in page
    page = desk.post(address, {"do": "again"}, follow=True).content.decode()
    assert "3 suggestions" in page and len(cards(again)) == 3
    assert desk.post(address, {"do": "again"}).status_code == 302 and len(cards(again)) == 3


def test_a_file_that_was_imported_before_can_be_discarded(edition, drafter, as_):
    out = edited(export_own(drafter, edition, "mk").data, tracked)
    refuse(drafter, cards(give_back(drafter, edition, out)))
    again = bring(drafter, edition, out)
    as_(drafter).post(f"/en/desk/{edition.pk}/back/{again.pk}/", {"do": "drop"})
    assert not ReturnedFile.objects.filter(pk=again.pk).exists()
