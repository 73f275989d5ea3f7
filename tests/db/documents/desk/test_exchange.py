"""Translating in a file: out by a link, filled in by a tool or in Word, and back; what is refused, and who
may."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import gettext, override
from lxml import etree

from documents.actions import file_tasks
from documents.actions.locking import hold_writable
from documents.actions.manage_uploads import forget_uploads
from documents.actions.save_section import save_section
from documents.choices import Classification, Translation
from documents.editions.text_storage import load_outline
from documents.models import Edition, FileTask, SectionChange
from documents.text import body_text
from tests.support.documents.desk.exchange import bring, filled_word, filled_xliff, only, page
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk
from tests.support.factories import beside, body, narrow
from tests.support.html import PageClient


@pytest.mark.parametrize(("kind", "filled"), [("xlf", filled_xliff), ("docx", filled_word)])
def test_a_translator_takes_a_file_along_and_brings_it_back(
    desk: Desk, as_: As, kind: str, filled: Callable[[bytes], bytes]
) -> None:
    client = as_(desk.translator)
    out = client.get(page(desk) + f"file.{kind}")
    assert out.status_code == 200
    answer = bring(client, desk, filled(out.content), f"back.{kind}")
    assert answer.status_code == 200, answer.content.decode()
    assert "3 sections were imported." in answer.content.decode()
    assert body_text(desk.row().body_sq, heading=True) == "Përkthim h\nPërkthim b0"
    assert all(row.state == Translation.CURRENT for row in load_outline(desk.edition, "sq"))
    assert SectionChange.objects.filter(edition=desk.edition, language="sq", verb="save").count() == 3
    twice = bring(client, desk, filled(out.content), f"back.{kind}").content.decode()
    assert "3 were already up to date." in twice and "was edited here" not in twice
    again = bring(client, desk, filled(client.get(page(desk) + f"file.{kind}").content), f"back.{kind}")
    assert "3 were already up to date." in again.content.decode()


def test_the_file_speaks_the_language_of_the_translation(desk: Desk, as_: As) -> None:
    data = as_(desk.translator).get(page(desk) + "file.docx").content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("word/document.xml").decode()
    with override("sq"):
        done = gettext("translated")
    assert done != "translated" and f">{done}<" in text


@pytest.mark.parametrize("name", ["scan.png", "text.odt", "file"])
def test_the_real_problem_of_a_wrong_file_is_named(desk: Desk, as_: As, name: str) -> None:
    answer = bring(as_(desk.translator), desk, b"\x89PNG", name)
    assert answer.status_code == 422
    assert f"“{name}” is neither a Word file (.docx) nor an XLIFF file (.xlf)." in answer.content.decode()


def test_a_hostile_file_waits_for_the_worker(desk: Desk, as_: As, settings: Any) -> None:
    """The request starts no process: it says that the file is read, to its person alone."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    client, head = (
        as_(desk.translator),
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"><file>',
    )
    hostile = SimpleUploadedFile("back.xlf", head + b"<group/>" * 400_000 + b"</file></xliff>")
    waits = client.post(page(desk), {"file": hostile})["Location"]
    assert "waiting to be read" in client.get(waits).content.decode().lower()
    assert client.get(f"{waits}state/").json()["busy"] is True
    for path in (waits, f"{waits}state/"):
        assert as_(desk.drafter).get(path).status_code == 404
    second = bring(client, desk, b"<xliff/>")
    assert second.status_code == 422 and "Another file of yours is being read." in second.content.decode()
    FileTask.objects.update(changed=timezone.now() - timedelta(minutes=1))
    assert "does not seem to be running" in client.get(waits).content.decode()
    row = FileTask.objects.get()
    file_tasks.do_file_task.call(row.pk)
    answer = client.get(waits, follow=True)
    assert answer.status_code == 422 and "This file is too large." in answer.content.decode()
    assert not default_storage.exists(str(row.file.name))
    # Another person's key, or that of another page, shows nothing.
    assert "too large" not in as_(desk.coordinator).get(f"{page(desk)}?file={row.key}").content.decode()
    assert client.get(f"{page(desk)}?file=nothing").status_code == 200
    FileTask.objects.update(at=timezone.now() - timedelta(hours=settings.KODEKS_COMPARISON_HOURS, minutes=1))
    forget_uploads()
    assert not FileTask.objects.exists() and client.get(waits).status_code == 404


