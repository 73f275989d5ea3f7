"""Who writes and translates which part of a draft."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.assign import assign, unassign
from documents.actions.errors import ActionError
from documents.models import Assignment
from documents.pages.desk.assign_form import AssignForm
from documents.pages.desk.views.common import editable, locked
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.pages.display_script import headings
from documents.text_storage import load_outline
from people.access import require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme.localized_names import localized_name


@require_http_methods(["GET", "HEAD", "POST"])
def assignments(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Everybody's parts, and the form for a new one."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.ASSIGN, edition)
    there = [code for code in edition.instrument.languages if editable(edition, code)]
    if not there:
        return locked(request, edition)
    source = edition.instrument.source_language
    outline = headings(load_outline(edition, source), source)
    initial = {
        "section": request.GET.get("section", ""),
        "language": request.GET.get("language", source if source in there else there[0]),
    }
    form = AssignForm(edition, outline, there, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            assign(
                request.user, edition, data["person"], data["language"], data["section"] or None, data["due"]
            )
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(
                request, _("%(name)s was asked, by mail too.") % {"name": localized_name(data["person"].name)}
            )
            return redirect("desk:people", edition.pk)
    names = {row.uid: f"{row.label} {row.heading}".strip() for row in outline}
    rows = [
        {"assignment": assignment, "section": names.get(str(assignment.uid), "") if assignment.uid else ""}
        for assignment in Assignment.objects.filter(edition=edition).select_related("user")
    ]
    context = {"edition": edition, "title": title_of(edition), "form": form, "rows": rows}
    return render(request, "documents/desk/people.html", context, status=422 if form.errors else 200)


@post_or("desk:people", "edition_id")
def end(request: OfficeRequest, edition_id: int, assignment_id: int) -> HttpResponse:
    """Takes a part back."""
    edition = edition_or_404(request, edition_id)
    require(request.user, Verb.ASSIGN, edition)
    assignment = Assignment.objects.filter(edition=edition, pk=assignment_id).select_related("user").first()
    if assignment is None:
        raise Http404
    unassign(request.user, assignment)
    messages.success(
        request,
        _("%(name)s no longer has this part. What was written stays.")
        % {"name": localized_name(assignment.user.name)},
    )
    return redirect("desk:people", edition.pk)
