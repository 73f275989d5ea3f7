"""A new document begins with a Word file or empty; what the file says is checked before it is created."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.editions.text_storage import load_tree
from documents.models import Instrument, Upload
from documents.pages.desk.document_kinds import kind_of
from tests.support.documents.desk.fixtures import As, Desk
from tests.support.documents.desk.landing import MK, written
from tests.support.factories import make_institution, make_person

NEW = "/en/desk/new/"


def brought(client: Any, data: bytes, name: str = "strategy.docx") -> str:
    answer = client.post(NEW, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302
    return str(answer["Location"])


def fields(desk: Desk, **more: object) -> dict[str, object]:
    return {
        "title": "Национална стратегија",
        "source_language": "mk",
        "kind": "strategy",
        "languages": ["mk", "sq"],
        "authentic_languages": ["mk"],
        "owner": desk.edition.instrument.owner_id,
        "classification": "official",
        "level": "national",
        "slug": "",
        **more,
    }


def test_it_begins_with_a_file_or_empty(desk: Desk, as_: As) -> None:
    page = as_(desk.coordinator).get(NEW).content.decode()
    assert "From a Word file" in page and f'href="{NEW}empty/"' in page and "novalidate" in page
    for path in ("", "empty/"):
        assert as_(desk.drafter).get(NEW + path).status_code == 404
        assert as_(desk.drafter).post(NEW + path).status_code == 404


def test_what_the_file_says_is_checked_and_becomes_the_draft(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    address = brought(client, written(MK))
    page = client.get(address).content.decode()
    assert "Check what was read" in page and '<option value="mk" selected' in page
    assert "only for the responsible institution" in page and "Has legal force" in page
    assert Instrument.objects.count() == 1
    # What is missing is said at the field, and nothing is created.
    wrong = client.post(address, fields(desk, title=""))
    assert wrong.status_code == 422 and "Enter the title." in wrong.content.decode()
    assert Instrument.objects.count() == 1
    answer = client.post(address, fields(desk), follow=True)
    made = Instrument.objects.get(kind="strategy")
    assert (made.languages, made.authentic_languages) == (["sq", "mk"], ["mk"])
    assert made.classification == "official" and len(load_tree(made.editions.get(), "mk")) > 1
    assert "Import report" in answer.content.decode()
    assert client.get(address).status_code == 302


def test_the_outline_is_corrected_first(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    address = brought(client, written(MK))
    page = client.get(f"{address}?outline=1").content.decode()
    assert "Check the outline" in page and "Save the outline" in page
    at = Upload.objects.get().lines[2][0]
    assert client.post(address, {"do": f"join {at}"})["Location"].startswith(f"{address}?outline=1")
    assert client.post(address, {"do": "list"})["Location"] == address
    assert Upload.objects.get().decisions


def test_a_taken_address_is_told_and_the_answers_stay(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    address = brought(client, written(MK))
    page = client.get(address).content.decode()
    taken = desk.edition.instrument.slug
    page = client.post(address, fields(desk, slug=taken), follow=True).content.decode()
    assert "already uses this address" in page and "Национална стратегија" in page
    assert Instrument.objects.count() == 1


def test_a_file_is_seen_by_its_person_alone(desk: Desk, as_: As) -> None:
    address = brought(as_(desk.coordinator), written(MK))
    other = make_person("coordinator", make_institution(), name="Other")
    assert as_(other).get(address).status_code == 404
    assert as_(other).post(address, {"drop": "1"}).status_code == 404
    mine = as_(desk.coordinator)
    asked = mine.post(address, {"drop": "1"}).content.decode()
    assert "Discard the file?" in asked and Upload.objects.exists()
    back = mine.post(address, fields(desk) | {"drop": "1", "answers": "change"})
    assert "Check what was read" in back.content.decode() and Upload.objects.exists()
    mine.post(address, {"drop": "1", "answers": "confirmed"})
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("picture.png", b"\x89PNG", "“picture.png” is not a Word file"),
        ("empty.docx", b"", "This file is empty"),
    ],
)
def test_the_real_problem_of_a_file_is_named(desk: Desk, as_: As, name: str, data: bytes, told: str) -> None:
    answer = as_(desk.coordinator).post(NEW, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422 and told in answer.content.decode()
    assert "Choose a file." in as_(desk.coordinator).post(NEW, {}).content.decode()


def test_a_damaged_file_is_refused_with_another_choice(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    answer = client.get(brought(client, written(MK)[:-40]))
    assert answer.status_code == 422 and f'href="{NEW}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Национална стратегија за борба против трговијата со луѓе", "strategy"),
        ("Акциски план за спроведување на стратегијата", "action_plan"),
        ("Стандардни оперативни процедури", "sop"),
        ("Mekanizmi i referimit", "referral_mechanism"),
        ("Smjernice za identifikaciju", "guideline"),
        ("Udhëzim administrativ", "guideline"),
        ("Годишњи извештај", "monitoring_report"),
        ("Меморандум за соработка", "agreement"),
        ("Стандардна оперативна постапка за упатување", "sop"),
        ("Postupak sa žrtvama", "sop"),
        ("Procedurë për referim", "sop"),
        ("Deca na granici", ""),
        ("", ""),
    ],
)
def test_the_kind_is_read_from_the_title(title: str, kind: str) -> None:
    assert kind_of(title) == kind
