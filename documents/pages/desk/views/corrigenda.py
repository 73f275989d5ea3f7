"""Propose a corrigendum, record it with its act, or take it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.actions.record_corrigendum import (
    LONGEST,
    LONGEST_REASON,
    propose_corrigendum,
    record,
    take_back,
)
from documents.display import links
from documents.display.language import name_of
from documents.editions.corrected import corrected_body, corrigenda_of, of_section
from documents.editions.language_versions import Shown
from documents.editions.text_storage import check_language, load_outline
from documents.models import Corrigendum, Edition, Redaction, Section
from documents.pages.case_data import act_texts, kinds_in, page_before_saving
from documents.pages.desk.act_form import Acts, at_fields
from documents.pages.desk.rendering import drawn_text
from documents.pages.desk.worklist import edition_or_404, title_of
from people.access import has_role, may, require
from people.requests import OfficeRequest
from people.roles import Role, Verb
from people.second_factor import step_up_to_send
from proposals.errors import Refused
from proposals.models import Proposal
from proposals.pages.shown import Shown as ShownProposal
from proposals.pages.shown import show
from theme import check_answers, locales
from theme.check_answers import Answer
from theme.day_field import DayField


class CorrigendumForm(forms.Form):
    """The words that are wrong, and those that are instead."""

    exact = forms.CharField(
        label=gettext_lazy("Wrong words"),
        help_text=gettext_lazy("Exactly as in the text. Include enough words for them to appear only once."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    words = forms.CharField(
        label=gettext_lazy("Correct words"),
        help_text=gettext_lazy("The words that replace all the wrong words. Leave empty to delete them."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this is a clerical error"),
        help_text=gettext_lazy("Every reader of the document will see this."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HoldsFromForm(forms.Form):
    """From when the corrected words hold."""

    valid_from = DayField(
        label=gettext_lazy("Effective from"),
        help_text=gettext_lazy(
            "As stated in the act. This is often the day the text itself came into force."
        ),
    )


@show("corrigendum", gettext_lazy("Corrigendum"), lambda _proposal, one: title_of(one.edition))
def show_proposal(request: HttpRequest, proposal: Proposal, one: Corrigendum) -> ShownProposal:
    """It is decided where its act is recorded."""
    there = reverse("desk:corrigendum", args=[one.pk])
    return ShownProposal(title_of(one.edition), gettext_lazy("Corrigendum"), there, decided_at=there)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def correct(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """The section as it reads today, and the form of the proposal."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.CORRECT, edition)
    row = _row(edition, uid, language)
    form = CorrigendumForm(request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request):
        typed = form.cleaned_data
        if warning := page_before_saving(request, typed["words"], typed["reason"]):
            return warning
        try:
            created = propose_corrigendum(request.user, edition, uid, language, **form.cleaned_data)
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("Proposed. A coordinator must now record it with its act."))
            return redirect("desk:corrigendum", created.pk)
    body = corrected_body(row, of_section(corrigenda_of(edition, language), uid, language))
    context = _about(edition, uid, language) | {
        "form": form,
        "problems": problems,
        "drawn": drawn_text(edition, body, language, "c-"),
    }
    status = 409 if problems else 400 if form.errors else 200
    return render(request, "documents/desk/correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def corrigendum(request: OfficeRequest, corrigendum_id: int) -> HttpResponse:
    """What was proposed: to be recorded by another person, or taken back. Recorded, it redirects."""
    every = Corrigendum.objects.select_related("edition__instrument__owner", "proposed_by", "withdrawn_by")
    found = get_object_or_404(every, pk=corrigendum_id)
    edition = edition_or_404(request, found.edition_id)
    require(request.user, Verb.READ, found)
    if found.number is not None and request.method != "POST":
        return redirect(links.corrigendum_url(edition, found.number))
    acts = Acts(request)
    if acts.left:
        return redirect(links.corrigenda_url(edition))
    if "take_back" in request.POST:
        return _take_back(request, found)
    valid = _day_form(found, request.POST if acts.sent else None, request.POST.get("valid_from"))
    problems: list[str] = []
    wrong = acts.sent and not all([acts.valid(), valid.is_valid()])
    if acts.sent and not wrong and not check_answers.is_reopened(request):
        typed = [text for one in acts.given for text in (*act_texts(one), one.signed_name)]
        if warning := page_before_saving(request, *typed, data=acts.carried):
            return warning
        try:
            record(request.user, found, acts.given, valid.cleaned_data["valid_from"])
        except Refused as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _recorded(edition))
            found.refresh_from_db()
            return redirect(links.corrigendum_url(edition, found.number or 1))
    if acts.sent:
        acts.keep()
        at_fields(problems, *acts.forms, valid)
    return _corrigendum_page(request, found, acts, valid, problems, 400 if wrong else 0)


