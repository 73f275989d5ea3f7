"""Each field takes only what its file is, and says so at the field."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from wagtail.documents import get_document_model
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form

from documents.actions.errors import ActionError
from documents.actions.import_batch import receive_files
from documents.pages.desk.act_form import ActForm
from documents.pages.desk.forms import BatchForm, CompareForm, TranslationForm, WordFileForm
from documents.pages.desk.views.templates import TemplateForm
from people.roles import Role
from public.models import Picture
from tests.support.documents.word.build import p, png, word_file
from tests.support.factories import make_person
from tests.support.pdf import PDF, pdf_of

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
SCRIPTED = pdf_of("/OpenAction << /S /JavaScript /JS (x) >>")
PROGRAM, ZIP = b"MZ\x90\0", b"PK\x05\x06" + b"\0" * 18
WORD = word_file(p("x"))


def test_a_field_takes_its_kind_alone() -> None:
    user = make_person(Role.OPERATOR)
    forms = {
        (WordFileForm, "file", "a.docx"): [PDF, HTML, PROGRAM, ZIP, b"", b"text"],
        (CompareForm, "old", "a.docx"): [PDF, SVG],
        (TranslationForm, "file", "a.xlf"): [HTML, SVG, PDF, PROGRAM],
        (TemplateForm, "file", "a.dotx"): [PDF, HTML, ZIP],
        (ActForm, "signed", "a.pdf"): [HTML, WORD, SCRIPTED, PROGRAM],
    }
    for (form_class, field, name), wrong in forms.items():
        more: dict[type, dict[str, object]] = {TemplateForm: {"places": []}, ActForm: {"by": user}}
        for data in wrong:
            files = MultiValueDict({field: [SimpleUploadedFile(name, data)]})
            form = form_class(data={}, files=files, **more.get(form_class, {}))
            assert field in form.errors, (form_class, data[:20])
    assert WordFileForm({}, MultiValueDict({"file": [SimpleUploadedFile("a.docx", WORD)]})).is_valid()
    assert BatchForm({}, MultiValueDict({"several": [SimpleUploadedFile("a.zip", ZIP)]})).is_valid()
    with pytest.raises(ActionError):
        receive_files(user, [SimpleUploadedFile("a.zip", PROGRAM)], "en")
    batch = receive_files(user, [SimpleUploadedFile(f"{n}.docx", HTML) for n in "ab"], "en")
    assert len(batch.refused) == 2


def test_wagtails_fields_do_so_too() -> None:
    document, picture = get_document_form(get_document_model()), get_image_form(Picture)
    for name, data, problem in (
        ("a.pdf", HTML, "not what its name says"),
        ("a.txt", HTML, "not what its name says"),
        ("a.pdf", SCRIPTED, "contains a script"),
        ("a.docx", PROGRAM, "not what its name says"),
        ("a.html", HTML, "not allowed"),
        ("a.svg", SVG, "not allowed"),
    ):
        form = document({"title": "x"}, {"file": SimpleUploadedFile(name, data)})
        assert problem in str(form.errors["file"]), (name, form.errors)
    for name, data in (("a.png", SVG), ("a.svg", SVG), ("a.png", HTML), ("a.gif", PDF)):
        assert "file" in picture({"title": "x"}, {"file": SimpleUploadedFile(name, data)}).errors, name
    assert "file" not in picture({"title": "x"}, {"file": SimpleUploadedFile("a.png", png())}).errors
