"""A Word file in two languages: every section beside itself, with the state of its text, and the file is a
sound one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from documents.editions.text_storage import store_translation
from documents.models import Section
from documents.word.file.ns import VAL, w
from tests.support.documents.exports.files import UID, as_drafter, draft_notice, get, rich_tree
from tests.support.factories import body, make_draft
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db


def words(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(w("t")))


def test_sections_stand_beside_each_other_with_the_state_of_their_text(tmp_path: Path) -> None:
    edition = make_draft(tree=rich_tree(), translations=[])
    store_translation(edition, rich_tree("sq"))
    Section.objects.filter(edition=edition, uid=UID(2)).update(
        body_sq=body("Pjesa e dytë", "Fund."), source_hash_sq="0" * 64
    )
    client = as_drafter(edition)
    base = f"/mk/i/{edition.instrument.path}/1"
    data = get(client, f"{base}.bilingual.docx?with=sq")
    assert get(client, f"{base}.bilingual.docx?with=sq") == data
    path = tmp_path / "two.docx"
    path.write_bytes(data)
    assert OpenXmlValidator().validate(str(path)).errors == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        header = archive.read("word/header1.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
    assert draft_notice("mk") in header and draft_notice("sq") in header
    assert notes.count("Белешка под текстот.") == 2, "the notes of both sides"
    _front, table = root[0].iterchildren(w("tbl"))
    rows = [[words(cell) for cell in row.iterchildren(w("tc"))] for row in table.iterchildren(w("tr"))]
    assert all(len(row) == 2 for row in rows)
    assert rows[0] == ["Македонски", "Shqip"]
    assert any(left.startswith("1Прв дел") and "оригинален текст" in left for left, _right in rows)
    stale = next(right for left, right in rows if left.startswith("1.1.1"))
    assert stale.startswith("1.1.1Pjesa e dytë") and "i papërditësuar" in stale
    assert ["Крај.", "Fund."] in rows
    left, right = next(iter(table.iterchildren(w("tr")))).iterchildren(w("tc"))
    assert {node.get(VAL) for node in right.iter(w("lang"))} == {"sq-AL"} and not list(left.iter(w("lang")))
    bookmarks = [node.get(w("name")) for node in root.iter(w("bookmarkStart"))]
    assert len(bookmarks) == len(set(bookmarks))
    for wrong in ("", "mk", "xx", "hr"):
        assert client.get(f"{base}.bilingual.docx", {"with": wrong}).status_code == 404, wrong
    assert "bilingual.docx?with=sq" in client.get(f"{base}/").content.decode()
    assert (
        PageClient(headers={"host": "public.test"})
        .get("/mk/library/i/mk/sop/1.bilingual.docx?with=sq")
        .status_code
        == 404
    )
