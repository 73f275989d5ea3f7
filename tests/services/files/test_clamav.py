"""Every upload is scanned by a real clamd before anything reads it; without its answer nothing comes in."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audit.models import Entry
from documents.models import Upload
from files.clamav import ScannerAway, answers, scan
from mail.models import Message
from people.roles import Role
from tests.support.admin.campaigns import publisher_of
from tests.support.documents.word.build import p, word_file
from tests.support.factories import make_person
from tests.support.html import signed_in
from tests.support.services.clamav import EICAR, Scanner

pytestmark = pytest.mark.django_db


def bring(client: Client, data: bytes) -> str:
    answer = client.post("/en/desk/new/", {"file": SimpleUploadedFile("text.docx", data)})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_a_virus_comes_in_nowhere(clamd: Scanner, settings: object) -> None:
    settings.KODEKS_CLAMAV = clamd.address  # type: ignore[attr-defined]
    person = make_person(Role.COORDINATOR)
    operator = make_person(Role.OPERATOR)
    client = signed_in(person)
    infected = word_file(p("x"), parts={"word/media/a.bin": EICAR})
    for data in (infected, EICAR, b"PK" + EICAR):
        page = bring(client, data)
        assert "The virus scanner found “Kodeks.Test" in page and "It was not saved." in page
    assert not Upload.objects.exists()
    entries = Entry.objects.filter(verb="upload", refused=True)
    assert entries.count() == 3 and entries[0].detail["virus"].startswith("Kodeks.Test")
    mails = Message.objects.filter(to=operator.email)
    assert mails.count() == 1 and "virus" in mails[0].subject and person.email in mails[0].text
    assert bring(client, word_file(p("x"))).startswith("/en/desk/")
    # A view without a form answers in words, and as JSON to a program.
    publisher, picture = signed_in(publisher_of(None)), "/admin/images/multiple/add/"
    refused = publisher.post(picture, {"files[]": SimpleUploadedFile("a.png", EICAR)})
    assert refused.status_code == 422 and "was not accepted" in refused.content.decode()
    program = {"x-requested-with": "XMLHttpRequest"}
    answer = publisher.post(picture, {"files[]": SimpleUploadedFile("a.png", EICAR)}, headers=program)
    assert answer.json()["success"] is False and "Kodeks.Test" in answer.json()["error_message"]


def test_without_a_scanner_nothing_comes_in(settings: object) -> None:
    settings.KODEKS_CLAMAV = "tcp://127.0.0.1:1"  # type: ignore[attr-defined]
    client = signed_in(make_person(Role.COORDINATOR))
    page = bring(client, word_file(p("x")))
    assert "cannot be checked for viruses at the moment" in page and "Try again later." in page
    assert not Upload.objects.exists()
    assert not answers("tcp://127.0.0.1:1") and not answers("/nowhere/at/all")


def test_the_answer_of_a_large_file_and_of_a_stranger(clamd: Scanner, smtp: object) -> None:
    assert answers(clamd.address)
    assert scan(clamd.address, io.BytesIO(b"x" * 3_000_000)) == ""
    with pytest.raises(ScannerAway):
        scan(f"tcp://127.0.0.1:{smtp.port}", io.BytesIO(b"x"))  # type: ignore[attr-defined]
