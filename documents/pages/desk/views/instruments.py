"""Start the next edition of a document in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.errors import ActionError
from documents.actions.start_revision import start_revision
from documents.choices import State
from documents.editions.corrected import corrigenda_of
from documents.pages.desk.views.common import tell
from documents.pages.desk.worklist import edition_or_404
from people.access import require
from people.requests import OfficeRequest
from people.roles import Verb


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Asks once, then starts the next edition from the one in force."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.REVISE, edition)
    open_one = (
        edition.instrument.editions.filter(state__in=[State.DRAFT, State.IN_REVIEW, State.APPROVED])
        .order_by("-number")
        .first()
    )
    if request.method == "POST":
        try:
            draft = start_revision(request.user, edition)
        except ActionError as problem:
            tell(request, problem)
            return redirect("desk:draft", open_one.pk) if open_one else redirect("desk:revise", edition.pk)
        messages.success(request, _("The draft of edition %(number)d is ready.") % {"number": draft.number})
        if mended := [str(one.number) for one in corrigenda_of(edition)]:
            messages.info(
                request,
                _(
                    "The draft includes the corrections of corrigenda %(numbers)s. Translations "
                    "of these sections are out of date until someone checks them."
                )
                % {"numbers": ", ".join(mended)},
            )
        return redirect("desk:draft", draft.pk)
    context = {
        "edition": edition,
        "open_one": open_one,
        "possible": edition.state == State.IN_FORCE and not open_one,
    }
    return render(request, "documents/desk/revise.html", context)
