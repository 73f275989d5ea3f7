"""Several Word files at once: a list of them, each looked at by itself, made into drafts together."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions import import_batch, import_upload, manage_uploads
from documents.actions.errors import ActionError
from documents.choices import Classification, Kind, State
from documents.models import Upload, UploadBatch
from documents.models.uploads import BroughtFile
from documents.pages.desk import ask_discard
from documents.pages.desk.batch_rows import rows_of
from documents.pages.desk.forms import BatchForm
from documents.pages.desk.landing import Landed
from documents.pages.desk.views.common import number_in
from documents.pages.desk.views.uploads import import_languages, own_uploads, show
from documents.pages.desk.worklist import at_the_desk, coordinated, has_a_desk, title_of
from people.access import memberships
from people.models import Institution, Membership, User
from people.requests import OfficeRequest
from people.roles import Role
from theme.locales import native_name
from theme.localized_names import localized_name


@require_http_methods(["GET", "HEAD", "POST"])
def several(request: OfficeRequest) -> HttpResponse:
    """The form for a zip, several files or a folder."""
    if not has_a_desk(request):
        raise Http404
    posted = request.method == "POST"
    form = BatchForm(request.POST if posted else None, request.FILES if posted else None)
    if request.method == "POST" and form.is_valid():
        files = [*form.cleaned_data["several"], *form.cleaned_data["folder"]]
        try:
            batch = import_batch.receive_files(request.user, files, get_language() or "en")
        except ActionError as problem:
            form.add_error("several", problem.message)
        else:
            return redirect("desk:batch", batch.pk)
    context = {
        "form": form,
        "batches": UploadBatch.objects.filter(by=request.user),
        "most": settings.KODEKS_BATCH_FILES,
        "limit": settings.KODEKS_BATCH_LIMIT // (1024 * 1024),
        **_who_creates(request),
    }
    return render(request, "documents/desk/several.html", context, status=422 if form.errors else 200)


def own_batch(request: OfficeRequest, batch_id: int) -> UploadBatch:
    return get_object_or_404(UploadBatch, by=request.user, pk=batch_id)


def owners(request: OfficeRequest) -> list[Institution]:
    """For which institutions the person enters new documents."""
    return list(Institution.objects.filter(pk__in=coordinated(request.user)))


def _who_creates(request: OfficeRequest) -> dict[str, Any]:
    """For which institutions the person enters new documents; for none, the coordinators who do."""
    own = owners(request)
    institutions = [m.institution_id for m in memberships(request.user)] if not own else []
    roles = Membership.objects.active().filter(institution__in=institutions, role=Role.COORDINATOR)
    found = User.objects.filter(pk__in=roles.values("user"), is_active=True).order_by("name")
    return {"owners": own, "coordinators": [localized_name(user.name) for user in found]}


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: OfficeRequest, batch_id: int) -> HttpResponse:
    """The list: each file with what was read of it, and the drafts that can be made."""
    found = own_batch(request, batch_id)
    if request.method == "POST":
        return _changed(request, found)
    rows = rows_of(found, at_the_desk(request.user).filter(state=State.DRAFT))
    busy = found.busy or any(row.upload.busy for row in rows)
    context = {
        "batch": found,
        "rows": rows,
        "busy": busy,
        "stuck": any(row.upload.stuck for row in rows) or found.stuck,
        "done": sum(1 for row in rows if not row.upload.busy),
        "ready": sum(1 for row in rows if row.ready),
        "fine": sum(1 for row in rows if row.fine),
        **_who_creates(request),
        "kinds": Kind.choices,
        "classifications": Classification.choices,
        "strict": Classification.TLP_AMBER_STRICT,
        "languages": settings.MODELTRANSLATION_LANGUAGES,
    }
    return render(request, "documents/desk/batch.html", context)


def _changed(request: OfficeRequest, found: UploadBatch) -> HttpResponse:
    back = redirect("desk:batch", found.pk)
    if ask_discard.FIELD in request.POST:
        if not ask_discard.is_wanted(request):
            return back
        if question := ask_discard.ask(request, [one.name for one in found.uploads.light()], is_list=True):
            return question
        import_batch.throw_away(found)
        messages.success(request, _("The files were discarded. Drafts already created stay."))
        return redirect("desk:several")
    command, _space, number = request.POST.get("do", "")[:40].partition(" ")
    if command == "put" and number.isdecimal():
        return _put(request, found, int(number[:9])) or back
    if command == "make":
        _make(request, found)
    return back


def _put(request: OfficeRequest, found: UploadBatch, pk: int) -> HttpResponse | None:
    """Moves a file to an existing draft, in the language chosen for it; says why not where it can't."""
    upload = found.uploads.filter(pk=pk, edition=None).first()
    drafts = at_the_desk(request.user).filter(state=State.DRAFT)
    edition = drafts.filter(pk=number_in(request.POST.get(f"e{pk}", ""))).first()
    if upload is None or edition is None:
        return None
    language = request.POST.get(f"g{pk}", upload.language)
    if language in settings.MODELTRANSLATION_LANGUAGES:
        problem = ""
        if language not in edition.instrument.languages:
            problem = _(
                "“%(title)s” does not have this language version (%(language)s), so the file was "
                "not imported."
            )
        elif language not in import_languages(request, edition):
            problem = _(
                "You can't import a file into “%(title)s” in this language (%(language)s) now. "
                "The draft page shows the languages you can edit."
            )
        if problem:
            names = {"title": title_of(edition), "language": native_name(language)}
            messages.error(request, problem % names)
            return None
        upload.language = language
    import_batch.put_into(upload, edition)
    return redirect("desk:landing", edition.pk, upload.pk)


