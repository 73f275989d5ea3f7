"""A Word file over a text that is there already: nothing goes before somebody has seen what would go."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from docx import Document

from audit.models import Entry
from documents.actions.save_section import save_section
from documents.editions.text_storage import load_tree
from documents.models import Comment, Edition, Section, SectionChange, Upload
from people.roles import Role
from tests.support.documents.desk.fixtures import As, Desk, new_document
from tests.support.documents.desk.upload import upload, word_file
from tests.support.documents.word.build import archive, parts_of
from tests.support.factories import body, make_person


@pytest.fixture
def taken_in(desk: Desk, as_: As) -> tuple[Client, Edition, str]:
    """A new document of two sections that came from Word; its title was typed."""
    client = as_(desk.coordinator)
    new_document(client)
    edition = Edition.objects.get(instrument__slug="guide")
    url = f"/en/desk/{edition.pk}/"
    assert upload(client, url, "mk", word_file("Прво", "Второ")).status_code == 302
    return client, edition, url


def yes(client: Client, asked: Any) -> Any:
    """Says on the page that the file may take the place of the text."""
    expected = asked.content.decode().split('name="expected" value="')[1].split('"')[0]
    client.post(asked.landing, {"do": "replace", "expected": expected})
    return client.get(asked.landing)


def headings(edition: Edition) -> list[str]:
    return [section.text.heading for section in load_tree(edition, "mk")]


def test_what_would_change_is_shown_and_nothing_is_stored_before_the_yes(
    taken_in: tuple[Client, Edition, str],
) -> None:
    client, edition, url = taken_in
    answer = upload(client, url, "mk", word_file("Прво", "Трето"))
    assert headings(edition) == ["Прво", "Второ"]
    page = answer.content.decode()
    assert "Replace the text" in page
    kept = {str(uid) for uid in Section.objects.filter(edition=edition).values_list("uid", flat=True)[:1]}
    assert client.post(answer.landing, {"expected": "another"}).status_code == 409
    assert headings(edition) == ["Прво", "Второ"]
    waiting = str(Upload.objects.get(edition=edition, state="asks").file.name)
    assert default_storage.exists(waiting)
    assert yes(client, answer)["Location"] == f"{answer.landing}report/"
    assert headings(edition) == ["Прво", "Трето"]
    # The section that stays is the same one: what hangs on its uid still does.
    assert kept <= {str(uid) for uid in Section.objects.filter(edition=edition).values_list("uid", flat=True)}
    assert not default_storage.exists(waiting)
    assert Entry.objects.filter(verb="import").latest("pk").detail["sections"] == 2


def test_a_section_that_says_the_same_words_stays_whatever_word_wrote_around_them(
    taken_in: tuple[Client, Edition, str],
) -> None:
    client, _edition, url = taken_in
    data = word_file("Прво", "Трето")
    parts = parts_of(data)
    saved = (
        parts["word/document.xml"].replace(b"<w:p>", b'<w:p w:rsidR="00AB12CD">').replace(b"<w:p ", b"<w:p  ")
    )
    assert saved != parts["word/document.xml"]
    answer = upload(client, url, "mk", archive({**parts, "word/document.xml": saved}))
    counts = re.findall(r'<dd class="num">(\d+)</dd>', answer.content.decode())
    assert counts == ["1", "1", "0", "0"]  # the same, changed, new, removed


def test_who_says_no_keeps_the_draft(taken_in: tuple[Client, Edition, str]) -> None:
    client, edition, url = taken_in
    asked = upload(client, url, "mk", word_file("Нешто", "сосема", "друго"))
    assert client.post(asked.landing, {"drop": "1", "answers": "confirmed"})["Location"] == url
    assert headings(edition) == ["Прво", "Второ"]
    assert client.get(asked.landing).status_code == 404


def test_a_text_that_changed_meanwhile_is_asked_about_again(taken_in: tuple[Client, Edition, str]) -> None:
    client, edition, url = taken_in
    asked = upload(client, url, "mk", word_file("Прво"))
    row = Section.objects.filter(edition=edition).order_by("position")[1]
    drafter = make_person(Role.DRAFTER, edition.instrument.owner)
    save_section(drafter, edition, str(row.uid), "mk", body("Второ", "Ново."), row.text_hash_mk)
    answer = yes(client, asked)
    assert answer.status_code == 409
    assert "The draft has changed since" in answer.content.decode()
    assert len(headings(edition)) == 2
    answer.landing = asked.landing
    assert yes(client, answer).status_code == 302
    assert headings(edition) == ["Прво"]
    removed = SectionChange.objects.filter(edition=edition, verb="remove").get()
    assert "Ново." in str(removed.before)


def test_the_waiting_file_is_nobody_elses(taken_in: tuple[Client, Edition, str], desk: Desk, as_: As) -> None:
    client, _edition, url = taken_in
    landing = upload(client, url, "mk", word_file("Прво")).landing
    pk = landing.rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"/en/desk/files/{pk}/state/").json()["state"] == "asks"
    for other in (desk.stranger, desk.drafter):
        for path in (landing, f"{landing}report/", f"/en/desk/files/{pk}/state/"):
            assert as_(other).get(path).status_code == 404
        assert as_(other).post(landing, {"drop": "1"}).status_code == 404


def test_a_comment_stays_with_its_section(taken_in: tuple[Client, Edition, str], desk: Desk) -> None:
    client, edition, url = taken_in
    uid = Section.objects.filter(edition=edition).order_by("position")[1].uid
    Comment.objects.create(edition=edition, uid=uid, language="mk", text="Why?", author=desk.coordinator)
    yes(client, upload(client, url, "mk", word_file("Ново", "Прво", "Второ")))
    assert load_tree(edition, "mk").by_uid[str(uid)].text.heading == "Второ"


def test_a_typed_title_stays_and_the_files_is_offered(taken_in: tuple[Client, Edition, str]) -> None:
    client, edition, url = taken_in
    edition.refresh_from_db()
    assert edition.title_mk == "Насоки"
    document = Document()
    document.add_paragraph("Насоки од Word", style="Title")
    document.add_heading("Прво", 1)
    document.add_paragraph("Text under Прво.")
    stream = io.BytesIO()
    document.save(stream)
    taken = yes(client, upload(client, url, "mk", stream.getvalue()))
    edition.refresh_from_db()
    assert edition.title_mk == "Насоки"
    report = client.get(taken["Location"]).content.decode()
    assert "“Насоки од Word”" in report
    offer = report.split(f'href="{url}titles/')[1].split('"')[0]
    assert 'value="Насоки од Word"' in client.get(f"{url}titles/{offer}").content.decode()


def test_the_command_asks_too(taken_in: tuple[Client, Edition, str], tmp_path: Any) -> None:
    _client, edition, _url = taken_in
    path = tmp_path / "text.docx"
    path.write_bytes(word_file("Прво"))
    with pytest.raises(CommandError, match="1 removed"):
        call_command("import_word", str(path), instrument="mk/guide", language="mk")
    assert len(headings(edition)) == 2
    call_command("import_word", str(path), instrument="mk/guide", language="mk", replace=True)
    assert headings(edition) == ["Прво"]
