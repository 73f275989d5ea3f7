"""Bring back a reviewed Word file, and wait until it was read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from documents.access.rights import writable_languages
from documents.actions.errors import ActionError
from documents.actions.import_returned_file import (
    discard_returned,
    import_again,
    imported_before,
    receive_returned_file,
)
from documents.models import ReturnedFile, Suggestion
from documents.pages.desk.forms import UploadForm
from documents.pages.desk.views.common import editable, locked
from documents.pages.desk.worklist import edition_or_404, title_of
from people.requests import OfficeRequest


@require_http_methods(["GET", "HEAD", "POST"])
def import_returned(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form. The file is read in the background."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    languages = writable_languages(request.user, edition)
    if not languages:
        raise Http404
    source = edition.instrument.source_language
    is_new = request.GET.get("text") == "new" and source in languages
    languages = [source] if is_new else languages
    first = source if source in languages else languages[0]
    form = UploadForm(languages, request.POST or None, request.FILES or None, initial={"language": first})
    known = False
    if request.method == "POST" and form.is_valid():
        try:
            returned = receive_returned_file(
                request.user, edition, form.cleaned_data["language"], form.cleaned_data["file"]
            )
        except ActionError as problem:
            form.add_error("file", problem.message)
            known = problem.code == "brought_back"
        else:
            return redirect("desk:returned_file", edition.pk, returned.pk)
    context = {"edition": edition, "title": title_of(edition), "form": form, "known": known, "is_new": is_new}
    return render(request, "documents/desk/import_returned.html", context, status=422 if form.errors else 200)


def _returned_or_404(request: OfficeRequest, edition_id: int, returned_id: int) -> ReturnedFile:
    edition = edition_or_404(request, edition_id)
    found = ReturnedFile.objects.filter(edition=edition, pk=returned_id).first()
    if found is None or found.language not in writable_languages(request.user, edition):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def returned_file(request: OfficeRequest, edition_id: int, returned_id: int) -> HttpResponse:
    """The page that waits while a file is read. Or it shows why the file was refused, or asks whether to
    import it again."""
    returned = _returned_or_404(request, edition_id, returned_id)
    if request.method == "POST":
        if returned.state == ReturnedFile.State.ASKS:
            return _confirmed(request, returned)
        return redirect("desk:returned_file", edition_id, returned.pk)
    if returned.state == ReturnedFile.State.READY:
        messages.success(request, _summary(returned))
        return redirect("desk:suggestions", edition_id)
    status = 422 if returned.state == ReturnedFile.State.REFUSED else 200
    context = {"edition": returned.edition, "title": title_of(returned.edition), "returned": returned}
    if returned.state == ReturnedFile.State.ASKS:
        return render(request, "documents/desk/returned_again.html", context | _before(returned))
    return render(request, "documents/desk/returned_wait.html", context, status=status)


def _confirmed(request: OfficeRequest, returned: ReturnedFile) -> HttpResponse:
    """A file that was imported before is imported again, or thrown away."""
    if not editable(returned.edition):
        return locked(request, returned.edition)
    if request.POST.get("do") == "again":
        import_again(request.user, returned)
        return redirect("desk:returned_file", returned.edition_id, returned.pk)
    discard_returned(request.user, returned)
    messages.success(request, _("The file was discarded. The draft has not changed."))
    return redirect("desk:suggestions", returned.edition_id)


def _before(returned: ReturnedFile) -> dict[str, Any]:
    """When the same file was imported, and what became of its suggestions."""
    same = imported_before(returned.edition, returned.language, returned.sha256)
    last = same.filter(state=ReturnedFile.State.READY).select_related("by").order_by("-pk").first()
    rows = Suggestion.objects.filter(returned=last).order_by()
    return {"last": last, "counts": dict(rows.values_list("state").annotate(n=Count("pk")))}


@require_safe
def returned_state(request: OfficeRequest, edition_id: int, returned_id: int) -> JsonResponse:
    """How far it has got, for the page that waits."""
    row = _returned_or_404(request, edition_id, returned_id)
    return JsonResponse(
        {"busy": row.busy, "stuck": row.stuck, "state": row.state, "words": row.get_state_display()}
    )


def _summary(returned: ReturnedFile) -> str:
    suggestions, comments = returned.counts["suggestions"], returned.counts["comments"]
    numbers = (
        ngettext("%(n)s suggestion", "%(n)s suggestions", suggestions) % {"n": suggestions},
        ngettext("%(n)s comment", "%(n)s comments", comments) % {"n": comments},
    )
    what = ", ".join(numbers)
    return _("The file was imported: %(what)s. The text of the draft was not changed.") % {"what": what}
