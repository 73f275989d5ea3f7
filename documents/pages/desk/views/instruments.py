"""Enter a new document; start the next edition of one in force."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.create_instrument import create_instrument
from documents.actions.errors import ActionError
from documents.actions.start_revision import start_revision
from documents.choices import State
from documents.corrigenda.overlay import corrigenda_of
from documents.pages.desk.forms import NewInstrumentForm
from documents.pages.desk.views.common import tell
from documents.pages.desk.worklist import edition_or_404
from people.access import has_role, require
from people.requests import OfficeRequest
from people.roles import Role, Verb


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """The form for a new document; leads to its draft."""
    if not has_role(request.user, Role.COORDINATOR):
        raise Http404
    form = NewInstrumentForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edition = create_instrument(
                request.user,
                owner=data["owner"],
                slug=data["slug"],
                kind=data["kind"],
                level=data["level"],
                titles={data["source_language"]: data["title"]},
                languages=data["languages"],
                source_language=data["source_language"],
                authentic_languages=data["authentic_languages"],
                topics=data["topics"],
                classification=data["classification"],
            )
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(
                request,
                _("The document is created. Import its text from Word, or write it section by section."),
            )
            return redirect("desk:draft", edition.pk)
    return render(request, "documents/desk/new.html", {"form": form}, status=200 if not form.errors else 422)


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