def test_only_what_is_open_goes_along(desk: Desk, as_: As) -> None:
    desk.save("mk", body("Општо", "Сменето."))
    client = as_(desk.translator)
    assert "1 section is not translated or is out of date" in client.get(page(desk)).content.decode()
    root = etree.fromstring(client.get(page(desk) + "file.xlf?only=open").content)
    assert [group.get("id") for group in root.iter("{*}group")] == [f"s-{UID}"]
    states = {unit.get("name"): unit[-1].get("state") for unit in root.iter("{*}unit")}
    assert states == {"h": "translated", "b0": "initial"}


def test_what_changed_meanwhile_is_not_overwritten(desk: Desk, as_: As) -> None:
    client = as_(desk.translator)
    data = filled_xliff(client.get(page(desk) + "file.xlf").content)
    desk.save("mk", body("Општо", "Сменето."))
    other, seen = body("Qëllimi", "Tjetër."), beside(desk.edition, UID2)
    desk.save("sq", other, UID2, seen=seen)
    old = desk.row().body_sq
    said = bring(client, desk, data).content.decode()
    assert "1 section was imported." in said
    assert "The original has changed since you downloaded the file." in said
    assert "The translation was edited here after you downloaded the file." in said
    assert desk.row().body_sq == old
    assert body_text(desk.row(UID2).body_sq) == "Tjetër."
    assert body_text(desk.row(UID3).body_sq) == "Përkthim b0"


def test_an_older_translation_that_comes_back_untouched_stays_older(desk: Desk, as_: As) -> None:
    desk.save("mk", body("Општо", "Текстот."))
    client = as_(desk.translator)
    for kind in ("xlf", "docx"):
        said = bring(
            client, desk, client.get(page(desk) + f"file.{kind}").content, f"b.{kind}"
        ).content.decode()
        assert "2 were already up to date." in said
        assert "The original has changed and the translation has not." in said
        assert f'href="/en/desk/{desk.edition.pk}/s/{UID}/sq/"' in said
        assert load_outline(desk.edition, "sq")[0].state == Translation.STALE


def test_a_section_half_translated_is_left(desk: Desk, as_: As) -> None:
    client = as_(desk.translator)
    root = etree.fromstring(filled_xliff(client.get(page(desk) + "file.xlf").content))
    (unit,) = (unit for unit in root.iter("{*}unit") if unit.get("id") == f"{UID}.b0")
    target = unit.find("{*}segment/{*}target")
    assert target is not None
    target.text = " "
    said = bring(client, desk, etree.tostring(root)).content.decode()
    assert "1 of 2 texts are not translated yet." in said
    assert "2 sections were imported." in said


def test_a_file_of_another_document_or_language_is_refused_whole(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    data = filled_xliff(client.get(page(desk) + "file.xlf").content)
    other = client.get(desk.url("translate/en/file.xlf")).content
    for wrong, why in (
        (data.replace(b"/sop/1", b"/sop/7"), "another document or edition"),
        (filled_xliff(other), "other languages"),
        (b"<xliff", "damaged or protected"),
        (b"<html/>", "is neither a Word file (.docx) nor an XLIFF file (.xlf)."),
        (b"<?xml version='1.0'?><a/>", "This file was not downloaded from Kodeks for translation"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "older XLIFF"),
    ):
        answer = bring(client, desk, wrong)
        assert answer.status_code == 422
        assert why in answer.content.decode()
    assert not SectionChange.objects.filter(edition=desk.edition, verb="save").exists()


def test_who_may_take_along_and_bring_back(desk: Desk, as_: As) -> None:
    for person, allowed in (
        (desk.coordinator, True),
        (desk.drafter, True),
        (desk.translator, True),
        (desk.reviewer, False),
        (desk.practitioner, False),
        (desk.stranger, False),
    ):
        client = as_(person)
        for address in (page(desk), page(desk) + "file.xlf", page(desk) + "file.docx"):
            assert client.get(address).status_code == (200 if allowed else 404), (person, address)
        assert bring(client, desk, b"<x").status_code == (422 if allowed else 404)
    translator = as_(desk.translator)
    assert translator.get(desk.url("translate/en/")).status_code == 404
    assert translator.get(desk.url("translate/mk/")).status_code == 404
    assert translator.get(desk.url("translate/xx/")).status_code == 404
    assert PageClient().get(page(desk)).status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        (b'id="s-' + UID.encode(), b'id="s-' + b"z" * 36),
        (b'id="s-' + UID.encode(), b'id="s-' + b"-" * 36),
        (b"<target", b'<target order="\xc2\xb2"'),
        (b"<target", b'<target order="' + b"9" * 5000 + b'"'),
    ],
)
def test_what_no_program_writes_is_told_and_breaks_nothing(
    desk: Desk, as_: As, change: tuple[bytes, bytes]
) -> None:
    client = as_(desk.translator)
    data = filled_xliff(client.get(page(desk) + "file.xlf").content)
    assert bring(client, desk, data.replace(*change)).status_code == 200


