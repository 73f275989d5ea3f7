"""The form of an act and its signed paper: of what adopts a text, a language of it, or a corrigendum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from documents.actions.adopt_edition import ActData
from documents.choices import ActKind

SIGNED_LIMIT = 20 * 1024 * 1024
"""The largest signed file that is taken, in bytes."""
MOST_ACTS = 6


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


class Acts:
    """The acts of one request: one at first, and one more each time that "another act" is asked for (a joint order has one
    for each ministry). What was typed so far is kept; a browser never gives a chosen file back."""

    def __init__(self, request: HttpRequest) -> None:
        post = request.POST
        text = post.get("acts", "1")
        count = int(text) if text.isdecimal() and len(text) < 3 else 1
        self.count = max(1, min(MOST_ACTS, count + ("another" in post)))
        self.sent = request.method == "POST" and "another" not in post
        self.forms = [
            ActForm(
                post if self.sent else None,
                request.FILES if self.sent else None,
                prefix=f"act{n}",
                initial={k.partition("-")[2]: v for k, v in post.items() if k.startswith(f"act{n}-")},
            )
            for n in range(self.count)
        ]

    @property
    def more(self) -> bool:
        return self.count < MOST_ACTS

    def valid(self) -> bool:
        found = [form.is_valid() for form in self.forms]
        return all(found)

    @property
    def given(self) -> list[ActData]:
        """The acts, once they are valid."""
        return [form.act for form in self.forms]
