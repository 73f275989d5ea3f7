"""Why a file was refused is kept as a message, which each reader sees in their own language."""

from __future__ import annotations

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import gettext

from documents.models import Upload, UploadBatch
from documents.stored_messages import keep, message, render_message
from documents.word.file.bundle import WORDS, Why
from documents.word.file.refusal import MESSAGES, RefusalCode
from tests.support.documents.desk.fixtures import As, Desk
from tests.support.documents.desk.several import zipped
from tests.support.documents.desk.upload import word_file

LANGUAGES = ("en", "mk", "sq", "hr")


def in_language(msgid: str, language: str) -> str:
    with translation.override(language):
        return gettext(msgid)


@pytest.mark.parametrize("brought_in", ["mk", "en"])
def test_a_refused_upload_says_why_in_the_language_of_the_page(desk: Desk, as_: As, brought_in: str) -> None:
    client = as_(desk.drafter)
    file = SimpleUploadedFile("text.docx", word_file()[:-40])
    url = desk.url("upload/").replace("/en/", f"/{brought_in}/", 1)
    landing = client.post(url, {"language": "", "file": file})["Location"]
    row = Upload.objects.get()
    assert row.state == "refused"
    code = next(code for code, words in MESSAGES.items() if words in row.problem)
    told = {in_language(MESSAGES[code], language) for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)
    for language in LANGUAGES:
        page = client.get(landing.replace(f"/{brought_in}/", f"/{language}/", 1)).content.decode()
        assert in_language(MESSAGES[code], language) in unescape(page)
        assert "msgid" not in page


def test_what_was_not_taken_of_a_zip_says_why_in_the_language_of_the_page(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    data = zipped(("a.docx", word_file("Aims")), ("b.txt", b"text"), ("c.zip", zipped(("d.txt", b""))))
    file = SimpleUploadedFile("all.zip", data)
    where = client.post("/mk/desk/files/", {"several": file, "files": file})["Location"]
    for language in LANGUAGES:
        page = client.get(where.replace("/mk/", f"/{language}/", 1)).content.decode()
        for why in (Why.NOT_DOCX, Why.NESTED):
            assert in_language(WORDS[why], language) in page
    assert UploadBatch.objects.get().refused


def test_values_names_and_former_texts() -> None:
    kept = keep(MESSAGES[RefusalCode.TOO_BIG], {"limit": 30}, of="old.docx")
    with translation.override("mk"):
        assert render_message(kept) == "old.docx: " + gettext(MESSAGES[RefusalCode.TOO_BIG]) % {"limit": 30}
        outline = (
            "The outline differs from heading %(count)d onwards. Expected: %(expected)s. "
            "In the file: %(found)s. Nothing was saved."
        )
        end = message("the end of the document")
        told = render_message(keep(outline, {"count": 2, "expected": "“1 Aims”", "found": end}))
        assert gettext("the end of the document") in told and "the end of" not in told
    # What was kept as words, and what is no message, stays.
    assert (
        render_message("Оваа датотека е оштетена.") == "Оваа датотека е оштетена."
        and render_message("") == ""
    )