def test_red_goes_into_no_file(desk: Desk, as_: As) -> None:
    narrow(Classification.TLP_RED, desk.edition.instrument_id)
    desk.edition.instrument.named_readers.add(desk.drafter)
    client = as_(desk.drafter)
    assert ">Download</h2>" not in client.get(page(desk)).content.decode()
    for kind in ("xlf", "docx"):
        assert client.get(page(desk) + f"file.{kind}").status_code == 404


def test_an_original_that_is_saved_at_the_same_moment_does_not_count_as_translated(
    desk: Desk, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_(desk.translator)
    data = filled_xliff(client.get(page(desk) + "file.xlf").content)

    def saved_just_before(edition: Edition, language: str) -> Edition:
        hash_now = desk.row().text_hash_mk
        save_section(desk.drafter, desk.edition, UID, "mk", body("Општо", "Сменето."), hash_now)
        return hold_writable(edition, language)

    monkeypatch.setattr("documents.actions.import_translation.hold_writable", saved_just_before)
    said = bring(client, desk, data).content.decode()
    assert "The original has changed since you downloaded the file." in said
    assert load_outline(desk.edition, "sq")[0].state == Translation.STALE


def test_a_translator_is_offered_what_was_translated_before(desk: Desk, as_: As) -> None:
    row = desk.row(UID3)
    text = "Полицијата ја известува мобилната екипа за жртва на трговија со луѓе."
    save_section(desk.drafter, desk.edition, UID3, "mk", body("Постапка", text), row.text_hash_mk)
    row = desk.row(UID3)
    save_section(
        desk.drafter,
        desk.edition,
        UID3,
        "sq",
        body("Procedura", "Policia njofton ekipin mobil."),
        row.text_hash_sq,
        seen=beside(desk.edition, UID3),
    )
    near = body("Општо", "Полицијата веднаш ја известува мобилната екипа за жртва на трговија со луѓе.")
    desk.save("mk", near)
    said = as_(desk.translator).get(desk.section("sq")).content.decode()
    # Whole texts stand before the many terms, where they are seen without scrolling.
    assert said.index("Original: ") < said.index("Previous translations") < said.index("Glossary terms")
    assert "Policia njofton ekipin mobil." in said


@pytest.mark.parametrize("kind", ["xlf", "docx"])
def test_a_section_of_which_only_another_text_was_touched_stays_older(desk: Desk, as_: As, kind: str) -> None:
    client = as_(desk.translator)
    desk.save("mk", body("Општо", "Текстот."))
    out = client.get(page(desk) + f"file.{kind}").content
    said = bring(client, desk, only(out, kind, "h", "Të përgjithshme"), f"b.{kind}").content.decode()
    assert (
        "1 section was imported." in said and "The original has changed and the translation has not." in said
    )
    assert body_text(desk.row().body_sq, heading=True).startswith("Të përgjithshme\n")
    assert load_outline(desk.edition, "sq")[0].state == Translation.STALE
    out = client.get(page(desk) + f"file.{kind}").content
    said = bring(client, desk, only(out, kind, "b0", "Ndryshuar."), f"b.{kind}").content.decode()
    assert "may be wrong" not in said
    assert load_outline(desk.edition, "sq")[0].state == Translation.CURRENT


def test_a_text_that_a_program_split_and_left_half_is_not_translated_yet(desk: Desk, as_: As) -> None:
    desk.save("mk", body("Општо", "Сменето."))
    client = as_(desk.translator)
    root = etree.fromstring(client.get(page(desk) + "file.xlf?only=open").content)
    (unit,) = (unit for unit in root.iter("{*}unit") if unit.get("id") == f"{UID}.b0")
    first = unit.find("{*}segment")
    assert first is not None
    second = copy.deepcopy(first)
    second.set("id", "2")
    second.set("state", "final")
    unit.append(second)
    said = bring(client, desk, etree.tostring(root)).content.decode()
    assert "1 of 2 texts are not translated yet." in said
    assert load_outline(desk.edition, "sq")[0].state == Translation.STALE
