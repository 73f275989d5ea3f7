"""What looks like case data in an edition, and the page where a second person says why it is none."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.actions import explain_case_data
from documents.actions.errors import ActionError
from documents.actions.explain_case_data import LONGEST, Found
from documents.display import links
from documents.models import Edition, Section
from documents.pages.case_data import found_in, kinds_text
from documents.pages.desk.rendering import drawn_text
from documents.pages.desk.views.common import desk_page
from documents.pages.desk.worklist import at_the_desk, title_of
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb
from theme import check_answers
from theme.check_answers import Answer
from theme.locales import native_name


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is this no case data?"),
        help_text=gettext_lazy(
            "For example: an invented number in a form. Do not repeat the number or the name. "
            "The reason goes into the audit trail."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Enter the reason.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


def _edition(request: OfficeRequest, edition_id: int) -> Edition:
    """The edition, for those who work on it or review it; Http404 otherwise."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), pk=edition_id)
    works = may(request.user, Verb.COMMENT, edition) or may(request.user, Verb.DRAFT, edition)
    if not works and not may(request.user, Verb.CLASSIFY, edition.instrument):
        raise Http404
    return edition


@require_http_methods(["GET", "HEAD", "POST"])
def case_data(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Every section with something that looks like case data, what is still to be explained first. Its button
    asks a second person."""
    edition = _edition(request, edition_id)
    if request.method == "POST":
        if explain_case_data.ask(request.user, edition):
            messages.success(request, _("The coordinators get an e-mail."))
        else:
            messages.info(request, _("A second person was already asked about this text."))
        return redirect("desk:case_data", edition.pk)
    found = explain_case_data.find(edition)
    rows = [_row(request, edition, one) for one in sorted(found, key=lambda one: one.answer is not None)]
    return desk_page(
        request,
        edition,
        "case_data",
        rows=rows,
        open=sum(not row["answer"] for row in rows),
        asks=any(row["why_not"] for row in rows),
        home=_home(request, edition),
    )


def _home(request: OfficeRequest, edition: Edition) -> str:
    """The draft's page for those at the desk, the text for its reviewers."""
    if at_the_desk(request.user).filter(pk=edition.pk).exists():
        return reverse("desk:draft", args=[edition.pk])
    return links.edition_url(edition)


def _row(request: OfficeRequest, edition: Edition, one: Found) -> dict[str, object]:
    return {
        "name": f"{one.label} {one.heading}".strip() or "–",
        "language": one.language,
        "kinds": kinds_text(one.kinds),
        "answer": one.answer,
        "url": reverse("desk:explain_case_data", args=[edition.pk, one.uid, one.language]),
        "why_not": ""
        if one.answer
        else explain_case_data.why_not(request.user, edition, one.uid, one.language),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """The section as it stands, what was found in it, and the reason of a second person."""
    edition = _edition(request, edition_id)
    if language not in edition.instrument.languages:
        raise Http404
    found = next(iter(explain_case_data.find(edition, [language], str(uid))), None)
    if found is None:
        raise Http404
    form = ReasonForm(request.POST or None, initial={"seen": found.text_hash})
    if request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request):
        if not check_answers.is_confirmed(request):
            return _check_page(request, edition, found, form.cleaned_data["reason"])
        seen, reason = form.cleaned_data["seen"], form.cleaned_data["reason"]
        try:
            explain_case_data.explain(request.user, edition, found.uid, language, seen, reason)
        except ActionError as problem:
            form.add_error("reason" if problem.code == "no_reason" else None, problem.message)
        else:
            messages.success(request, _("Your reason was saved. It holds until the text changes."))
            return redirect("desk:case_data", edition.pk)
    if found.uid == explain_case_data.TITLE:
        body: Any = explain_case_data.body_of_title(edition, language)
    else:
        rows = Section.objects.filter(edition=edition, uid=uid)
        body = rows.values_list(f"body_{language}", flat=True).get()
    why_not = explain_case_data.why_not(request.user, edition, found.uid, language)
    return desk_page(
        request,
        edition,
        "explain_case_data",
        home=_home(request, edition),
        form=form,
        found=found,
        places=found_in(found.places),
        language=language,
        drawn=drawn_text(edition, body, language, "cd-"),
        why_not=why_not,
        explains=found.answer is not None or not why_not,
    )


def _check_page(request: OfficeRequest, edition: Edition, found: Found, reason: str) -> HttpResponse:
    return check_answers.page(
        request,
        title=_("Check your reason"),
        subject=title_of(edition),
        answers=[
            Answer(_("Section"), f"{found.label} {found.heading}".strip() or "–"),
            Answer(_("Language"), native_name(found.language)),
            Answer(_("Found"), kinds_text(found.kinds)),
            Answer(_("Reason"), reason),
        ],
        warning=_("You can't take your reason back. It stands in the audit trail with your name."),
        button=_("Save the reason"),
        trail=[
            (title_of(edition), _home(request, edition)),
            (_("Case data"), reverse("desk:case_data", args=[edition.pk])),
        ],
    )
