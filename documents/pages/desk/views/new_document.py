"""Enter a new document: from a Word file, or empty."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions import import_upload, manage_uploads
from documents.actions.create_instrument import create_instrument
from documents.actions.errors import ActionError
from documents.models import Upload
from documents.pages.desk import ask_discard
from documents.pages.desk.batch_rows import title_of_file
from documents.pages.desk.document_kinds import kind_of
from documents.pages.desk.forms import NewInstrumentForm, WordFileForm
from documents.pages.desk.landing import Landed
from documents.pages.desk.views.uploads import own_uploads, report_groups, show
from documents.word.read.report import FidelityReport
from people.access import has_role
from people.requests import OfficeRequest
from people.roles import Role

State = Upload.State


def _coordinator(request: OfficeRequest) -> None:
    if not has_role(request.user, Role.COORDINATOR):
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """The two ways: a Word file, which is read at once, or an empty document."""
    _coordinator(request)
    posted = request.method == "POST"
    form = WordFileForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        brought = manage_uploads.receive(
            request.user, form.cleaned_data["file"], page_language=get_language() or "en"
        )
        return redirect("desk:new_from_file", brought.pk)
    return render(request, "documents/desk/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def empty(request: OfficeRequest) -> HttpResponse:
    """The form for a document without a text; leads to its draft."""
    _coordinator(request)
    form = NewInstrumentForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        titles = {data["source_language"]: data.pop("title")}
        try:
            edition = create_instrument(request.user, titles=titles, **data)
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(
                request,
                _("The document is created. Import its text from Word, or write it section by section."),
            )
            return redirect("desk:draft", edition.pk)
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: OfficeRequest, upload_id: int) -> HttpResponse:
    """A file's way to a new document: read, checked by its person, imported."""
    _coordinator(request)
    upload = get_object_or_404(own_uploads(request), pk=upload_id, batch=None)
    if upload.state == State.TAKEN and upload.edition_id:
        return redirect("desk:report", upload.edition_id, upload.pk)
    if upload.edition_id:
        return redirect("desk:landing", upload.edition_id, upload.pk)
    if ask_discard.is_wanted(request):
        if question := ask_discard.ask(request, [upload.name]):
            return question
        manage_uploads.discard(upload)
        messages.success(request, _("The file was discarded."))
        return redirect("desk:new")
    if upload.state != State.READ:
        return show(request, None, upload)
    if request.method == "POST" and "do" in request.POST and ask_discard.FIELD not in request.POST:
        return _outline(request, upload)
    if "outline" in request.GET:
        return show(request, None, upload)
    return _checked(request, upload)


def _outline(request: OfficeRequest, upload: Upload) -> HttpResponse:
    """Keeps what was corrected in the outline, and shows it again until it is done."""
    command = request.POST.get("do", "save")[:60]
    landed = Landed.of(upload)
    landed = Landed(upload, landed.lines, landed.with_form(request.POST))
    landed.save(landed.with_command(command, landed.decisions))
    answer = redirect("desk:new_from_file", upload.pk)
    if command != "list":
        what, _space, at = command.partition(" ")
        opened = f"&open={at[:9]}#a{at[:9]}" if what in ("heading", "cut", "open") and at.isdecimal() else ""
        answer["Location"] += "?outline=1" + opened
    return answer


def _checked(request: OfficeRequest, upload: Upload) -> HttpResponse:
    """What was read of the file, in the form of a new document."""
    landed = Landed.of(upload)
    outline, report = landed.outline, landed.report
    form = NewInstrumentForm(request.user, request.POST or None, initial=_read(upload, landed, report))
    if request.method == "POST" and ask_discard.FIELD not in request.POST and form.is_valid():
        data = dict(form.cleaned_data)
        import_upload.plan(upload, language=data.pop("source_language"), **data)
        return redirect("desk:new_from_file", upload.pk)
    return _page(
        request,
        form,
        upload=upload,
        problem=upload.why,
        outline=outline,
        groups=report_groups(report),
    )


def _read(upload: Upload, landed: Landed, report: FidelityReport) -> dict[str, Any]:
    """Title, language and kind as the file has them; after a failure, what was wanted."""
    wanted = dict(upload.plan)
    if wanted:
        wanted["source_language"] = wanted.pop("language")
        return wanted
    title, _guessed = title_of_file(upload, [one.head for one in landed.outline], report)
    found: dict[str, Any] = {"title": title, "kind": kind_of(f"{title} {upload.name}")}
    language = upload.language or upload.hint
    if language:
        found |= {"source_language": language, "authentic_languages": [language]}
    return found


def _page(request: OfficeRequest, form: NewInstrumentForm, **context: Any) -> HttpResponse:
    context |= {"form": form, "rows": form.language_rows()}
    context["more"] = any(form[name].errors for name in ("level", "slug", "topics"))
    return render(request, "documents/desk/new_document.html", context, status=422 if form.errors else 200)