def _make(request: OfficeRequest, found: UploadBatch) -> None:
    """Makes drafts of the files that are ticked."""
    data: Any = request.POST
    owner = next((one for one in owners(request) if str(one.pk) == data.get("owner")), None)
    if owner is None:
        raise Http404
    kind = data.get("kind")
    if kind not in Kind.values:
        messages.error(request, _("Choose the kind of document."))
        return
    wanted = data.get("classification")
    classification = wanted if wanted in Classification.values else Classification.TLP_AMBER_STRICT
    count = 0
    for upload in found.uploads.filter(state=Upload.State.READ, edition=None):
        language, title = data.get(f"g{upload.pk}", ""), " ".join(data.get(f"t{upload.pk}", "").split())[:400]
        if f"m{upload.pk}" not in data or language not in settings.MODELTRANSLATION_LANGUAGES:
            continue
        if not title:
            Upload.objects.filter(pk=upload.pk).update(problem=gettext_noop("Enter a title."))
            continue
        count += import_upload.plan(
            upload, owner=owner, title=title, language=language, kind=kind, classification=classification
        )
    started = ngettext("%(n)d draft is being created.", "%(n)d drafts are being created.", count)
    messages.success(request, started % {"n": count})


@require_http_methods(["GET", "HEAD", "POST"])
def batch_file(request: OfficeRequest, batch_id: int, upload_id: int) -> HttpResponse:
    """One file of the list that has no draft yet: its outline and report."""
    found = own_batch(request, batch_id)
    upload = get_object_or_404(own_uploads(request), pk=upload_id, batch=found)
    if upload.edition_id:
        return redirect("desk:landing", upload.edition_id, upload.pk)
    if request.method == "POST":
        if ask_discard.FIELD in request.POST:
            if not ask_discard.is_wanted(request):
                return redirect("desk:batch_file", found.pk, upload.pk)
            if question := ask_discard.ask(request, [upload.name]):
                return question
            manage_uploads.discard(upload)
            return redirect("desk:batch", found.pk)
        command = request.POST.get("do", "save")[:60]
        if upload.state == Upload.State.READ:
            landed = Landed.of(upload)
            landed = Landed(upload, landed.lines, landed.with_form(request.POST))
            landed.save(landed.with_command(command, landed.decisions))
        if command == "list":
            return redirect("desk:batch", found.pk)
        answer = redirect("desk:batch_file", found.pk, upload.pk)
        what, _space, at = command.partition(" ")
        if what in ("heading", "cut", "open") and at.isdecimal():
            answer["Location"] += f"?open={at[:9]}#a{at[:9]}"
        return answer
    return show(request, None, upload)


@require_safe
def state(request: OfficeRequest, batch_id: int) -> JsonResponse:
    """How far a list has got, for its page: asked by its script."""
    found = own_batch(request, batch_id)
    rows: list[BroughtFile] = [found, *Upload.objects.light().filter(batch=found)]
    done = sum(1 for row in rows[1:] if not row.busy)
    busy, stuck = any(row.busy for row in rows), any(row.stuck for row in rows)
    return JsonResponse(
        {"busy": busy, "stuck": stuck, "state": found.state, "done": done, "all": len(rows) - 1, "words": ""}
    )
