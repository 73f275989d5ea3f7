"""Change who may read a document: tighten it at once, open it up with a second person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions import classify
from documents.actions.errors import ActionError
from documents.choices import Classification, opens
from documents.models import ClassificationProposal, Edition
from documents.pages.desk.forms import ClassificationForm
from documents.pages.desk.views.common import desk_page, number_in, tell
from documents.pages.desk.worklist import edition_or_404, title_of
from people.access import may, require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from people.second_factor import step_up
from theme import check_answers
from theme.check_answers import Answer
from theme.templatetags.kodeks_ui import tlp


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def classification(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form, and the proposal that waits for a second person, if there is one."""
    edition = edition_or_404(request, edition_id)
    instrument = edition.instrument
    require(request.user, Verb.CLASSIFY, instrument)
    form = ClassificationForm(request.POST or None, initial={"classification": instrument.classification})
    if request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request):
        if not check_answers.is_confirmed(request) and form.has_changed():
            return _check_page(request, edition, form)
        try:
            proposal = classify.change_classification(
                request.user, instrument, form.cleaned_data["classification"], form.cleaned_data["reason"]
            )
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            if proposal is None:
                messages.success(request, _("The classification applies from now on."))
                # Whoever tightens it may have shut the door behind themselves.
                return redirect("desk:home")
            messages.success(request, _("Proposed. Another coordinator must confirm the wider access."))
            return redirect("desk:classification", edition.pk)
    proposal = (
        ClassificationProposal.objects.filter(instrument=instrument, decided=None)
        .select_related("proposed_by")
        .first()
    )
    confirms = proposal is not None and may(request.user, Verb.CLASSIFY, proposal)
    return desk_page(request, edition, "classification", form=form, proposal=proposal, may_confirm=confirms)


def _check_page(request: OfficeRequest, edition: Edition, form: ClassificationForm) -> HttpResponse:
    """What the document has now, what it will have, and from when."""
    now, wanted = edition.instrument.classification, form.cleaned_data["classification"]
    wider = opens(Classification(now), Classification(wanted))
    later = _("A second coordinator confirms it. Until then nothing changes.")
    at_once = _("It takes effect at once. People who may not read the document then lose access.")
    return check_answers.page(
        request,
        title=_("Check the new classification"),
        subject=title_of(edition),
        answers=[
            Answer(_("Now"), tlp(now)),
            Answer(_("New"), tlp(wanted)),
            Answer(_("Reason"), form.cleaned_data["reason"]),
        ],
        warning=later if wider else at_once,
        button=_("Propose wider access") if wider else _("Restrict access"),
        trail=[(title_of(edition), reverse("desk:draft", args=[edition.pk]))],
        is_dangerous=not wider,
    )


@post_or("desk:classification", "edition_id")
@step_up
def decide(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Confirms or refuses the open proposal."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.CLASSIFY, edition.instrument)
    waiting = ClassificationProposal.objects.filter(instrument=edition.instrument, decided=None)
    proposal = get_object_or_404(waiting, pk=number_in(request.POST.get("proposal", "")))
    try:
        if request.POST.get("decision") == "confirm":
            classify.confirm(request.user, proposal)
            messages.success(request, _("Confirmed. The classification applies from now on."))
        else:
            classify.refuse(request.user, proposal)
            messages.success(request, _("The classification was not changed."))
    except ActionError as problem:
        tell(request, problem)
    return redirect("desk:classification", edition.pk)
