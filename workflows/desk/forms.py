"""The forms of the coordinator's desk."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from documents.desk.act_form import day


def reason_given(request: HttpRequest) -> str:
    """Why a text is submitted although an authentic translation is older; empty where that was not ticked
    (workflows/parts/older.html)."""
    return request.POST.get("because", "") if "although" in request.POST else ""


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
