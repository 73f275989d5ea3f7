"""The page on which a second person decides."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.requests import OfficeRequest
from people.second_factor import step_up_to_send
from proposals.actions.decide import confirm, may_confirm, may_see, refuse
from proposals.errors import Decided, Refused
from proposals.kinds import kind_of
from proposals.models import Proposal
from proposals.pages.shown import Shown, shown

LONGEST = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_to_send
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    """Shows what is proposed and asks for the decision. Whoever proposed it can only take it back."""
    proposal = get_object_or_404(Proposal.objects.select_related("proposed_by"), pk=pk)
    if not may_see(request.user, proposal):
        raise Http404
    page = shown(request, proposal, kind_of(proposal).thing(proposal))
    if page.decided_at:
        return redirect(page.decided_at)
    problem = _decide(request, proposal, page) if request.method == "POST" else ""
    proposal.refresh_from_db()
    if proposal.decided is not None:
        if problem or request.method != "POST":
            messages.error(request, problem or str(Decided.says))
        return redirect(page.back)
    context = page.context | {
        "proposal": proposal,
        "shown": page,
        "may_confirm": may_confirm(request.user, proposal),
        "is_own": proposal.proposed_by_id == request.user.pk,
        "problem": problem,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "proposals/decide.html", context, status=409 if problem else 200)


def _reason(request: OfficeRequest) -> str:
    """Without control characters, which nobody types."""
    typed = request.POST.get("reason", "")
    return "".join(one for one in typed if one.isprintable() or one == "\n").strip()[:LONGEST]


def _decide(request: OfficeRequest, proposal: Proposal, page: Shown) -> str:
    """Does what was chosen; gives the problem, if there is one."""
    try:
        if request.POST.get("decision") == "confirm":
            if {*page.must_read} - {*request.POST.getlist("read")}:
                return _("Tick each line before you confirm.")
            confirm(request.user, proposal)
            messages.success(request, _("Confirmed."))
        else:
            refuse(request.user, proposal, _reason(request))
            messages.success(request, _("Rejected. Nothing was changed."))
    except Refused as refusal:
        return refusal.message
    return ""
