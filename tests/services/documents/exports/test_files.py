"""PDF, Word and JSON of an edition: what they say, that they are kept, and that nothing hostile stops them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from documents.choices import Classification
from documents.editions import blobs
from documents.exports import typeset
from documents.models import Blob, Edition, WordTemplate
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.read.files import read_file
from people.roles import Role
from tests.support.documents.exports.files import (
    HOSTILE,
    PIXEL,
    UID,
    as_drafter,
    draft_notice,
    get,
    para,
    pdf_text,
    plain,
    rich_tree,
    text,
)
from tests.support.documents.schema import check, undescribed
from tests.support.factories import make_country, make_draft, make_in_force, make_institution, make_person
from tests.support.services.office import Office

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).resolve().parents[4] / "docs"


def test_a_pdf_says_everything_and_is_an_archive_file_for_everybody(tmp_path: Path) -> None:
    edition = make_draft(tree=rich_tree(), translations=[])
    sha256 = blobs.put(PIXEL, Blob.Kind.IMAGE, "image/png").sha256
    edition = make_draft(slug="with-picture", tree=rich_tree(sha256=sha256), translations=[])
    blobs.link(edition, Blob.objects.get(pk=sha256), "map.png")
    data = get(as_drafter(edition), f"/mk/i/{edition.instrument.path}/1.pdf")
    assert data.startswith(b"%PDF")
    assert b"pdfaid:part" in data and b"pdfuaid:part" in data, "not PDF/A and PDF/UA"
    said = plain(pdf_text(data, tmp_path))
    for words in (
        "Title mk",
        "1 Прв дел",
        "Воведен текст",
        "Прв чекор",
        "полиција",
        "2 часа",
        "Глава на табелата",
        "четири",
        "а) прва точка",
        "Внимание.",
        "Слика на картата",
        "формула",
        "Белешка под текстот.",
        "Крај.",
    ):
        assert words in said, words


def test_a_draft_says_so_across_every_page(tmp_path: Path) -> None:
    edition = make_draft(tree=rich_tree(), translations=[])
    pages = pdf_text(get(as_drafter(edition), f"/en/i/{edition.instrument.path}/1.pdf?text=mk"), tmp_path)
    pages_list = [page for page in pages.split("\f") if page.strip()]
    assert len(pages_list) >= 3
    for page in pages_list:
        # At its head; across the page it is turned, and a reader of text may take it apart.
        assert draft_notice("mk") in page


def test_a_text_in_force_carries_its_number_hash_act_and_address(tmp_path: Path) -> None:
    edition = make_in_force(classification=Classification.TLP_GREEN)
    client = Client()
    client.force_login(make_person(Role.REGIONAL_PARTNER, make_institution("al-interior")))
    said = plain(pdf_text(get(client, "/mk/i/mk/sop/1.pdf"), tmp_path))
    assert draft_notice("mk") not in said
    assert edition.sha256 in said.replace(" ", "")
    assert "TLP:GREEN" in said and "41-1/24" in said and "http://testserver/mk/i/mk/sop/1/" in said
    assert f"{int(edition.sha256, 16) % 10**16:016d}" in said.replace(" ", "")


def test_an_address_in_one_language_gives_no_file_of_another_unsaid() -> None:
    make_in_force()
    client = Client(headers={"host": "public.test"})
    for ending in ("json", "pdf", "docx", "md", "html"):
        there = f"/hr/library/i/mk/sop/1.{ending}"
        led = client.get(there)
        # The address to which it leads names the language that it gives; asked for by name, there is none.
        assert led.status_code == 302 and led["Location"] == f"{there}?text=mk"
        assert client.get(f"{there}?text=hr").status_code == 404
    found = client.get("/hr/library/i/mk/sop/1.json?text=mk")
    assert found.status_code == 200 and found["Content-Language"] == "mk"
    assert client.get("/mk/library/i/mk/sop/1.json?text=x").status_code == 200


def test_serbian_goes_into_the_file_in_the_script_that_is_read(tmp_path: Path) -> None:
    make_country("rs", languages=["sr"], time_zone="Europe/Belgrade")
    tree = SectionTree(
        "sr",
        "Процедуре",
        (Section(UID(1), 1, "section", SectionText("1", rich_tree("sr").sections[1].text.body)),),
    )
    edition = make_in_force(owner=make_institution("rs-coordinator"), languages=["sr"], tree=tree)
    client = Client(headers={"host": "public.test"})
    latin = client.get(f"/sr-latn/library/i/{edition.instrument.path}/1.pdf")
    assert 'filename="rs-sop-1-sr-latn.pdf"' in latin.headers["Content-Disposition"]
    assert "Vtor del" in plain(pdf_text(latin.content, tmp_path))
    cyrillic = get(client, f"/sr-cyrl/library/i/{edition.instrument.path}/1.pdf")
    assert "Втор дел" in plain(pdf_text(cyrillic, tmp_path))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_read_as_markup_or_stops_the_file(words: str, tmp_path: Path) -> None:
    body = normalise_body(
        {
            "heading": [text(words[:300])],
            "blocks": [
                para(text(words, {"type": "link", "attrs": {"href": 'https://x.example/#"<>)(]['}})),
                {"type": "step", "attrs": {"title": words[:900], "who": words[:900]}, "content": []},
            ],
            "notes": {},
        }
    )
    tree = SectionTree("mk", words[:380], (Section(UID(1), 1, "section", SectionText(words[:100], body)),))
    edition = make_draft(tree=tree, translations=[], languages=["mk"])
    Edition.objects.filter(pk=edition.pk).update(title_mk=words[:380])
    client = as_drafter(edition)
    said = pdf_text(get(client, f"/mk/i/{edition.instrument.path}/1.pdf"), tmp_path)
    assert "root:" not in said
    if words.startswith("#read"):
        assert '#read("/etc/passwd") #panic("x")' in plain(said)
    assert get(client, f"/mk/i/{edition.instrument.path}/1.docx").startswith(b"PK")


def test_a_broken_picture_leaves_its_description(tmp_path: Path) -> None:
    broken = PIXEL[:60]
    blob = blobs.put(broken, Blob.Kind.IMAGE, "image/png")
    edition = make_draft(tree=rich_tree(sha256=blob.sha256), translations=[])
    blobs.link(edition, blob, "map.png")
    said = pdf_text(get(as_drafter(edition), f"/mk/i/{edition.instrument.path}/1.pdf"), tmp_path)
    assert "карта" in said and "Крај." in said


def test_a_file_is_made_once_and_again_when_the_text_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = make_draft()
    client = as_drafter(edition)
    address = f"/mk/i/{edition.instrument.path}/1.pdf"
    made: list[int] = []
    real = typeset.typeset

    def counted(*args: Any, **kwargs: Any) -> bytes:
        made.append(1)
        return real(*args, **kwargs)

    monkeypatch.setattr("documents.exports.pdf.typeset", counted)
    first = get(client, address)
    assert get(client, address) == first
    assert len(made) == 1
    Edition.objects.filter(pk=edition.pk).update(title_mk="Друг наслов")
    assert get(client, address) != first
    assert len(made) == 2
    _folders, names = default_storage.listdir(f"exports/{edition.pk}/office-mk-pdf")
    assert len(names) == 1, "files of former texts stay behind"


def test_what_takes_too_long_is_ended_and_said() -> None:
    data = {"timestamp": 0}
    with pytest.raises(typeset.NotTypeset):
        typeset.typeset(data, {}, typeset.Limits(seconds=5, memory_bytes=64 * typeset.MB))


def test_a_file_that_cannot_be_made_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = make_in_force(slug="never-made")

    def fails(*args: Any, **kwargs: Any) -> bytes:
        raise typeset.Busy("busy")

    monkeypatch.setattr("documents.exports.pdf.typeset", fails)
    answer = Client(headers={"host": "public.test"}).get(f"/en/library/i/{edition.instrument.path}/1.pdf")
    assert answer.status_code == 503 and answer.headers["Retry-After"] == "30"
    assert "Several files are being created. Try again in half a minute." in answer.content.decode()


def test_the_word_file_opens_in_libreoffice_and_comes_back_as_it_was(soffice: Office, tmp_path: Path) -> None:
    edition = make_draft(tree=rich_tree(), translations=[])
    path = tmp_path / "file.docx"
    path.write_bytes(get(as_drafter(edition), f"/mk/i/{edition.instrument.path}/1.docx"))
    said = pdf_text(soffice.convert(path, "pdf").read_bytes(), tmp_path)
    assert "Прв дел" in said and "Белешка под текстот." in said
    back = read_file(path, language="mk").tree
    assert [section.uid for section in back] == [UID(1), UID(2)]
    assert [section.text.heading for section in back] == ["Прв дел", "Втор дел"]


def test_the_word_file_of_a_draft_says_so_in_its_header(tmp_path: Path) -> None:
    import zipfile

    edition = make_draft()
    path = tmp_path / "file.docx"
    path.write_bytes(get(as_drafter(edition), f"/mk/i/{edition.instrument.path}/1.docx"))
    with zipfile.ZipFile(path) as archive:
        header = archive.read("word/header1.xml").decode()
    assert draft_notice("mk") in header


def test_the_json_holds_the_text_as_it_is_hashed_and_anybody_makes_the_hashes_anew(tmp_path: Path) -> None:
    make_country("rs", languages=["sr"], time_zone="Europe/Belgrade")
    edition = make_in_force(tree=rich_tree("mk"), translations=[], authentic=["mk"])
    public = Client(headers={"host": "public.test"})
    path = tmp_path / "edition.json"
    path.write_bytes(get(public, "/en/library/i/mk/sop/1.json?text=mk"))
    found = json.loads(path.read_text("utf-8"))
    check(found, "edition")
    assert not undescribed(found, "edition")
    assert found["schema"] == "kodeks-edition/1" and found["notice"] == ""
    assert found["version"]["sections"][0]["text"]["heading"] == [{"type": "text", "text": "Прв дел"}]
    assert found["edition"]["sha256"] == edition.sha256 and edition.sha256
    assert found["version_sha256"] == next(v["sha256"] for v in found["versions"] if v["language"] == "mk")

    code = re.findall(r"```python\n(.*?)```", (DOCS / "hashes.md").read_text("utf-8"), re.DOTALL)[0]
    script = tmp_path / "recompute.py"
    script.write_text(code, "utf-8")

    def recompute() -> subprocess.CompletedProcess[str]:
        # -I: nothing of ours is on its path; it stands on Python alone, as docs/hashes.md says.
        return subprocess.run(
            [sys.executable, "-I", script, path], capture_output=True, text=True, timeout=30, check=False
        )

    done = recompute()
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [found["version_sha256"], edition.sha256]

    found["version"]["sections"][1]["text"]["blocks"][0]["content"][0]["text"] = "Друго."
    path.write_text(json.dumps(found), "utf-8")
    assert recompute().returncode != 0


def test_where_the_template_can_not_be_written_on_the_reader_is_told_and_the_log_says_why(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    edition = make_in_force()
    country = edition.instrument.country
    # No Word file: as if what was taken in once could not be opened any more.
    blob = blobs.put(b"broken", Blob.Kind.TEMPLATE, "application/octet-stream")
    WordTemplate.objects.create(country=country, name="Меморандум", blob=blob)
    client.force_login(make_person(Role.PRACTITIONER, edition.instrument.owner))
    base = f"/mk/i/mk/{edition.instrument.slug}/1"
    answer = client.get(f"{base}.template.docx")
    assert answer.status_code == 503 and f"{base}.docx" in answer.content.decode()
    assert "Меморандум" in caplog.text
    assert client.get(f"{base}.docx").status_code == 200
