"""Pictures in a section: put in by the editor or a plain form, described, changed, taken out; nothing hidden
or harmful."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from PIL import Image, PngImagePlugin
from playwright.sync_api import expect

from documents.actions.save_section import save_section
from documents.actions.store_picture import forget_pictures
from documents.models import Blob, BlobUse
from people.models import Grant
from people.roles import Role, Verb
from tests.support.documents.desk.browsing import TEXT
from tests.support.documents.desk.fixtures import Desk, Open
from tests.support.documents.exports.scrubbed import opened as parts_of
from tests.support.factories import make_institution, make_person
from tests.support.tampering import unguarded

pytestmark = pytest.mark.django_db
SECRET = "SkrivenoUSlici"


def png(kind: str = "PNG", size: tuple[int, int] = (40, 20)) -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", SECRET)
    target = io.BytesIO()
    Image.new("RGB", size, "#336699").save(target, kind, **({"pnginfo": told} if kind == "PNG" else {}))
    return target.getvalue() + SECRET.encode()


def upload(data: bytes, name: str = "map.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_the_editor_gets_a_clean_picture_and_nobody_else_may_send_one(desk: Any, as_: Any) -> None:
    writer = as_(desk.drafter)
    address = desk.section() + "picture/"
    answer = writer.post(
        address, {"file": upload(png()), "alt": "Карта"}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 200
    use = BlobUse.objects.get(blob=answer.json()["sha256"])
    assert use.blob.content_type == "image/png" and use.drafters_only
    kept = writer.get(f"/files/{use.blob_id}/map.png")
    assert SECRET.encode() not in parts_of(kept.getvalue())
    for data, alt in (
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "x"), (b"\x89PNG\r\n\x1a\n", "x"), (b"", "x"),
        (png("BMP"), "x"), (png("TIFF"), "x"), (png(), " "), (png(size=(9000, 9000)), "x"), (b"x" * 11_000_000, "x"),
    ):  # fmt: skip
        refused = writer.post(
            address, {"file": upload(data), "alt": alt}, headers={"accept": "application/json"}
        )
        assert refused.status_code == 400 and refused.json()["message"]
    for stranger in (
        make_person(Role.DRAFTER, make_institution("rs-interior")),
        make_person(Role.PRACTITIONER),
    ):
        assert as_(stranger).post(address, {"file": upload(png()), "alt": "x"}).status_code == 404


def test_a_picture_stands_in_every_file(desk: Any, as_: Any) -> None:
    writer, row = as_(desk.drafter), desk.row()
    sent = {"file": upload(png("JPEG"), "x.jpg"), "alt": "Карта"}
    sha256 = writer.post(desk.section() + "picture/", sent).json()["sha256"]
    figure = {"type": "figure", "attrs": {"sha256": sha256, "alt": "Карта"}, "content": []}
    shown = row.body_mk | {"blocks": [*row.body_mk["blocks"], figure]}
    save_section(desk.drafter, desk.edition, row.uid, "mk", shown, row.text_hash_mk)
    reading = f"/mk/i/{desk.edition.instrument.path}/1"
    for kind in ("docx", "template.docx", "html"):
        assert "Карта".encode() in parts_of(writer.get(f"{reading}.{kind}").content), kind
    pdf = parts_of(writer.get(f"{reading}.pdf").content)
    assert b"/Alt" in pdf or b"Figure" in pdf


def test_a_picture_is_for_readers_once_a_text_shows_it_and_forgotten_where_none_does(
    desk: Any, as_: Any, settings: Any
) -> None:
    writer, reader = as_(desk.drafter), as_(desk.reviewer)
    with unguarded():
        Grant.objects.create(user=desk.reviewer, key=f"ed:{desk.edition.pk}", verb=Verb.COMMENT, reason="r")
    assert reader.get(f"/mk/i/{desk.edition.instrument.path}/1/").status_code == 200
    sent = {"file": upload(png()), "alt": "Карта"}
    answer = writer.post(desk.section() + "picture/", sent, headers={"accept": "application/json"})
    sha256 = answer.json()["sha256"]
    address = f"/files/{sha256}/map.png"
    assert writer.get(address).status_code == 200 and reader.get(address).status_code == 404
    row = desk.row()
    shown = row.body_mk | {
        "blocks": [*row.body_mk["blocks"], {"type": "figure", "attrs": {"sha256": sha256, "alt": "Карта"}}]
    }
    save_section(desk.drafter, desk.edition, row.uid, "mk", shown, row.text_hash_mk)
    assert reader.get(address).status_code == 200
    for kind in ("md", "json"):
        assert sha256 in writer.get(f"/mk/i/{desk.edition.instrument.path}/1.{kind}").content.decode(), kind
    other = writer.post(
        desk.section() + "picture/",
        {"file": upload(png(size=(9, 9))), "alt": "x"},
        headers={"accept": "application/json"},
    ).json()["sha256"]
    path = str(Blob.objects.get(pk=other).file.name)
    assert forget_pictures() == 0
    settings.KODEKS_UPLOAD_DAYS = -1
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert forget_pictures() == 1
    assert not Blob.objects.filter(pk=other).exists() and not default_storage.exists(path)
    assert reader.get(address).status_code == 200 and writer.get(f"/files/{other}/x").status_code == 404


def test_in_the_editor_a_picture_goes_where_the_cursor_stands_and_out_again(
    desk_here: Desk,
    opened: Open,
    tmp_path: Path,
) -> None:
    path = tmp_path / "map.png"
    path.write_bytes(png())
    page = opened(desk_here.drafter, desk_here.section().replace("/en/", "/sr-cyrl/"))
    page.locator(TEXT).get_by_text("Текст со").click()
    page.locator("[data-dialog=picture]").first.click()
    dialog = page.locator("#dialog-picture")
    dialog.locator("[value=ok]").click()
    expect(dialog.locator("[data-error]")).to_be_visible()
    dialog.locator("[name=file]").set_input_files(path)
    dialog.locator("[name=alt]").fill("Карта на патот")
    if folder := os.environ.get("KODEKS_PICTURES"):
        page.screenshot(path=f"{folder}/dialog.png")
    dialog.locator("[value=ok]").click()
    expect(dialog).to_be_hidden()
    page.keyboard.type("Слика 1")
    image = page.locator(f"{TEXT} figure img")
    expect(image).to_have_attribute("alt", "Карта на патот")
    expect(image).to_have_js_property("naturalWidth", 40)
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status][data-kind=good]")).to_be_visible()
    if folder:
        page.screenshot(path=f"{folder}/editor.png")
    figure = desk_here.row().body_mk["blocks"][1]
    assert figure["type"] == "figure" and figure["content"] == [{"type": "text", "text": "Слика 1"}]
    page.locator("[data-command=deletePicture]").click()
    expect(image).to_have_count(0)
    expect(page.locator("[data-status][data-kind=unsaved]")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status][data-kind=good]")).to_be_visible()
    assert all(block["type"] != "figure" for block in desk_here.row().body_mk["blocks"])
