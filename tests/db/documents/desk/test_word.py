"""The page of a draft's Word files: what it offers to whom."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions.submit_edition import submit_edition
from documents.models import ReturnedFile, Section, Suggestion
from people.roles import Role
from tests.support.documents.desk.fixtures import As, Desk
from tests.support.documents.word.build import HEADINGS, word_file
from tests.support.factories import make_in_force, make_person
from tests.support.returned_files import p


def offers(page: str, *names: str) -> list[str]:
    return [name for name in names if name in page]


WAYS = (
    "Download for editing",
    "Import tracked changes",
    "Import a new text of the original",
    "Import a translation",
    "Translate offline",
    "Import several Word files",
    "Word templates",
)


def test_each_way_is_offered_to_those_who_may_go_it(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    assert f'href="{desk.url("word/")}"' in client.get(desk.url()).content.decode()
    assert offers(client.get(desk.url("word/")).content.decode(), *WAYS) == list(WAYS)
    page = as_(desk.drafter).get(desk.url("word/")).content.decode()
    assert offers(page, *WAYS) == list(WAYS[:-1])
    page = as_(desk.translator).get(desk.url("word/")).content.decode()
    assert offers(page, *WAYS) == [WAYS[1], *WAYS[3:-1]]
    assert desk.url("translate/sq/") in page and desk.url("translate/en/") not in page
    for person in (desk.stranger, desk.practitioner, desk.reviewer):
        assert as_(person).get(desk.url("word/")).status_code == 404


def test_a_text_under_review_is_changed_by_no_file(desk: Desk, as_: As) -> None:
    submit_edition(desk.coordinator, desk.edition)
    answer = as_(desk.drafter).get(desk.url("word/"))
    assert answer.status_code == 404 or not offers(answer.content.decode(), *WAYS[:5])


def test_a_new_text_replaces_the_original_while_there_are_no_translations(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    upload, compare = desk.url("upload/") + "?language=mk", desk.url("back/") + "?text=new"
    columns = {f"{name}_{code}": "" for name in ("text_hash", "source_hash") for code in ("sq", "en")}
    Section.objects.filter(edition=desk.edition).update(body_sq=None, body_en=None, **columns)
    page = client.get(desk.url("word/")).content.decode()
    assert upload in page and compare not in page
    desk.save("sq", {"heading": [{"type": "text", "text": "Qëllimi"}], "blocks": [], "notes": {}})
    page = client.get(desk.url("word/")).content.decode()
    assert upload not in page and compare in page
    assert compare in client.get(desk.url("upload/")).content.decode()


def test_a_new_text_of_the_next_edition_becomes_suggestions(db: None, as_: As) -> None:
    """What a consultant sends was never downloaded from Kodeks, and has no tracked changes."""
    edition = make_in_force()
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    client = as_(coordinator)
    client.post(f"/en/desk/{edition.pk}/revise/")
    draft = edition.instrument.editions.get(state="draft")
    heads = list(
        Section.objects.filter(edition=draft).order_by("position").values_list("heading_mk", flat=True)
    )
    data = word_file(
        "".join(p(head, True) + p("Сосема нов став.") for head in [*heads, "Нова глава"]), styles=HEADINGS
    )
    address = f"/en/desk/{draft.pk}/back/?text=new"
    assert "Import a new text of the original" in client.get(address).content.decode()
    answer = client.post(
        address, {"language": "mk", "file": SimpleUploadedFile("consultant.docx", data)}, follow=True
    )
    assert answer.status_code == 200 and ReturnedFile.objects.get().state == "ready"
    kinds = set(Suggestion.objects.values_list("kind", flat=True))
    assert "section_added" in kinds and kinds & {"changed", "added"}
    assert set(Suggestion.objects.values_list("state", flat=True)) == {"open"}


def test_a_file_without_tracked_changes_replaces_nothing_by_itself(desk: Desk, as_: As) -> None:
    before = list(Section.objects.filter(edition=desk.edition).values("uid", "text_hash_mk"))
    data = word_file(p("Општо", True) + p("Друго."), styles=HEADINGS)
    file = SimpleUploadedFile("new.docx", data)
    as_(desk.drafter).post(desk.url("back/") + "?text=new", {"language": "mk", "file": file})
    assert list(Section.objects.filter(edition=desk.edition).values("uid", "text_hash_mk")) == before
