"""The forms of the coordinator's desk."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from documents.actions.adopt_edition import ActData
from documents.choices import ActKind

SIGNED_LIMIT = 20 * 1024 * 1024
"""The largest signed file that is taken, in bytes."""


def reason_given(request: HttpRequest) -> str:
    """Why a text is submitted although an authentic translation is older; empty where that was not ticked
    (workflows/parts/older.html)."""
    return request.POST.get("because", "") if "although" in request.POST else ""


def day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class ActForm(forms.Form):
    """One act: what adopted a text, and the signed paper."""

    body = forms.CharField(
        label=_("Who adopted it"),
        max_length=300,
        help_text=_("The government, a minister, several ministries."),
    )
    kind = forms.ChoiceField(label=_("Kind of act"), choices=ActKind.choices)
    number = forms.CharField(label=_("Number of the act"), max_length=100)
    date = day(label=_("Date of the act"))
    protocol = forms.CharField(
        label=_("Protocol number"),
        max_length=100,
        required=False,
        help_text=_("Under which the act stands in the register of the body that adopted it."),
    )
    session = forms.CharField(label=_("Number of the session"), max_length=100, required=False)
    gazette = forms.CharField(label=_("Gazette"), max_length=200, required=False)
    gazette_number = forms.CharField(label=_("Number of the gazette"), max_length=60, required=False)
    gazette_year = forms.IntegerField(
        label=_("Year of the gazette"), min_value=1850, max_value=2200, required=False
    )
    published = day(label=_("Published in the gazette on"), required=False)
    signed = forms.FileField(
        label=_("Signed file"), help_text=_("A PDF of at most 20 MB."), required=False, allow_empty_file=False
    )

    def clean_signed(self) -> UploadedFile | None:
        signed: UploadedFile | None = self.cleaned_data["signed"]
        if signed is None:
            return None
        if (signed.size or 0) > SIGNED_LIMIT:
            raise forms.ValidationError(_("This file is larger than 20 MB. Nothing of it was kept."))
        head = signed.read(5)
        signed.seek(0)
        if head != b"%PDF-":
            raise forms.ValidationError(_("This is not a PDF. Nothing of it was kept."))
        return signed

    @property
    def act(self) -> ActData:
        """The act, once the form is valid."""
        values = dict(self.cleaned_data)
        signed: UploadedFile | None = values.pop("signed")
        values["kind"] = ActKind(values["kind"])
        if signed is None:
            return ActData(**values)
        return ActData(**values, signed_file=signed.read(), signed_name=(signed.name or "act.pdf")[:150])


class SignedActForm(ActForm):
    """An act of which the signed paper must be there."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["signed"].required = True


class ValidFromForm(forms.Form):
    """From when a text is in force."""

    valid_from = day(
        label=_("In force from"),
        help_text=_("Until that day it is approved, and the edition before stays in force."),
    )

    @property
    def day(self) -> date:
        found: date = self.cleaned_data["valid_from"]
        return found


class ReasonForm(forms.Form):
    """Why something is done; others will read it."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