def _day_form(one: Corrigendum, data: Any = None, typed: str | None = None) -> HoldsFromForm:
    return HoldsFromForm(data, initial={"valid_from": one.edition.valid_from if typed is None else typed})


def _take_back(request: OfficeRequest, one: Corrigendum) -> HttpResponse:
    """Ends a proposal; somebody else's after a page that shows it."""
    require(request.user, Verb.CORRECT, one)
    if check_answers.is_reopened(request):
        return redirect("desk:corrigendum", one.pk)
    if one.proposed_by_id != request.user.pk and not check_answers.is_confirmed(request):
        return check_answers.page(
            request,
            title=_("Reject this proposal?"),
            subject=title_of(one.edition),
            answers=[Answer(_("Wrong words"), one.exact), Answer(_("Correct words"), one.words)],
            button=_("Reject the proposal"),
            is_dangerous=True,
            has_form=False,
        )
    try:
        take_back(request.user, one)
    except Refused as refusal:
        return _corrigendum_page(request, one, Acts(request), _day_form(one), refusal.problems)
    messages.success(
        request,
        _("The proposal was withdrawn. The text has not changed.")
        if one.proposed_by_id == request.user.pk
        else _("The proposal was rejected. The text has not changed."),
    )
    return redirect(links.corrigenda_url(one.edition))


def _corrigendum_page(
    request: OfficeRequest,
    one: Corrigendum,
    acts: Acts,
    valid: HoldsFromForm,
    problems: list[str],
    status: int = 0,
) -> HttpResponse:
    one.refresh_from_db()
    edition = one.edition
    context = _about(edition, one.uid, one.language) | {
        "one": one,
        "acts": acts,
        "back": links.corrigenda_url(edition),
        "valid": valid,
        "problems": problems,
        "case_data": kinds_in(f"{one.prefix}{one.words}{one.suffix}", one.words, one.reason),
        "may_record": may(request.user, Verb.RECORD, one),
        "may_take_back": may(request.user, Verb.CORRECT, one),
        "own": one.proposed_by_id == request.user.pk,
        "coordinates": has_role(request.user, Role.COORDINATOR, edition.instrument.owner_id),
    }
    status = 409 if problems else status or 200
    return render(request, "documents/desk/corrigendum.html", context, status=status)


def _recorded(edition: Edition) -> str:
    """What was done, and the other texts that still have the error."""
    message = [_("Recorded. The text is now shown with this corrigendum.")]
    draft = Edition.objects.filter(instrument=edition.instrument, supersedes=edition, state="draft").first()
    if draft is not None:
        more = _("Edition %(number)d is being drafted without this correction. Correct it there too.")
        message.append(more % {"number": draft.number})
    if Redaction.objects.filter(edition=edition, state=Redaction.State.PUBLISHED).exists():
        url = reverse("desk:redaction", args=[edition.pk])
        more = _("The redacted edition does not have it yet. Make it again.")
        message.append(format_html('<a href="{}">{}</a>', url, more))
    return format_html_join(" ", "{}", ((one,) for one in message))


def _row(edition: Edition, uid: UUID, language: str) -> dict[str, object] | None:
    if language not in edition.instrument.languages or Shown(edition).unfinished(language):
        raise Http404  # what is still being written has nothing to correct
    column = f"body_{check_language(language)}"
    row = get_object_or_404(Section.objects.values(column), edition=edition, uid=uid)
    found: dict[str, object] | None = row[column]
    return found


def _about(edition: Edition, uid: UUID, language: str) -> dict[str, object]:
    row = next((row for row in load_outline(edition, language) if row.uid == str(uid)), None)
    return {
        "edition": edition,
        "title": title_of(edition),
        "section": row.name if row else "",
        "section_url": links.section_url(edition, uid, text=language),
        "list_url": links.corrigenda_url(edition),
        "language_name": name_of(language),
        "html_lang": locales.html_lang(language),
    }
