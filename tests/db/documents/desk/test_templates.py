"""A coordinator keeps the institution's Word template; editions are written on it; nobody else may."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from documents.models import WordTemplate
from documents.word.template import FIELDS
from documents.word.template.read import default_template
from people.roles import Role
from tests.support.documents.word.template import p, secretive, template
from tests.support.factories import make_draft, make_in_force, make_institution, make_person
from tests.support.html import PageClient, squeeze

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/templates/"


def document_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("word/document.xml").decode()


def test_a_template_is_put_in_mapped_tried_and_ended_and_editions_are_written_on_it(as_) -> None:
    edition = make_in_force()
    owner = edition.instrument.owner
    coordinator = make_person(Role.COORDINATOR, owner)
    desk = as_(coordinator)
    reading = f"/mk/i/{edition.instrument.path}/1"
    first = document_of(desk.get(f"{reading}.template.docx").content)
    assert "KodeksContents" in first or "CoverFact" in first, "Kodeks's own where there is none"
    assert "1.template.docx" in desk.get(f"{reading}/").content.decode()

    file = SimpleUploadedFile(
        "..\\memo <b>.docx", template(p("Корица на министерството") + p("{{наслов}} {{unknown}}"))
    )
    response = desk.post(PAGE, {"place": f"i{owner.pk}", "file": file}, follow=True)
    page = response.content.decode()
    assert response.status_code == 200 and "unknown" in page and "memo &lt;b&gt;.docx" in page
    row = WordTemplate.objects.get(ended=None)
    assert row.styles["Heading1"] == "Naslov1"
    made = document_of(desk.get(f"{reading}.template.docx").content)
    assert "Корица на министерството" in made and 'w:val="Naslov1"' in made and "CoverFact" not in made

    fields = {"Heading1": "Poglavlje", "Title": "", "TableGrid": "Tabela"}
    assert desk.post(f"{PAGE}{row.pk}/", fields).status_code == 302
    assert 'w:val="Poglavlje"' in document_of(desk.get(f"{reading}.template.docx").content)
    assert desk.post(f"{PAGE}{row.pk}/", {"Heading1": "Tabela"}).status_code == 422
    assert "Корица на министерството" in document_of(desk.get(f"{PAGE}{row.pk}/try.docx").content)

    bad = SimpleUploadedFile("x.docx", b"no Word file")
    assert desk.post(PAGE, {"place": f"i{owner.pk}", "file": bad}, follow=True).status_code == 422
    assert WordTemplate.objects.get(ended=None) == row, "what was in use stays"
    assert desk.get(f"{PAGE}kodeks.docx").content == default_template()
    desk.post(PAGE, {"place": f"i{owner.pk}", "file": SimpleUploadedFile("b.docx", secretive())})
    row.refresh_from_db()
    assert row.ended and WordTemplate.objects.filter(ended=None).count() == 1
    desk.post(f"{PAGE}{WordTemplate.objects.get(ended=None).pk}/", {"do": "end"})
    assert not WordTemplate.objects.filter(ended=None).exists()
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"put_template", "set_template_styles", "end_template"} <= verbs


def test_only_coordinators_of_the_institution_and_the_operator_may(as_) -> None:
    owner, other = make_institution(), make_institution("mk-interior")
    row_file = SimpleUploadedFile("a.docx", template(p("x")))
    as_(make_person(Role.COORDINATOR, owner)).post(PAGE, {"place": f"i{owner.pk}", "file": row_file})
    row = WordTemplate.objects.get()
    for person in (make_person(Role.DRAFTER, owner), make_person(Role.PRACTITIONER, owner)):
        assert as_(person).get(PAGE).status_code == 404
        assert as_(person).get(f"{PAGE}kodeks.docx").status_code == 404
    stranger = as_(make_person(Role.COORDINATOR, other))
    for address in (f"{PAGE}{row.pk}/", f"{PAGE}{row.pk}/try.docx"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{PAGE}{row.pk}/", {"do": "end"}).status_code == 404
    row_file.seek(0)
    assert stranger.post(PAGE, {"place": f"i{owner.pk}", "file": row_file}).status_code == 422
    assert row.name not in stranger.get(PAGE).content.decode()
    operator = as_(make_person(Role.OPERATOR, other))
    row_file.seek(0)
    assert operator.post(PAGE, {"place": f"c{owner.country_id}", "file": row_file}).status_code == 302
    assert WordTemplate.objects.filter(institution=None, country=owner.country_id, ended=None).exists()
    assert PageClient().get(PAGE).status_code == 302


def test_a_draft_says_so_on_every_page_of_a_template_and_strangers_get_none(as_) -> None:
    edition = make_draft()
    base = f"/mk/i/{edition.instrument.path}/1.template.docx"
    data = as_(make_person(Role.DRAFTER, edition.instrument.owner)).get(base).content
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        heads = [
            archive.read(name).decode()
            for name in archive.namelist()
            if "header" in name and "_rels" not in name
        ]
    assert heads and all("НАЦРТ" in head for head in heads)
    assert as_(make_person(Role.DRAFTER, make_institution("rs-interior"))).get(base).status_code == 404


def test_the_page_says_what_each_place_gives_and_the_short_ones_stand_beside_own_words(as_) -> None:
    edition = make_in_force()
    owner = edition.instrument.owner
    desk = as_(make_person(Role.COORDINATOR, owner))
    page = squeeze(desk.get(PAGE).content.decode())
    for name in FIELDS:
        shown = "check number" if name == "check" else name
        assert (
            f"{{{{{shown}}}}}</code></th><td>" in page and f"{{{{{shown}}}}}</code></th><td></td>" not in page
        )
    subtitle = '<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/></w:style>'
    body = p("Издание {{number}}, {{short state}}; {{edition}}") + p("{{кратка состојба}}")
    file = SimpleUploadedFile("t.docx", template(body, subtitle))
    desk.post(PAGE, {"place": f"i{owner.pk}", "file": file})
    assert "KodeksMeta" not in WordTemplate.objects.get(ended=None).styles
    made = document_of(desk.get(f"/mk/i/{edition.instrument.path}/1.template.docx").content)
    assert ">Издание 1, во сила; Издание 1<" in made and ">во сила<" in made
    assert 'w:val="Subtitle"' not in made and 'w:val="KodeksMeta"' in made
