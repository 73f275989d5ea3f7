"""Several Word files at once: one list of them all, each to be looked at by itself, made into drafts in one
go."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions import import_batch, manage_uploads
from documents.actions.errors import ActionError
from documents.choices import Classification, Kind, State
from documents.models import Upload, UploadBatch
from documents.pages.desk.batch_rows import rows_of
from documents.pages.desk.forms import BatchForm
from documents.pages.desk.landing import Landed
from documents.pages.desk.views.landing import do_now, show
from documents.pages.desk.views.upload import import_languages, own_uploads
from documents.pages.desk.worklist import at_the_desk, has_a_desk, title_of
from people.access import memberships
from people.models import Institution
from people.requests import OfficeRequest
from people.roles import Role
from theme.locales import native_name


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
    }
    return render(request, "documents/desk/several.html", context, status=422 if form.errors else 200)


def own_batch(request: OfficeRequest, batch_id: int) -> UploadBatch:
    found = UploadBatch.objects.filter(by=request.user, pk=batch_id).first()
    if found is None:
        raise Http404
    return found


def owners(request: OfficeRequest) -> list[Institution]:
    """For which institutions the person enters new documents."""
    held = {m.institution_id for m in memberships(request.user) if m.role == Role.COORDINATOR}
    return list(Institution.objects.filter(pk__in=held))


@require_http_methods(["GET", "HEAD", "POST"])
def batch(request: OfficeRequest, batch_id: int) -> HttpResponse:
    """The list: each file with what was read of it, and the drafts that can be made."""
    found = own_batch(request, batch_id)
    if request.method == "POST":
        return _changed(request, found)
    rows = rows_of(found, at_the_desk(request.user).filter(state=State.DRAFT))
    busy = found.state in ("waiting", "unpacking") or any(row.upload.busy for row in rows)
    context = {
        "batch": found,
        "rows": rows,
        "busy": busy,
        "stuck": any(row.upload.stuck for row in rows) or _stuck(found),
        "done": sum(1 for row in rows if not row.upload.busy),
        "ready": sum(1 for row in rows if row.ready),
        "fine": sum(1 for row in rows if row.fine),
        "owners": owners(request),
        "kinds": Kind.choices,
        "classifications": Classification.choices,
        "strict": Classification.TLP_AMBER_STRICT,
        "languages": settings.MODELTRANSLATION_LANGUAGES,
    }
    return render(request, "documents/desk/batch.html", context)


def _stuck(found: UploadBatch) -> bool:
    return Upload(state=Upload.State.WAITING, changed=found.changed).stuck and found.state in (
        "waiting",
        "unpacking",
    )


def _changed(request: OfficeRequest, found: UploadBatch) -> HttpResponse:
    back = redirect("desk:batch", found.pk)
    if "drop" in request.POST:
        import_batch.throw_away(found)
        messages.success(request, _("The files were thrown away. What was made into drafts stays."))
        return redirect("desk:several")
    command, _space, number = request.POST.get("do", "")[:40].partition(" ")
    if command == "now":
        _now(found)
    elif command == "put" and number.isdecimal():
        return _put(request, found, int(number[:9])) or back
    elif command == "make":
        _make(request, found)
    return back


def _now(found: UploadBatch) -> None:
    """Does one thing of what no worker does: the page can be asked again."""
    if _stuck(found):
        UploadBatch.objects.filter(pk=found.pk, state="unpacking").update(state="waiting")
        import_batch.unpack(found.pk)
    for upload in found.uploads.all():
        if upload.stuck:
            do_now(upload)


def _put(request: OfficeRequest, found: UploadBatch, pk: int) -> HttpResponse | None:
    """Puts a file beside a draft that there is, in the language that is chosen for it; says why not where the
    draft has none of it."""
    upload = found.uploads.filter(pk=pk, edition=None).first()
    wanted = request.POST.get(f"e{pk}", "")
    drafts = at_the_desk(request.user).filter(state=State.DRAFT)
    edition = drafts.filter(pk=int(wanted)).first() if wanted.isdecimal() and len(wanted) < 10 else None
    if upload is None or edition is None:
        return None
    wanted_language = request.POST.get(f"g{pk}", upload.language)
    if wanted_language in settings.MODELTRANSLATION_LANGUAGES:
        if wanted_language not in edition.instrument.languages:
            words = _(
                "“%(title)s” is not kept in this language (%(language)s), so the file was not put there."
            )
            messages.error(
                request, words % {"title": title_of(edition), "language": native_name(wanted_language)}
            )
            return None
        if wanted_language not in import_languages(request, edition):
            words = _(
                "You can't put a file into “%(title)s” in this language (%(language)s) now. The draft's page "
                "says which languages are open to you."
            )
            messages.error(
                request, words % {"title": title_of(edition), "language": native_name(wanted_language)}
            )
            return None
        upload.language = wanted_language
    import_batch.put_into(upload, edition)
    return redirect("desk:landing", edition.pk, upload.pk)


def _make(request: OfficeRequest, found: UploadBatch) -> None:
    """Makes drafts of the files that are ticked."""
    data: Any = request.POST
    owner = next((one for one in owners(request) if str(one.pk) == data.get("owner")), None)
    if owner is None:
        raise Http404
    kind = data.get("kind") if data.get("kind") in Kind.values else Kind.GUIDELINE
    wanted = data.get("classification")
    classification = wanted if wanted in Classification.values else Classification.TLP_AMBER_STRICT
    count = 0
    for upload in found.uploads.filter(state=Upload.State.READ, edition=None):
        language, title = data.get(f"g{upload.pk}", ""), " ".join(data.get(f"t{upload.pk}", "").split())[:400]
        if f"m{upload.pk}" not in data or language not in settings.MODELTRANSLATION_LANGUAGES:
            continue
        if not title:
            Upload.objects.filter(pk=upload.pk).update(problem=gettext_noop("Please give a title."))
            continue
        count += import_batch.plan(
            upload, owner=owner, title=title, language=language, kind=kind, classification=classification
        )
    said = ngettext("%(n)d draft is being made.", "%(n)d drafts are being made.", count)
    messages.success(request, said % {"n": count})


@require_http_methods(["GET", "HEAD", "POST"])
def batch_file(request: OfficeRequest, batch_id: int, upload_id: int) -> HttpResponse:
    """One file of the list that has no draft yet: its outline and report, as for one that was brought
    alone."""
    found = own_batch(request, batch_id)
    upload = own_uploads(request).filter(pk=upload_id, batch=found).first()
    if upload is None:
        raise Http404
    if upload.edition_id:
        return redirect("desk:landing", upload.edition_id, upload.pk)
    if request.method == "POST":
        if "drop" in request.POST:
            manage_uploads.discard(upload)
            return redirect("desk:batch", found.pk)
        command = request.POST.get("do", "save")[:60]
        if upload.stuck and command == "now":
            do_now(upload)
        elif upload.state == Upload.State.READ:
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
    every = list(Upload.objects.light().filter(batch=found))
    done = sum(1 for upload in every if not upload.busy)
    busy = found.state in ("waiting", "unpacking") or done < len(every)
    stuck = _stuck(found) or any(upload.stuck for upload in every)
    return JsonResponse(
        {"busy": busy, "stuck": stuck, "state": found.state, "done": done, "all": len(every), "words": ""}
    )
