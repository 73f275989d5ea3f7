"""The titles of a draft: what a Word file gave them, put right by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.errors import ActionError
from documents.actions.set_titles import set_titles
from documents.pages.desk.forms import TitlesForm
from documents.pages.desk.views.common import editable, locked
from documents.pages.desk.worklist import edition_or_404, title_of
from people.access import require
from people.requests import OfficeRequest
from people.roles import Verb


@require_http_methods(["GET", "HEAD", "POST"])
def titles(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """One field a language; only that of the source must be filled in."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    require(request.user, Verb.OUTLINE, edition)
    # A title in the address is an offer (the one of a Word file): it stands in its field, and is kept when it
    # is saved.
    offered = {
        language: request.GET[language][:400]
        for language in edition.instrument.languages
        if language in request.GET
    }
    form = TitlesForm(edition, request.POST or None, initial=offered)
    if request.method == "POST" and form.is_valid():
        try:
            set_titles(request.user, edition, form.titles())
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:draft", edition.pk)
    context = {"edition": edition, "title": title_of(edition), "form": form}
    return render(request, "documents/desk/titles.html", context, status=422 if form.errors else 200)
