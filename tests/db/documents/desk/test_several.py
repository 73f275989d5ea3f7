"""Several Word files at once, and two of them compared."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from documents.actions.compare_files import MOST, receive_two
from documents.actions.manage_uploads import forget_uploads
from documents.comparison.serialization import from_bytes, to_bytes
from documents.editions.text_storage import load_tree
from documents.models import Edition, FileComparison, Instrument, Upload, UploadBatch
from tests.support.documents.desk.fixtures import As, Desk
from tests.support.documents.desk.landing import EN, MK, written
from tests.support.documents.desk.several import bring, zipped
from tests.support.html import flat


def test_a_zip_becomes_a_list_and_the_list_drafts(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    data = zipped(
        ("folder/strategy.docx", written(MK)),
        ("guide.docx", written(EN)),
        ("broken.docx", b"PK no document"),
        ("empty.docx", b""),
        ("inner.zip", b""),
        ("../evil.docx", written(EN)),
        ("list.xlsx", b""),
    )
    url = bring(client, ("all.zip", data))
    page = client.get(url).content.decode()
    assert "4 Word files" in page and "3 other files were not accepted" in page
    assert "The file name points outside the zip file." in page and "This is not a Word document" in page
    assert "This file is empty. Choose another file." in page
    rows = {upload.name: upload for upload in Upload.objects.all()}
    assert rows["strategy.docx"].language == "mk" and rows["guide.docx"].language == "en"
    assert rows["broken.docx"].state == "refused"
    # Nobody else sees the list or a file of it.
    other = as_(desk.drafter)
    one = f"{url}{rows['guide.docx'].pk}/"
    for path in (url, one, f"{url}state/"):
        assert other.get(path).status_code == 404
    # One is looked at first: its outline is decided about as for a file brought alone.
    page = client.get(one).content.decode()
    assert "Check the outline" in page and "Save and return to the list" in page
    at = rows["guide.docx"].lines[2][0]
    assert client.post(one, {"do": "list", f"l{at}": "2"})["Location"] == url
    form = {
        "do": "make",
        "owner": str(desk.edition.instrument.owner_id),
        "kind": "sop",
        "classification": "official",
    }
    for upload, title in ((rows["strategy.docx"], "Стратегија"), (rows["guide.docx"], "Guide")):
        form |= {f"m{upload.pk}": "on", f"t{upload.pk}": title, f"g{upload.pk}": upload.language}
    # Who coordinates nowhere makes no documents.
    assert as_(desk.stranger).post(url, form).status_code == 404
    client.post(url, form)
    made = {edition.instrument.slug: edition for edition in Edition.objects.filter(instrument__kind="sop")}
    assert {"strategija", "guide"} <= set(made)
    assert [section.level for section in load_tree(made["guide"], "en")] == [1, 2, 1]
    assert made["guide"].instrument.classification == "official"
    page = client.get(url).content.decode()
    assert page.count("draft created") == 2
    # A second one of the same title finds another address; nothing of the first is touched.
    again = bring(client, ("guide.docx", written(EN)), ("notes.txt", b"x"), field="folder")
    pk = Upload.objects.filter(batch__pk=int(again.rstrip("/").rsplit("/", 1)[1])).get().pk
    client.post(again, form | {f"m{pk}": "on", f"t{pk}": "Guide", f"g{pk}": "en"})
    assert Instrument.objects.filter(slug="guide-2").exists()
    client.post(url, {"drop": "1", "answers": "confirmed"})
    assert (
        not UploadBatch.objects.filter(name="all.zip").exists() and len(load_tree(made["guide"], "en")) == 3
    )


def test_the_same_text_twice_is_said_and_not_ticked(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    url = bring(
        client, ("first.docx", written(EN)), ("second.docx", written(EN)), ("other.docx", written(MK))
    )
    page = flat(client.get(url).content.decode())
    first, second, _other = Upload.objects.order_by("pk")
    assert page.count("It has the same title and language as first.docx.") == 1
    assert re.search(rf'name="m{first.pk}" checked', page) and not re.search(
        rf'name="m{second.pk}" checked', page
    )


def test_the_heading_of_a_section_is_no_title_of_a_new_document(desk: Desk, as_: As) -> None:
    client = as_(desk.coordinator)
    files = ("my_strategy.docx", written(EN)), ("named.docx", written(MK, "Стратегија"))
    page = flat(client.get(bring(client, *files)).content.decode())
    own, named = Upload.objects.order_by("pk")
    assert re.search(rf'name="t{own.pk}" value="my strategy"', page)
    assert re.search(rf'name="t{named.pk}" value="Стратегија"', page)
    row = page[page.index(f'id="f{own.pk}"') : page.index(f'id="f{named.pk}"')]
    assert "The file has no title. Check the title shown here." in row
    assert page.count("The file has no title") == 1
    assert "The title comes from the first lines or the file properties. Check it." in page


def test_a_file_of_a_list_goes_into_a_draft_that_there_is(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    url = bring(client, ("a.docx", written(MK)), ("b.docx", written(EN)))
    upload = Upload.objects.get(name="b.docx")
    landing = client.post(url, {"do": f"put {upload.pk}", f"e{upload.pk}": str(desk.edition.pk)})["Location"]
    assert landing == f"/en/desk/{desk.edition.pk}/upload/{upload.pk}/"
    assert "Match the sections" in client.get(landing).content.decode()
    upload.refresh_from_db()
    assert upload.language == "en"
    stranger = as_(desk.stranger)
    foreign = bring(stranger, ("c.docx", written(EN)))
    third = Upload.objects.get(name="c.docx")
    assert (
        stranger.post(foreign, {"do": f"put {third.pk}", f"e{third.pk}": str(desk.edition.pk)})["Location"]
        == foreign
    )
    third.refresh_from_db()
    assert third.edition_id is None


def test_a_file_is_put_into_a_draft_in_the_language_that_is_chosen_or_not_at_all(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    url = bring(client, ("a.docx", written(MK)), ("b.docx", written(EN)))
    first, second = (Upload.objects.get(name=name) for name in ("a.docx", "b.docx"))
    put = {"do": f"put {first.pk}", f"e{first.pk}": str(desk.edition.pk)}
    client.post(url, put | {f"g{first.pk}": "sq"})
    first.refresh_from_db()
    assert (first.edition_id, first.language) == (desk.edition.pk, "sq")
    put = {"do": f"put {second.pk}", f"e{second.pk}": str(desk.edition.pk)}
    answer = client.post(url, put | {f"g{second.pk}": "bs"}, follow=True)
    assert "does not have this language version (Bosanski)" in answer.content.decode()
    second.refresh_from_db()
    assert second.edition_id is None


def test_who_may_and_what_is_too_much(desk: Desk, as_: As, settings: Any) -> None:
    for person in (desk.practitioner, desk.reviewer):
        assert as_(person).get("/en/desk/files/").status_code == 404
    client = as_(desk.coordinator)
    assert client.post("/en/desk/files/", {}).status_code == 422
    settings.KODEKS_BATCH_FILES = 1
    files = [SimpleUploadedFile(name, written(EN)) for name in ("a.docx", "b.docx")]
    answer = client.post("/en/desk/files/", {"several": files})
    assert answer.status_code == 422 and "The limit is 1 at once" in answer.content.decode()
    url = bring(client, ("all.zip", zipped(("a.docx", b"x"), ("b.docx", b"x"))))
    assert "It contains too many files" in client.get(url).content.decode()
    settings.KODEKS_BATCH_LIMIT = 10
    assert (
        client.post("/en/desk/files/", {"several": SimpleUploadedFile("a.docx", b"x" * 11)}).status_code
        == 422
    )


def test_the_operators_command(desk: Desk, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "Стратегија.docx").write_bytes(written(MK, "Стратегија"))
    (tmp_path / "broken.docx").write_bytes(b"no")
    owner = desk.edition.instrument.owner.key
    before = Instrument.objects.count()
    call_command("import_folder", str(tmp_path), owner=owner)
    said = capsys.readouterr().out
    assert (
        "4 sections, mk" in said
        and "refused  broken.docx" in said
        and "0 made into drafts, 1 refused" in said
    )
    assert Instrument.objects.count() == before and not Upload.objects.exists()
    call_command("import_folder", str(tmp_path), owner=owner, make=True)
    assert "1 made into drafts" in capsys.readouterr().out
    assert Instrument.objects.filter(slug="strategija").exists()
    for wrong in (
        {"owner": "nobody"},
        {"owner": owner, "by": "no@one.example"},
        {"owner": owner, "language": "xx"},
    ):
        with pytest.raises(CommandError):
            call_command("import_folder", str(tmp_path), **wrong)
    with pytest.raises(CommandError):
        call_command("import_folder", str(tmp_path / "broken.docx"), owner=owner)


def test_two_files_are_compared_for_one_person(desk: Desk, as_: As, settings: Any) -> None:
    newer = [
        MK[0],
        ("Ново", "Сосема нов дел за чамци и пристаништа."),
        (MK[2][0], MK[2][1].replace("24", "48")),
        MK[3],
    ]
    client = as_(desk.reviewer)
    assert client.get("/en/desk/compare/").status_code == 200
    assert as_(desk.practitioner).get("/en/desk/compare/").status_code == 404

    def two(old: bytes, new: bytes) -> str:
        data = {
            "old": SimpleUploadedFile("old.docx", old),
            "new": SimpleUploadedFile("new.docx", new),
            "one_text": "on",
        }
        return str(client.post("/en/desk/compare/", data)["Location"])

    url = two(written(MK), written(newer))
    page = client.get(url).content.decode()
    assert "<ins" in page and "48" in page and "Ново" in page and "old.docx" in page
    assert client.get(f"{url}?view=side&all=1").status_code == 200
    found = client.get(f"{url}changes.json").json()
    kinds = {section["kind"] for section in found["sections"]}
    assert {"new", "removed", "changed"} <= kinds
    redline = client.get(f"{url}changes.docx")
    xml = zipfile.ZipFile(io.BytesIO(redline.content)).read("word/document.xml")
    assert b"<w:ins " in xml and b"<w:del " in xml and "no-store" in redline["Cache-Control"]
    row = FileComparison.objects.get()
    assert not row.old_file and not row.new_file
    for path in (url, f"{url}changes.json", f"{url}changes.docx", f"{url}state/"):
        assert as_(desk.drafter).get(path).status_code == 404
    # What can't be read is refused by its name; a broken comparison is none.
    refused = client.get(two(written(MK), written(MK)[:-40]))
    assert refused.status_code == 422 and "new.docx" in refused.content.decode()
    with row.result.open("rb") as stream:
        kept = stream.read()
    assert to_bytes(from_bytes(kept)) == kept
    for wrong in (b"", kept[:-20], b"KODEKS-C1\n" + b"cos\nsystem\n(S'true'\ntR."):
        with pytest.raises(ValueError):
            from_bytes(wrong)
    # Thrown away by hand, or forgotten after some hours, with all that was kept.
    name = str(row.result.name)
    FileComparison.objects.filter(pk=row.pk).update(
        at=timezone.now() - timedelta(hours=settings.KODEKS_COMPARISON_HOURS, minutes=1)
    )
    assert default_storage.exists(name) and forget_uploads() == 1 and not default_storage.exists(name)
    other = two(written(MK), written(MK))
    assert "no section has changed" in client.get(other).content.decode()
    client.post(other, {"drop": "1"})
    assert client.get(other).status_code == 404


def test_what_was_compared_stays_as_long_as_the_page_says(desk: Desk, as_: As) -> None:
    names = {"old_name": "x.docx", "new_name": "y.docx", "page_language": "en", "state": "done"}
    first, *_ = FileComparison.objects.bulk_create(
        [FileComparison(by=desk.reviewer, **names) for _ in range(MOST - 1)]
    )

    def bring() -> None:
        files = [SimpleUploadedFile(name, b"no Word file") for name in ("x.docx", "y.docx")]
        receive_two(desk.reviewer, *files, one_text=True, page_language="en")

    bring()
    client = as_(desk.reviewer)
    page = client.get("/en/desk/compare/").content.decode()
    assert f"You can keep up to {MOST} comparisons. Adding another deletes the oldest." in page
    assert page.count("x.docx → y.docx") == MOST, "the page lists them"
    assert f"/en/desk/compare/{first.key}/" in page
    assert FileComparison.objects.filter(pk=first.pk).exists()
    bring()
    assert not FileComparison.objects.filter(pk=first.pk).exists()
