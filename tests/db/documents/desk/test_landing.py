"""A Word file before it is taken in: its outline is looked at and decided about, and nothing is stored before
the yes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from docx import Document

from documents.actions.manage_uploads import forget_uploads
from documents.choices import Translation
from documents.editions.text_storage import load_outline, load_tree
from documents.models import Edition, Section, SectionChange, Upload
from documents.pages.desk.views import uploads as landing_page
from documents.word import open_package
from documents.word.read.read import read_package
from people.roles import Role
from tests.support.documents.desk.fixtures import As, Desk, new_document
from tests.support.documents.desk.landing import EN, MK, written
from tests.support.documents.desk.upload import upload, word_file
from tests.support.documents.word import build
from tests.support.documents.word.build import png
from tests.support.documents.word.own_levels import LINKED, OUTLINE
from tests.support.factories import make_person
from tests.support.html import flat


@pytest.fixture
def empty(desk: Desk, as_: As) -> tuple[Client, Edition, str]:
    client = as_(desk.coordinator)
    new_document(client)
    edition = Edition.objects.get(instrument__slug="guide")
    return client, edition, f"/en/desk/{edition.pk}/"


def bring(client: Client, url: str, language: str, data: bytes) -> str:
    file = SimpleUploadedFile("text.docx", data)
    return str(client.post(f"{url}upload/", {"language": language, "file": file})["Location"])


def numbers(page: str) -> dict[str, str]:
    """The numbers of the lines by their words."""
    found = re.findall(r'id="a(\d+)".*?<(?:b|span class="muted"|span class="lt")>([^<]*)<', page, re.S)
    return {words.strip(): at for at, words in found}


def test_a_heading_of_another_level_shows_and_keeps_the_number_that_its_own_file_carries(
    empty: tuple[Client, Edition, str],
) -> None:
    client, edition, url = empty
    rows = (("Цели", 1), ("Опсег", 2), ("Поими", 2), ("Чекори", 1), ("Прво", 2))
    body = "".join(
        build.heading(text, at) + build.p("Текст на македонски јазик за нешто.") for text, at in rows
    )
    landing = bring(client, url, "", build.word_file(body, styles=LINKED, numbering=OUTLINE))
    at = numbers(client.get(landing).content.decode())

    def shown() -> list[str]:
        return re.findall(
            r'<span class="num">([^<]*)</span> ?<b>', flat(client.get(landing).content.decode())
        )

    assert shown() == ["1", "1.1", "1.2", "2", "2.1"]
    client.post(landing, {"do": "save", f"l{at['Поими']}": "1"})
    assert shown() == ["1", "1.1", "2", "3", "3.1"]
    # What was said is kept with its numbers when the file is read again, and goes with the decision.
    client.post(landing, {"do": "again"})
    assert shown() == ["1", "1.1", "2", "3", "3.1"]
    client.post(landing, {"do": "reset"})
    assert shown() == ["1", "1.1", "1.2", "2", "2.1"]
    client.post(landing, {"do": "save", f"l{at['Поими']}": "1"})
    client.post(landing, {"do": "take"})
    kept = [(s.level, s.text.label) for s in load_tree(edition, "mk")]
    assert kept == [(1, "1"), (2, "1.1"), (1, "2"), (1, "3"), (2, "3.1")]
    own = client.get(f"{url}word/mk/").content
    assert [(s.level, s.text.label) for s in read_package(open_package(own)).tree] == kept


def test_decisions_reach_the_draft_and_its_own_file(empty: tuple[Client, Edition, str]) -> None:
    client, edition, url = empty
    document = Document()
    for heading, level in (("Прво", 1), ("Второ", 1), ("Трето", 1)):
        document.add_heading(heading, level)
        document.add_paragraph("Текст на македонски јазик за нешто.")
        document.add_paragraph(f"Поднаслов {heading}")
        document.add_paragraph("Уште текст за да се види.")
    stream = io.BytesIO()
    document.save(stream)
    data = stream.getvalue()
    landing = bring(client, url, "", data)
    page = client.get(landing).content.decode()
    at = numbers(page)
    assert "3 sections" in page and set(at) >= {"Прво", "Второ", "Трето"}
    assert not Section.objects.filter(edition=edition).exists()
    opened = client.post(landing, {"do": f"open {at['Прво']}", "from": "0"})["Location"]
    lines = numbers(client.get(opened).content.decode())
    client.post(landing, {"do": f"heading {lines['Поднаслов Прво']}"})
    client.post(landing, {"do": f"join {at['Второ']}"})
    client.post(
        landing,
        {"do": "save", f"l{lines['Поднаслов Прво']}": "2", f"l{at['Трето']}": "1", f"x{at['Трето']}": "on"},
    )
    upload_row = Upload.objects.get()
    assert upload_row.language == "mk" and upload_row.by.name == "Cveta"
    assert client.post(landing, {"do": "take"}).status_code == 302
    assert client.get(landing)["Location"] == f"{landing}report/"
    tree = load_tree(edition, "mk")
    assert [(s.level, s.kind, s.text.heading) for s in tree] == [
        (1, "chapter", "Прво"),
        (2, "section", "Поднаслов Прво"),
        (1, "annex", "Трето"),
    ]
    assert "Второ" in tree.sections[1].text.plain
    # The own file is the one that came, with bookmarks and nothing else.
    own = client.get(f"{url}word/mk/")
    before, after = (
        zipfile.ZipFile(io.BytesIO(each)).read("word/document.xml") for each in (data, own.content)
    )
    assert re.sub(rb"<w:bookmark(?:Start|End)[^>]*/>", b"", after) == before
    assert before.count(b"<w:p>") == after.count(b"<w:p>")
    assert not default_storage.exists(str(upload_row.file.name))


def test_another_page_of_an_outline_that_was_opened_beside_a_source(
    empty: tuple[Client, Edition, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landing_page, "PAGE", 2)
    client, _edition, url = empty
    upload(client, url, "mk", written(MK))
    landing = bring(client, url, "en", written(EN))
    Upload.objects.filter(language="en").update(decisions={})
    opened = str(Upload.objects.get(language="en").lines[0][0])
    answer = client.post(landing, {"goto": "2", "from": "0", "open": opened}, follow=True)
    page = answer.content.decode()
    assert "Check the outline" in page and "<b>Protection</b>" in page and "<b>Identification</b>" not in page


def test_a_heading_of_a_translation_is_no_title_of_the_document(empty: tuple[Client, Edition, str]) -> None:
    client, edition, url = empty
    upload(client, url, "mk", written(MK[:1] + MK[2:], "Стратегија"))
    landing = bring(client, url, "en", written(EN))
    client.post(landing, {"do": "take"})
    edition.refresh_from_db()
    assert load_tree(edition, "en").sections[0].text.heading == "General provisions"
    assert not edition.title_en and edition.title_in("en") == edition.title_mk
    report = client.get(client.get(landing)["Location"]).content.decode()
    assert "The title in the file, “General provisions”, is only a section heading" in report
    assert "The title comes from" not in report
    # Where the original is called by its first heading, so is the translation; and a title of its own is one.
    for title, mk, kept in (("", MK[0][0], EN[0][0]), ("A strategy", "Стратегија", "A strategy")):
        Edition.objects.filter(pk=edition.pk).update(title_mk=mk, title_en="")
        client.post(bring(client, url, "en", written(EN, title)), {"do": "take"})
        edition.refresh_from_db()
        assert edition.title_en == kept


def test_a_second_language_that_differs_is_mended_by_hand(empty: tuple[Client, Edition, str]) -> None:
    client, edition, url = empty
    upload(client, url, "mk", written(MK))
    rows = [
        *EN[:2],
        (EN[2][0], "The victim has the right to accommodation for 90 days,"),
        ("Help", "to interpretation and medical help."),
        ("Only here", "Nothing of the original, about boats."),
    ]
    landing = bring(client, url, "en", written(rows))
    page = client.get(landing).content.decode()
    assert "Match the sections" in page and "will be left out" in page
    found = Upload.objects.get(language="en").report
    kept = sum(finding["count"] for finding in found if finding["severity"] == "kept")
    assert f">({kept})<" in page  # things, not kinds of things
    source = load_tree(edition, "mk")
    uid = {section.text.heading: section.uid for section in source}
    row = Upload.objects.get(language="en")
    pairs = {int(at): one for at, (one, _) in (row.pairs or {}).items() if one}
    assert list(pairs.values())[:2] == [uid["Општи одредби"], uid["Идентификација"]]
    at = {line[1]: line[0] for line in row.lines}
    # The person says what belongs where, whatever was proposed; a choice takes a section from where it stood.
    form = {
        f"t{uid['Општи одредби']}": str(at["General provisions"]),
        f"t{uid['Координација']}": "",
        f"t{uid['Идентификација']}": str(at["Identification"]),
        f"t{uid['Заштита']}": str(at["Protection"]),
    }
    client.post(landing, form | {"do": "save"})
    if any(line[1] == "Help" for line in row.lines) and str(at["Help"]) not in row.decisions:
        client.post(landing, form | {"do": f"join {at['Help']}"})
    assert load_tree(edition, "en").sections[0].text.empty
    client.post(landing, form | {"do": "take"})
    report = client.get(client.get(landing)["Location"]).content.decode()
    assert "Text imported: 3 sections." in report and "1 section is not translated yet" in report
    # What stands beside nothing is named: nothing is left out silently.
    assert "Sections without a match in the original" in report and "Only here" in report
    states = {row.heading or row.uid: row.state for row in load_outline(edition, "en")}
    assert (
        states["Identification"] == Translation.CURRENT and states[uid["Координација"]] == Translation.MISSING
    )
    protection = load_tree(edition, "en").by_uid[uid["Заштита"]].text
    assert "Help\nto interpretation" in protection.plain and "boats" not in str(load_tree(edition, "en"))
    own = client.get(f"{url}word/en/")
    assert own.status_code == 200 and b"w:document" in zipfile.ZipFile(io.BytesIO(own.content)).read(
        "word/document.xml"
    )


def test_what_is_joined_as_text_is_shown_and_can_stand_elsewhere(empty: tuple[Client, Edition, str]) -> None:
    client, edition, url = empty
    upload(client, url, "mk", written(MK))
    landing = bring(client, url, "en", written(EN))
    at = {line[1]: line[0] for line in Upload.objects.get(language="en").lines}
    heading, before = EN[2][0], EN[1][0]
    uid = {section.text.heading: section.uid for section in load_tree(edition, "mk")}
    client.post(landing, {"do": f"join {at[heading]}"})
    page = client.get(landing).content.decode()
    assert "1 section of the file is merged into the previous section." in page
    told = page.split("Merged as text:")
    assert len(told) == 2 and heading in told[1][:60] and before in told[0][-900:]
    assert f'<option value="{at[heading]}">' in page
    # Chosen for a section of the original, it is one again.
    client.post(landing, {f"t{uid[MK[2][0]]}": str(at[heading]), "do": "save"})
    row = Upload.objects.get(language="en")
    assert row.decisions == {} and (row.pairs or {})[str(at[heading])][0] == uid[MK[2][0]]
    assert "Merged as text:" not in client.get(landing).content.decode()
    # So it is by its button: then it stands beside nothing until somebody says where.
    client.post(landing, {"do": f"join {at[heading]}"})
    client.post(landing, {f"t{uid[MK[2][0]]}": "", "do": f"apart {at[heading]}"})
    page = client.get(landing).content.decode()
    assert "Merged as text:" not in page and "will be left out" in page
    assert Upload.objects.get(language="en").decisions == {}


def test_two_people_at_once_lose_nothing(empty: tuple[Client, Edition, str], as_: As) -> None:
    client, edition, url = empty
    other = as_(make_person(Role.DRAFTER, edition.instrument.owner))
    mine, theirs = bring(client, url, "mk", written(MK)), bring(other, url, "mk", written(MK[:2]))
    client.post(mine, {"do": "take"})
    other.post(theirs, {"do": "take"})
    asked = other.get(theirs)
    assert asked.status_code == 200 and "Replace the text of the draft?" in asked.content.decode()
    assert len(load_tree(edition, "mk")) == 4
    other.post(theirs, {"drop": "1", "answers": "confirmed"})
    # The same with a translation: the second one is told, and sees the pairs anew.
    mine, theirs = bring(client, url, "en", written(EN)), bring(other, url, "en", written(EN[:1]))
    client.post(mine, {"do": "take"})
    other.post(theirs, {"do": "take"})
    told = other.get(theirs).content.decode()
    assert "The draft has changed since" in told and "already has text in this language" in told
    assert SectionChange.objects.filter(edition=edition, language="en").count() == 3
    other.post(theirs, {"do": "take"})
    assert other.get(theirs)["Location"].endswith("/report/")
    # What the second one's file has nothing for stays.
    assert sum(1 for section in load_tree(edition, "en") if not section.text.empty) == 3


def test_where_no_worker_runs_the_page_says_so(empty: tuple[Client, Edition, str], settings: Any) -> None:
    client, _edition, url = empty
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    landing = bring(client, url, "mk", word_file("Прво"))
    page = client.get(landing).content.decode()
    assert "Reading the file" in page and '<meta http-equiv="refresh"' in page
    assert "waiting to be read" in client.get("/en/desk/").content.decode()
    Upload.objects.update(changed=timezone.now() - timedelta(minutes=1))
    assert client.get(f"/en/desk/files/{Upload.objects.get().pk}/state/").json()["stuck"] is True
    assert "does not seem to be running" in client.get(landing).content.decode()
    # What was not taken in is forgotten after some days, the file too.
    kept = str(Upload.objects.get().file.name)
    assert forget_uploads() == 0 and default_storage.exists(kept)
    Upload.objects.update(changed=timezone.now() - timedelta(days=settings.KODEKS_UPLOAD_DAYS, minutes=1))
    assert forget_uploads() == 1 and not default_storage.exists(kept)
    assert client.get(landing).status_code == 404


def test_nonsense_in_the_form_changes_nothing(empty: tuple[Client, Edition, str]) -> None:
    client, _edition, url = empty
    landing = bring(client, url, "mk", written(MK))
    for data in (
        {"do": "join 99999"}, {"do": "join -1"}, {"do": "cut x"}, {"do": "heading"}, {"l1": "77", "l2": "x", "l0": "-3"},
        {"do": "order nobody", "t" + "0" * 36: "7"}, {"language": "xx"}, {"from": "x", "open": "y"},
    ):  # fmt: skip
        assert client.post(landing, data).status_code == 302
        assert client.get(f"{landing}?from=99&open=zz").status_code == 200
    assert Upload.objects.get().decisions == {}


def test_a_file_of_pictures_alone_has_a_section_too(empty: tuple[Client, Edition, str]) -> None:
    client, _edition, url = empty
    upload(client, url, "mk", written(MK))
    document = Document()
    document.add_picture(io.BytesIO(png()))
    stream = io.BytesIO()
    document.save(stream)
    for language in ("en", "mk"):
        page = client.get(bring(client, url, language, stream.getvalue()))
        assert page.status_code == 200 and "could not be processed" not in page.content.decode()
    assert all(row.state == Upload.State.READ for row in Upload.objects.exclude(state=Upload.State.TAKEN))
