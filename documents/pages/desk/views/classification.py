"""Change who may read a document: tighten it at once, open it up with a second person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from documents.actions import classify
from documents.choices import Classification, opens
from documents.models import Edition, Instrument
from documents.pages.desk.forms import ClassificationForm
from documents.pages.desk.views.common import desk_page
from documents.pages.desk.worklist import edition_or_404, title_of
from people.access import require
from people.requests import OfficeRequest
from people.roles import Verb
from people.second_factor import step_up
from proposals.errors import Refused
from proposals.models import Proposal
from proposals.pages.shown import Row, Shown, show
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
        except Refused as problem:
            form.add_error(None, problem.message)
        else:
            if proposal is None:
                messages.success(request, _("The classification applies from now on."))
                # Whoever tightens it may have shut the door behind themselves.
                return redirect("desk:home")
            messages.success(request, _("Proposed. Another coordinator must confirm the wider access."))
            return redirect("desk:classification", edition.pk)
    waiting = classify.waiting_for(instrument).first()
    return desk_page(request, edition, "classification", form=form, proposal=waiting)


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


def _title(instrument: Instrument) -> str:
    edition = instrument.editions.order_by("number").last()
    return title_of(edition) if edition else instrument.path


@show("classification", gettext_lazy("Classification"), lambda _proposal, instrument: _title(instrument))
def show_classification(request: HttpRequest, proposal: Proposal, instrument: Instrument) -> Shown:
    """Who reads the document now, and who is to."""
    edition = Edition.objects.visible_to(request.user).filter(instrument=instrument).order_by("number").last()
    back = reverse("desk:classification", args=[edition.pk]) if edition else reverse("home")
    wanted = Classification(proposal.values["classification"])
    before = Classification(instrument.classification)
    return Shown(
        _title(instrument),
        gettext_lazy("Classification"),
        back,
        [Row(_("Classification"), str(before.label), str(wanted.label))],
    )
