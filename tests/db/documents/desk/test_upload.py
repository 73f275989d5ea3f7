"""A Word file taken into a draft: by the page, by the command."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from documents.editions.text_storage import load_tree
from documents.models import Edition, Section
from tests.support.documents.desk.fixtures import As, Desk, new_document
from tests.support.documents.desk.upload import upload, word_file


def test_a_word_file_and_its_translation(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    new_document(client)
    edition = Edition.objects.get(instrument__slug="guide")
    url = f"/en/desk/{edition.pk}/"
    answer = upload(client, url, "mk", word_file("Прво", "Второ"))
    assert answer["Location"] == f"{answer.landing}report/"
    report = client.get(answer["Location"]).content.decode()
    assert "2 sections" in report and "Headings, with their numbers" in report
    assert [s.text.heading for s in load_tree(edition, "mk")] == ["Прво", "Второ"]
    assert upload(client, url, "en", word_file("First", "Second")).status_code == 302
    assert [s.text.heading for s in load_tree(edition, "en")] == ["First", "Second"]


def test_the_draft_says_that_a_file_waits_to_whom_brought_it(desk: Desk, as_: As) -> None:
    client, url = as_(desk.coordinator), desk.url("")
    name = "from the ministry.docx"
    brought = client.post(
        f"{url}upload/", {"language": "sq", "file": SimpleUploadedFile(name, word_file("One", "Two"))}
    )
    page = client.get(url).content.decode()
    assert name in page and f'href="{brought["Location"]}"' in page and "waiting for you" in page
    assert name not in as_(desk.drafter).get(url).content.decode()


@pytest.mark.parametrize("data", [b"", b"no zip", b"\xd0\xcf\x11\xe0" + b"x" * 600])
def test_what_is_no_word_file_is_refused_in_words(desk: Desk, as_: As, data: bytes) -> None:
    before = load_tree(desk.edition, "sq")
    answer = upload(as_(desk.translator), desk.url(), "sq", data)
    assert answer.status_code == 422
    assert 'class="err' in answer.content.decode()
    assert load_tree(desk.edition, "sq") == before


def test_a_translator_takes_in_their_language_only(desk: Desk, as_: As) -> None:
    client = as_(desk.translator)
    page = client.get(desk.url("upload/")).content.decode()
    assert 'value="sq"' in page and 'value="mk"' not in page and 'value="en"' not in page
    assert upload(client, desk.url(), "mk", word_file("Прво")).status_code == 422


def test_the_command_takes_a_file_in_and_prints_the_report(desk: Desk, tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "text.docx"
    path.write_bytes(word_file("E parë", "E dytë", "E tretë"))
    with pytest.raises(CommandError, match="outline differs"):
        # Its three headings are all of one level; the draft's second one is deeper.
        call_command("import_word", str(path), instrument="mk/sop", language="sq", by=desk.translator.email)
    with pytest.raises(CommandError, match="no document"):
        call_command(
            "import_word", str(path), instrument="mk/nothing", language="sq", by=desk.translator.email
        )
    with pytest.raises(CommandError, match="may not"):
        call_command("import_word", str(path), instrument="mk/sop", language="sq", by=desk.reviewer.email)
    with pytest.raises(CommandError, match="nobody"):
        call_command("import_word", str(path), instrument="mk/sop", language="sq", by="nobody@test.example")
    with pytest.raises(CommandError, match="can't be read"):
        call_command(
            "import_word",
            str(tmp_path / "gone.docx"),
            instrument="mk/sop",
            language="sq",
            by=desk.translator.email,
        )
    Section.objects.filter(edition=desk.edition).update(text_hash_sq="", text_hash_en="", level=1)
    call_command("import_word", str(path), instrument="mk/sop", language="sq", by=desk.translator.email)
    said = capsys.readouterr().out
    assert "3 sections" in said and "Headings, with their numbers" in said
    assert [s.text.heading for s in load_tree(desk.edition, "sq")] == ["E parë", "E dytë", "E tretë"]
