"""What a document is called in short: citations of it are found by these too."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.errors import ActionError
from documents.actions.set_short_titles import set_short_titles
from documents.pages.desk.forms import ShortTitlesForm
from documents.pages.desk.views.common import desk_page
from documents.pages.desk.worklist import edition_or_404
from people.access import require
from people.requests import OfficeRequest
from people.roles import Verb


@require_http_methods(["GET", "HEAD", "POST"])
def short_titles(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """One field a language, for coordinators of the document."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.CLASSIFY, edition.instrument)
    form = ShortTitlesForm(edition.instrument, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_short_titles(request.user, edition.instrument, form.titles(), form.cleaned_data["before"])
        except ActionError as problem:
            form.add_error(problem.code if problem.code in form.fields else None, problem.message)
        else:
            messages.success(request, _("Saved. Citations of this document are found by its short titles."))
            return redirect("desk:draft", edition.pk)
    return desk_page(request, edition, "short_titles", form=form)
