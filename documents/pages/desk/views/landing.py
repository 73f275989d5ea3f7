"""A Word file that somebody brought: wait for it, look at its outline, decide, take it in or throw it
away."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions import import_upload, manage_uploads
from documents.models import Edition, Upload
from documents.pages.desk.landing import LONG_HEADING, PAGE, Landed, Pairing
from documents.pages.desk.views.common import editable, locked
from documents.pages.desk.views.upload import import_languages, own_uploads, report_groups
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.text_storage import load_outline
from documents.word.read.report import FidelityReport
from people.requests import OfficeRequest

State = Upload.State


@require_http_methods(["GET", "HEAD", "POST"])
def landing(request: OfficeRequest, edition_id: int, upload_id: int) -> HttpResponse:
    """One address for the whole way of a file; what stands there depends on how far it has got."""
    edition = edition_or_404(request, edition_id)
    upload = own_uploads(request).filter(pk=upload_id, edition=edition).first()
    if upload is None:
        raise Http404
    upload.edition = edition
    if upload.state == State.TAKEN:
        return redirect("desk:report", edition.pk, upload.pk)
    if request.method == "POST" and "drop" in request.POST:
        manage_uploads.discard(upload)
        messages.success(request, _("The file was thrown away. The draft stays as it was."))
        return redirect("desk:draft", edition.pk)
    if not editable(edition):
        return locked(request, edition)
    if (
        upload.language
        and upload.state == State.READ
        and upload.language not in import_languages(request, edition)
    ):
        return _not_in_this_language(request, edition, upload)
    if request.method == "POST":
        return _decided(request, edition, upload)
    return show(request, edition, upload)


def show(request: OfficeRequest, edition: Edition | None, upload: Upload, status: int = 200) -> HttpResponse:
    """The page of the state that the file is in."""
    context: dict[str, object] = {
        "edition": edition,
        "title": title_of(edition) if edition else "",
        "upload": upload,
        "problem": upload.why,
    }
    if upload.busy:
        return render(request, "documents/desk/landing_wait.html", context)
    if upload.state == State.REFUSED:
        return render(request, "documents/desk/landing_refused.html", context, status=422)
    if upload.state == State.ASKS:
        return render(request, "documents/desk/replace.html", context, status=409 if upload.problem else 200)
    landed = Landed.of(upload)
    groups = report_groups(FidelityReport.from_json(upload.report))
    context |= {
        "landed": landed,
        "groups": groups,
        "lost": sum(count for kind, _title, count, _found in groups if kind == "left_out"),
        "languages": import_languages(request, edition) if edition else [],
        "levels": range(1, 7),
    }
    if edition is not None and upload.pairs is not None and "open" not in request.GET:
        return _pairs_page(request, edition, landed, context, status)
    return _outline_page(request, landed, context, status)


def _outline_page(
    request: OfficeRequest, landed: Landed, context: dict[str, object], status: int
) -> HttpResponse:
    outline = landed.outline
    opened = request.GET.get("open", "")
    part = next((o for o in outline if str(o.head.at) == opened), None)
    if part is None and opened:
        part = next((o for o in outline if any(str(line.at) == opened for line in o.lines)), None)
    number = outline.index(part) if part else 0
    start = _number(request.GET.get("from", "")) if part is None else number // PAGE * PAGE
    start = min(start // PAGE * PAGE, max(len(outline) - 1, 0) // PAGE * PAGE)
    context |= {
        "outline": outline[start : start + PAGE],
        "count": len(outline),
        "start": start,
        "pages": [(at, at + 1, min(at + PAGE, len(outline))) for at in range(0, len(outline), PAGE)],
        "opened": part,
        "long": LONG_HEADING,
        "guessed": sum(1 for o in outline if o.head.guessed and not o.decided),
        "focus": request.GET.get("at", ""),
        "first": outline[0].head.at if outline else -1,
    }
    return render(request, "documents/desk/landing.html", context, status=status)


def _pairs_page(
    request: OfficeRequest, edition: Edition, landed: Landed, context: dict[str, object], status: int
) -> HttpResponse:
    pairing = _pairing(edition, landed)
    rows = pairing.rows()
    start = min(_number(request.GET.get("from", "")) // PAGE * PAGE, max(len(rows) - 1, 0) // PAGE * PAGE)
    context |= {
        "rows": rows[start : start + PAGE],
        "start": start,
        "pages": [(at, at + 1, min(at + PAGE, len(rows))) for at in range(0, len(rows), PAGE)],
        "paired": len(pairing.uids),
        "missing": len(pairing.missing),
        "free": len(pairing.free),
        "unsure": sum(1 for row in rows if row.unsure),
        "joined": sum(len(row.joined) for row in rows),
        "replaced": len({*pairing.uids.values()} & pairing.present),
        "source": edition.instrument.source_language,
        "focus": request.GET.get("at", ""),
        "first": pairing.outline[0].head.at if pairing.outline else -1,
    }
    return render(request, "documents/desk/landing_pairs.html", context, status=status)


def _pairing(edition: Edition, landed: Landed) -> Pairing:
    source = load_outline(edition, edition.instrument.source_language)
    present = {row.uid for row in load_outline(edition, landed.upload.language) if row.text_hash}
    return Pairing(landed, source, present)


def _decided(request: OfficeRequest, edition: Edition, upload: Upload) -> HttpResponse:
    """What a button on one of the pages does."""
    command = request.POST.get("do", "save")[:60]
    back = redirect("desk:landing", edition.pk, upload.pk)
    if command == "now" and upload.stuck:
        do_now(upload)
        return back
    if upload.state == State.ASKS:
        expected = (upload.would or {}).get("expected", "")
        if request.POST.get("expected", "-") != expected:
            upload.problem = _("The draft was changed meanwhile. Here is what the file would do now.")
            return show(request, edition, upload, 409)
        import_upload.ask_for(upload, expected)
        return back
    if upload.state != State.READ:
        return back
    language = request.POST.get("language", upload.language)
    if language != upload.language and language in import_languages(request, edition):
        _save(request, edition, upload, command)
        Upload.objects.filter(pk=upload.pk).update(language=language)
        upload.refresh_from_db()
        manage_uploads.read_again(upload)
        return back
    _save(request, edition, upload, command)
    if command == "take":
        upload.refresh_from_db()
        import_upload.ask_for(upload)
        return back
    if command == "again":
        manage_uploads.read_again(upload)
        return back
    return _to_the_same_place(request, edition, upload, command)


def _save(request: OfficeRequest, edition: Edition, upload: Upload, command: str) -> None:
    """Keeps what stands in the form, and what the button changes in it."""
    landed = Landed.of(upload)
    landed = Landed(upload, landed.lines, landed.with_form(request.POST))
    if upload.problem:
        Upload.objects.filter(pk=upload.pk, state=State.READ).update(problem="")
    if upload.pairs is not None:
        pairing = _pairing(edition, landed)
        pairs = pairing.with_command(command, pairing.with_form(request.POST))
        pairing.save(pairs)
        landed = Landed(upload, landed.lines, pairing.apart(pairs))
    landed.save(landed.with_command(command, landed.decisions))


def _to_the_same_place(
    request: OfficeRequest, edition: Edition, upload: Upload, command: str
) -> HttpResponse:
    """The page that the button stood on, at the line that it spoke of."""
    answer = redirect("desk:landing", edition.pk, upload.pk)
    what, _space, at = command.partition(" ")
    start = _number(request.POST.get("goto", request.POST.get("from", "")))
    query = [f"from={start}"] if start else []
    if "goto" in request.POST and request.POST.get("open", "").isdecimal():
        # The outline alone, from there on: beside a source it is shown by one of its parts.
        upload.refresh_from_db()
        heads = (outlined.head.at for outlined in Landed.of(upload).outline[start:])
        query = [f"open={next((head for head in heads if head >= 0), request.POST['open'][:9])}"]
    elif what in ("heading", "cut") and at.isdecimal():
        query = [f"open={at}", f"at={at}"]
    elif what == "join" and at.isdecimal() and request.POST.get("open", "").isdecimal():
        query = [f"open={request.POST['open'][:9]}"]
    elif what == "open" and at.isdecimal():
        query = [f"open={at[:9]}"]
    if query:
        answer["Location"] += "?" + "&".join(query)
    if what in ("heading", "cut", "open") and at.isdecimal():
        answer["Location"] += f"#a{at[:9]}"
    elif what == "order":
        answer["Location"] += f"#s-{at[:36]}"
    elif what == "apart" and at.isdecimal():
        answer["Location"] += f"#a{at[:9]}"
    return answer


def do_now(upload: Upload) -> None:
    """Does within the request what no worker does; what one had begun and left is begun anew."""
    with translation.override(upload.page_language):
        if upload.state in (State.WAITING, State.READING):
            if upload.state == State.READING:
                manage_uploads.move(upload, State.READING, State.WAITING)
            manage_uploads.read(upload.pk)
        else:
            if upload.state == State.STORING:
                manage_uploads.move(upload, State.STORING, State.TAKING)
            import_upload.take(upload.pk)


def _not_in_this_language(request: OfficeRequest, edition: Edition, upload: Upload) -> HttpResponse:
    """The language that was recognised is none that this person may take in: the first that they may."""
    allowed = import_languages(request, edition)
    if not allowed:
        raise Http404
    Upload.objects.filter(pk=upload.pk).update(language=allowed[0])
    upload.language = allowed[0]
    manage_uploads.read_again(upload)
    return redirect("desk:landing", edition.pk, upload.pk)


@require_safe
def state(request: OfficeRequest, upload_id: int) -> JsonResponse:
    """How far a file has got, for the page that waits: asked every half second by its script."""
    upload = own_uploads(request).light().filter(pk=upload_id).first()
    if upload is None:
        raise Http404
    return JsonResponse(
        {
            "busy": upload.busy,
            "stuck": upload.stuck,
            "state": upload.state,
            "words": upload.get_state_display(),
        }
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 0
