"""What several test files of documents/desk begin with: upload."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document


def word_file(*headings: str) -> bytes:
    """A Word file with these headings and a paragraph under each."""
    document = Document()
    for heading in headings:
        document.add_heading(heading, 1)
        document.add_paragraph(f"Text under {heading}.")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def upload(client: Client, desk_url: str, language: str, data: bytes, name: str = "text.docx") -> Any:
    """Brings a file, takes it in as it is proposed, and gives where that leads."""
    answer = client.post(f"{desk_url}upload/", {"language": language, "file": SimpleUploadedFile(name, data)})
    if answer.status_code != 302:
        return answer
    page = client.get(answer["Location"])
    if b'value="take"' in page.content:
        assert client.post(answer["Location"], {"do": "take"})["Location"] == answer["Location"]
        page = client.get(answer["Location"])
    page.landing = answer["Location"]
    return page
