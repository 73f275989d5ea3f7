"""The form of a file of campaigns: what its content is, its name must say. What a published page
shows stays as a second person saw it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

from documents.still_pdf import require_still_pdf
from files.checks import require_kind
from files.kinds import Kind
from public.drawn_pictures import drawn_anew
from public.office.no_case_data import refuse_case_data
from public.office.picture_form import keep_what_is_shown

MOST_BYTES = 64 * 1024 * 1024
KINDS = {
    "docx": Kind.WORD,
    "xlsx": Kind.SHEET,
    "pptx": Kind.SLIDES,
    "odt": Kind.OPEN_DOCUMENT,
    "ods": Kind.OPEN_DOCUMENT,
    "zip": Kind.ZIP,
    "txt": Kind.TEXT,
    "mp3": Kind.MP3,
    "png": Kind.PNG,
    "jpg": Kind.JPEG,
}


class DocumentForm(BaseDocumentForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            file.help_text = _(
                "Office files, PDF and sound keep the name of their author and program. "
                "Remove it before you upload them."
            )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" not in self.changed_data or not file:
            return file
        if file.size > MOST_BYTES:
            limit = MOST_BYTES // (1024 * 1024)
            raise forms.ValidationError(
                _("The file is too large. The limit is %(limit)s MB.") % {"limit": limit}
            )
        ending = str(file.name).rpartition(".")[2].lower()
        problem = _("This file is not what its name says. Save it again in the program that made it.")
        if ending == "pdf":
            return require_still_pdf(file, problem)
        require_kind(file, {KINDS[ending]} if ending in KINDS else (), problem)
        return drawn_anew(file, problem) if ending in ("png", "jpg") else file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        refuse_case_data(self)
        keep_what_is_shown(self, ("file", "title"))
        return data
