"""What several test files of documents/desk begin with: exchange."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from lxml import etree

from tests.support.documents.desk.fixtures import UID, Desk


def page(desk: Desk) -> str:
    return desk.url("translate/sq/")


def bring(client: Client, desk: Desk, data: bytes, name: str = "back.xlf") -> Any:
    return client.post(page(desk), {"file": SimpleUploadedFile(name, data)}, follow=True)


def filled_xliff(data: bytes, words: str = "Përkthim") -> bytes:
    root = etree.fromstring(data)
    for segment in root.iter("{*}segment"):
        target = segment.find("{*}target")
        if target is None:
            target = etree.SubElement(segment, segment.tag.replace("segment", "target"))
        for old in list(target):
            target.remove(old)
        unit = segment.getparent()
        assert unit is not None
        target.text = f"{words} {unit.get('name')}"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def filled_word(data: bytes, words: str = "Përkthim") -> bytes:
    document = Document(io.BytesIO(data))
    for row in document.tables[0].rows[1:]:
        if row.cells[0]._tc is not row.cells[2]._tc:
            row.cells[2].paragraphs[0].text = f"{words} {row.cells[0].paragraphs[0].text.partition('.')[2]}"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def only(data: bytes, kind: str, name: str, words: str) -> bytes:
    """The file with one text of the first section written anew."""
    if kind == "xlf":
        root = etree.fromstring(data)
        (unit,) = (unit for unit in root.iter("{*}unit") if unit.get("id") == f"{UID}.{name}")
        target = unit.find("{*}segment/{*}target")
        assert target is not None
        for old in list(target):
            target.remove(old)
        target.text = words
        return etree.tostring(root)
    document = Document(io.BytesIO(data))
    rows = document.tables[0].rows
    row = next(row for row in rows if row.cells[0].paragraphs[0].text.partition(".")[2] == name)
    row.cells[2].paragraphs[0].text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
