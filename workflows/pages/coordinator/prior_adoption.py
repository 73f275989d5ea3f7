"""A text adopted before Kodeks: one person proposes it with its act and signed file, another confirms."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import audit
from documents.actions.adopt_edition import problems_of
from documents.actions.check_papers import results
from documents.actions.errors import NotReady
from documents.actions.record_prior_adoption import act_of, propose_prior, valid_from_of, waiting_for
from documents.choices import State
from documents.display import links, signed_papers
from documents.display.acts import describe_gazette
from documents.editions import adoption_checks
from documents.models import BlobUse, Edition
from documents.pages.case_data import act_texts, kinds_in
from documents.pages.desk.act_form import SignedActForm, at_fields
from people.roles import Verb
from people.second_factor import step_up
from proposals.models import Proposal
from proposals.pages.shown import Shown, show
from theme import check_answers
from theme.check_answers import Answer
from theme.dates import long_date
from workflows.pages.coordinator.forms import ValidFromForm, attempt
from workflows.pages.coordinator.start import owned_edition
from workflows.texts import title_for


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def propose_page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The act, the day, the signed file."""
    edition = owned_edition(request, edition_id, Verb.RECORD)
    waits = waiting_for(edition)
    if waits is not None:
        return redirect("proposals:decide", waits.pk)
    data = request.POST or None
    form = SignedActForm(data, request.FILES or None, prefix="act0", by=request.user)  # type: ignore[arg-type]
    valid = ValidFromForm(data)
    problems: list[str] = []
    wrong = request.method == "POST" and not all([form.is_valid(), valid.is_valid()])
    acts = request.method == "POST" and not wrong and not check_answers.is_reopened(request)
    if acts and not check_answers.is_confirmed(request):
        problems = problems_of([form.act], valid.day, edition)
        if problems:
            audit.refused("propose_prior", edition, request.user, why=NotReady(problems).code)
        else:
            return _check_page(request, edition, form, valid)
    elif acts:
        made, problems = attempt(lambda: propose_prior(request.user, edition, form.act, valid.day))  # type: ignore[arg-type]
        if made is not None:
            messages.success(request, _("Proposed. A second coordinator must now confirm it."))
            return redirect("proposals:decide", made.pk)
    if request.method == "POST":
        form.keep_paper()
        at_fields(problems, form, valid)
    context = {
        "edition": edition,
        "title": title_for(edition),
        "form": form,
        "valid": valid,
        "problems": problems,
        "possible": edition.state == State.DRAFT and edition.number == 1,
        "blockers": adoption_checks.recording_problems(edition),
    }
    return render(request, "workflows/prior.html", context, status=409 if problems else 400 if wrong else 200)


def _check_page(
    request: HttpRequest, edition: Edition, form: SignedActForm, valid: ValidFromForm
) -> HttpResponse:
    """The act once more, before it is proposed; its signed file is stored."""
    rows = form.answers()
    form.keep_paper()
    data = request.POST.copy()
    data[form.add_prefix("kept")] = form.token
    return check_answers.page(
        request,
        title=_("Check the proposal"),
        subject=title_for(edition),
        answers=[
            *rows,
            Answer(_("In force from"), long_date(valid.day, get_language() or "en")),
        ],
        warning=_("A second coordinator confirms it. Then neither the text nor the act can be changed."),
        button=_("Propose"),
        trail=[(_("Reviews"), reverse("coordinate:desk"))],
        data=data,
    )


@show("prior", gettext_lazy("Adopted before Kodeks"), lambda _proposal, edition: title_for(edition))
def show_prior(request: HttpRequest, proposal: Proposal, edition: Edition) -> Shown:
    """The act with its signed file, beside what looks like case data."""
    act = act_of(proposal)
    use = BlobUse.objects.filter(edition=edition, blob=act.signed_file_id).first()
    case_data = kinds_in(*act_texts(act), use.name if use else "")
    context = {
        "act": act,
        "valid_from": valid_from_of(proposal),
        "sha256": proposal.values["sha256"],
        "gazette": describe_gazette(act.gazette, act.gazette_number, act.gazette_year),
        "file_url": links.file_url(use.blob_id, use.name) if use else "",
        "file_name": use.name if use else "",
        "paper": signed_papers.show(results([use.blob_id]).get(use.blob_id), use.blob_id) if use else None,
    }
    return Shown(
        title_for(edition),
        gettext_lazy("Adopted before Kodeks"),
        reverse("coordinate:desk"),
        advice=_("Compare the signed file with the text. After you confirm, neither can be changed."),
        warnings=[f"{_('May be case data')}: {case_data}"] if case_data else [],
        blockers=adoption_checks.recording_problems(edition),
        template="workflows/parts/prior.html",
        context=context,
    )
