"""The living style page, and the answer when something broke."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils import timezone

from theme.context import contact, leave_url
from theme.icons import ICONS
from theme.state_labels import CLASSIFICATIONS, STATES

# A fixed text's SHA-256, so that the check number on the page stays comparable with its picture.
_SAMPLE_SHA256 = "1b6477d525b2e3f30a1df54033622ba156764aa00d799c186ea74d6db846fe65"


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name of the document", help_text="As it stands on its first page.")
    country = forms.ChoiceField(label="Country", choices=[("al", "Albania"), ("rs", "Serbia")])
    day = forms.DateField(label="Day of adoption", widget=forms.DateInput(attrs={"type": "date"}))
    decision = forms.ChoiceField(
        label="Your decision",
        widget=forms.RadioSelect,
        choices=[("yes", "Sign off"), ("remarks", "Sign off with remarks"), ("return", "Return")],
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Always, unless you sign off.",
    )
    file = forms.FileField(label="Word file", required=False)
    sure = forms.BooleanField(label="I have read every changed section", help_text="Six sections changed.")


def styles(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for comparing with its picture."""
    today = timezone.localdate()
    context: dict[str, Any] = {
        "states": list(STATES),
        "classifications": list(CLASSIFICATIONS),
        "icons": list(ICONS),
        "sha256": _SAMPLE_SHA256,
        "sample_day": date(2026, 3, 14),
        "deadline": date(2026, 12, 4),
        "now": timezone.now(),
        "late": today - timedelta(days=4),
        "soon": today + timedelta(days=10),
        "today": today,
        "form": SampleForm(prefix="plain"),
        "wrong_form": SampleForm(data={"reason": "x"}, prefix=None, auto_id="wrong_%s"),
        "page": Paginator(range(50), 10).page(2),
    }
    return render(request, "theme/styles.html", context)


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """`handler500`: a page that needs no database, no session and no language, in the look of its host."""
    name = "500_public.html" if getattr(request, "public", False) else "500.html"
    return HttpResponseServerError(
        loader.render_to_string(name, {"leave_url": leave_url(), "contact": contact()})
    )
