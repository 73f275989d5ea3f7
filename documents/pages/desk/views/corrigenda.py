"""Propose a corrigendum, record it with its act, or take it back."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.actions.errors import ActionError, NotReady
from documents.actions.record_corrigendum import LONGEST, LONGEST_REASON, propose, record, take_back
from documents.corrigenda.overlay import corrected_body, corrigenda_of, of_section
from documents.language_versions import Shown
from documents.models import Corrigendum, Edition, Section
from documents.pages import links
from documents.pages.desk.act_form import Acts, at_fields, day
from documents.pages.desk.rendering import drawn_text
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.pages.display_language import name_of
from documents.text_storage import check_language, load_outline
from people.access import has_role, may, require
from people.requests import OfficeRequest
from people.roles import Role, Verb
from theme import locales


class CorrigendumForm(forms.Form):
    """The words that are wrong, and those that stand instead."""

    exact = forms.CharField(
        label=gettext_lazy("Words that are wrong"),
        help_text=gettext_lazy(
            "Exactly as they stand in the text, with enough words around them to stand there once."
        ),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    words = forms.CharField(
        label=gettext_lazy("Right words"),
        help_text=gettext_lazy("What stands instead of all of them. Leave it empty to leave them out."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this is a slip"),
        help_text=gettext_lazy("Every reader of the document will see it."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class HoldsFromForm(forms.Form):
    """From when the corrected words hold."""

    valid_from = day(
        label=gettext_lazy("Holds from"),
        help_text=gettext_lazy("As the act says: often the day from which the text itself is in force."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """The section as it reads today, and the form of the proposal."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.CORRECT, edition)
    row = _row(edition, uid, language)
    form = CorrigendumForm(request.POST or None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = propose(request.user, edition, uid, language, **form.cleaned_data)
        except ActionError as refusal:
            problems = refusal.problems if isinstance(refusal, NotReady) else [refusal.message]
        else:
            messages.success(request, _("Proposed. A coordinator records it now with its act."))
            return redirect("desk:corrigendum", made.pk)
    body = corrected_body(row, of_section(corrigenda_of(edition, language), uid, language))
    context = _about(edition, uid, language) | {
        "form": form,
        "problems": problems,
        "drawn": drawn_text(edition, body, language, "c-"),
    }
    status = 409 if problems else 400 if form.errors else 200
    return render(request, "documents/desk/correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def corrigendum(request: OfficeRequest, corrigendum_id: int) -> HttpResponse:
    """What was proposed: to be recorded by another person, or taken back. Recorded, it leads to where it is
    read."""
    found = (
        Corrigendum.objects.select_related("edition__instrument__owner", "proposed_by", "withdrawn_by")
        .filter(pk=corrigendum_id)
        .first()
    )
    if found is None:
        raise Http404
    edition = edition_or_404(request, found.edition_id)
    require(request.user, Verb.READ, found)
    if found.number is not None and request.method != "POST":
        return redirect(links.corrigendum_url(edition, found.number))
    acts = Acts(request)
    if acts.left:
        return redirect(links.corrigenda_url(edition))
    sent = acts.sent and "take_back" not in request.POST
    valid = HoldsFromForm(
        request.POST if sent else None,
        initial={"valid_from": request.POST.get("valid_from", edition.valid_from)},
    )
    problems: list[str] = []
    wrong = False
    if request.method == "POST":
        try:
            if "take_back" in request.POST:
                take_back(request.user, found)
                messages.success(request, _("The proposal was taken back. The text stays as it is."))
                return redirect(links.corrigenda_url(edition))
            wrong = sent and not all([acts.valid(), valid.is_valid()])
            if sent and not wrong:
                record(request.user, found, acts.given, valid.cleaned_data["valid_from"])
                messages.success(request, _recorded(edition))
                found.refresh_from_db()
                return redirect(links.corrigendum_url(edition, found.number or 1))
        except ActionError as refusal:
            problems = refusal.problems if isinstance(refusal, NotReady) else [refusal.message]
        if sent:
            acts.keep()
            at_fields(problems, *acts.forms, valid)
    found.refresh_from_db()
    context = _about(edition, found.uid, found.language) | {
        "one": found,
        "acts": acts,
        "back": links.corrigenda_url(edition),
        "valid": valid,
        "problems": problems,
        "may_record": may(request.user, Verb.RECORD, found),
        "may_take_back": may(request.user, Verb.CORRECT, found),
        "own": found.proposed_by_id == request.user.pk,
        "coordinates": has_role(request.user, Role.COORDINATOR, edition.instrument.owner_id),
    }
    return render(
        request, "documents/desk/corrigendum.html", context, status=409 if problems else 400 if wrong else 200
    )


def _recorded(edition: Edition) -> str:
    said = _("Recorded. The text is read with this corrigendum from now on.")
    draft = Edition.objects.filter(instrument=edition.instrument, supersedes=edition, state="draft").first()
    if draft is None:
        return said
    more = _("Edition %(number)d is being drafted and began without it: correct it there too.")
    return f"{said} {more % {'number': draft.number}}"


def _row(edition: Edition, uid: UUID, language: str) -> dict[str, object] | None:
    if language not in edition.instrument.languages or Shown(edition).unfinished(language):
        raise Http404  # what is still being written has nothing to correct
    rows = Section.objects.filter(edition=edition, uid=uid).values_list(f"body_{check_language(language)}")
    for (body,) in rows:
        found: dict[str, object] | None = body
        return found
    raise Http404


def _about(edition: Edition, uid: UUID, language: str) -> dict[str, object]:
    row = next((row for row in load_outline(edition, language) if row.uid == str(uid)), None)
    return {
        "edition": edition,
        "title": title_of(edition),
        "section": f"{row.label} {row.heading}".strip() if row else "",
        "section_url": links.section_url(edition, uid, text=language),
        "list_url": links.corrigenda_url(edition),
        "language_name": name_of(language),
        "html_lang": locales.html_lang(language),
    }
