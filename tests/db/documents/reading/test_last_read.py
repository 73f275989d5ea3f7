"""What changed since a person last read a document: told once there is a newer edition, until they have seen
it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from documents.models import Edition, LastRead
from people.roles import Role
from tests.support.documents.reading.last_read import edition as edition
from tests.support.documents.reading.last_read import read
from tests.support.documents.reading.pages import FIRST, SECOND, supersede
from tests.support.factories import make_institution, make_person, narrow
from tests.support.html import PageClient, signed_in

NEW = "0b4e5a0e-6f8d-4a52-9d5b-3f6f6c1b7a11"
pytestmark = pytest.mark.django_db


def test_a_new_edition_is_told_until_it_is_seen(edition: Edition) -> None:
    client = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    assert "You last read" not in read(client, edition)
    supersede(edition, date(2025, 1, 1))
    home = client.get("/en/").content.decode()
    assert "Changed since you read it" in home
    page = read(client, edition)
    assert "You last read edition 1" in page
    assert f"/en/i/{edition.instrument.path}/2/compare/1/" in page
    assert "This section has not changed." in read(client, edition, f"2/s/{FIRST}/?text=mk")
    assert "This section has changed since." in read(client, edition, f"2/s/{SECOND}/?text=en")
    answer = client.post(f"/en/i/{edition.instrument.path}/2/seen/", {"section": SECOND})
    assert answer["Location"].endswith(f"/2/s/{SECOND}/")
    assert "You last read" not in read(client, edition)
    assert "Changed since you read it" not in client.get("/en/").content.decode()


def test_who_skipped_an_edition_is_told_of_the_one_they_know(edition: Edition) -> None:
    client = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    read(client, edition)
    second = supersede(edition, date(2025, 1, 1))
    read(client, edition)
    supersede(second, date(2025, 6, 1))
    assert "/3/compare/1/" in read(client, edition)


def test_the_day_is_that_of_the_last_reading(edition: Edition) -> None:
    client = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    read(client, edition)
    LastRead.objects.update(at=date(2024, 5, 17))
    assert client.head(f"/en/i/{edition.instrument.path}/1/").status_code == 200
    assert LastRead.objects.get().at == date(2024, 5, 17)
    read(client, edition)
    assert LastRead.objects.get().at == timezone.localdate()
    supersede(edition, date(2025, 1, 1))
    assert f"{timezone.localdate().year}." in read(client, edition).split("You last read")[1][:60]


def test_a_section_that_came_and_one_that_went_are_said_to_be_so(edition: Edition) -> None:
    client = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    read(client, edition)
    supersede(edition, date(2025, 1, 1), {FIRST: NEW})
    assert "This section has been added since." in read(client, edition, f"2/s/{NEW}/?text=mk")
    assert "This section has been added since." not in read(client, edition, f"2/s/{SECOND}/?text=mk")
    assert "This section has been added since." not in read(client, edition, "2/")
    old = read(client, edition, f"1/s/{SECOND}/?text=mk")
    assert "Read this section in the edition in force" in old and "not in the text in force" not in old
    old = read(client, edition, f"1/s/{FIRST}/?text=mk")
    assert "This section is not in the text in force." in old and "Read the text in force" in old
    assert "Read this section in the edition in force" not in old
    assert "This section is not in" not in read(client, edition, "1/")


def test_nothing_is_noted_of_the_public_of_old_editions_and_of_a_glance(edition: Edition) -> None:
    public = PageClient(headers={"host": "public.test"})
    assert public.get(f"/en/library/i/{edition.instrument.path}/").status_code == 200
    assert public.post(f"/en/i/{edition.instrument.path}/1/seen/").status_code in (404, 405)
    client = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-police")))
    client.head(f"/en/i/{edition.instrument.path}/")
    assert not LastRead.objects.exists()
    supersede(edition, date(2025, 1, 1))
    read(client, edition, "1/")
    assert not LastRead.objects.exists()


def test_a_text_that_one_may_not_read_says_nothing(edition: Edition) -> None:
    stranger = make_person(Role.PRACTITIONER, make_institution("rs-police", "rs"))
    edition.instrument.classification = "tlp_amber_strict"
    narrow("tlp_amber_strict", edition.instrument)
    assert signed_in(stranger).post(f"/en/i/{edition.instrument.path}/1/seen/").status_code == 404
    LastRead.objects.create(user=stranger, instrument=edition.instrument, edition=edition)
    supersede(edition, date(2025, 1, 1))
    assert edition.title_in("mk") not in signed_in(stranger).get("/en/").content.decode()
