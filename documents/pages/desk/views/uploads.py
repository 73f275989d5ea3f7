"""A Word file for a draft: bring it, decide about its outline, take it in, read the report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.access.rights import writable_languages
from documents.actions import explain_case_data, import_upload, manage_uploads
from documents.actions.find_doubts import unread_stored
from documents.actions.import_word import text_is_replaceable
from documents.editions.text_storage import load_outline
from documents.models import Edition, Upload
from documents.models.uploads import BroughtFile, UploadQuerySet
from documents.pages.case_data import report_rows
from documents.pages.desk import ask_discard
from documents.pages.desk.forms import LandingForm
from documents.pages.desk.landing import LONG_HEADING, PAGE, Landed, Pairing
from documents.pages.desk.views.common import desk_page, editable, locked, number_in
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.word.read.report import FidelityReport, Finding, FindingCode, Severity
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb

State = Upload.State


def own_uploads(request: OfficeRequest) -> UploadQuerySet:
    """What the person has brought: nobody sees another one's."""
    return Upload.objects.filter(by=request.user)


def import_languages(request: OfficeRequest, edition: Edition) -> list[str]:
    """The languages in which this person may take a file in now; the source's comes first."""
    source = edition.instrument.source_language
    allowed = writable_languages(request.user, edition)
    found = []
    if source in allowed and text_is_replaceable(edition) and may(request.user, Verb.OUTLINE, edition):
        found.append(source)
    if load_outline(edition, source):
        found.extend(language for language in allowed if language != source)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form; leads to the page on which the file's outline is looked at."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    languages = import_languages(request, edition)
    if not languages:
        raise Http404
    initial = {"language": request.GET.get("language", "")}
    form = LandingForm(languages, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        brought = manage_uploads.receive(
            request.user,
            form.cleaned_data["file"],
            edition=edition,
            language=form.cleaned_data["language"],
            page_language=get_language() or "en",
        )
        return redirect("desk:landing", edition.pk, brought.pk)
    source = edition.instrument.source_language
    return desk_page(
        request,
        edition,
        "upload",
        form=form,
        source=source,
        empty=not load_outline(edition, source),
        compared=source not in languages and source in writable_languages(request.user, edition),
        waiting=own_uploads(request).light().filter(edition=edition).exclude(state=State.TAKEN),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def landing(request: OfficeRequest, edition_id: int, upload_id: int) -> HttpResponse:
    """One address for the whole way of a file; what is there depends on how far it has got."""
    edition = edition_or_404(request, edition_id)
    upload = get_object_or_404(own_uploads(request), pk=upload_id, edition=edition)
    upload.edition = edition
    if upload.state == State.TAKEN:
        return redirect("desk:report", edition.pk, upload.pk)
    if ask_discard.is_wanted(request):
        if question := ask_discard.ask(request, [upload.name]):
            return question
        manage_uploads.discard(upload)
        messages.success(request, _("The file was discarded. The draft has not changed."))
        return redirect("desk:draft", edition.pk)
    if not editable(edition):
        return locked(request, edition)
    if upload.language and upload.state == State.READ:
        allowed = import_languages(request, edition)
        if upload.language not in allowed:
            if not allowed:
                raise Http404
            # The language that was recognised is none that this person may take in: the first that they may.
            manage_uploads.read_again(upload, language=allowed[0])
            return redirect("desk:landing", edition.pk, upload.pk)
    decides = request.method == "POST" and ask_discard.FIELD not in request.POST
    return _decided(request, edition, upload) if decides else show(request, edition, upload)


def show(request: OfficeRequest, edition: Edition | None, upload: Upload, status: int = 200) -> HttpResponse:
    """The page of the state that the file is in."""
    context: dict[str, Any] = {
        "edition": edition,
        "title": title_of(edition) if edition else "",
        "upload": upload,
        "problem": upload.why,
    }
    name = "landing"
    if upload.busy:
        name = "landing_wait"
    elif upload.state == State.REFUSED:
        name, status = "landing_refused", 422
    elif upload.state == State.ASKS:
        name, status = "replace", 409 if upload.problem else 200
    else:
        landed = Landed.of(upload)
        groups = report_groups(landed.report)
        context |= {
            "landed": landed,
            "groups": groups,
            "lost": sum(count for kind, _title, count, _found in groups if kind == "left_out"),
            "languages": import_languages(request, edition) if edition else [],
            "levels": range(1, 7),
            "focus": request.GET.get("at", ""),
        }
        if edition is not None and upload.pairs is not None and "open" not in request.GET:
            name = "landing_pairs"
            context |= _pairs(request, edition, landed)
        else:
            context |= _outline(request, landed)
    return render(request, f"documents/desk/{name}.html", context, status=status)


def _outline(request: OfficeRequest, landed: Landed) -> dict[str, Any]:
    outline = landed.outline
    opened = request.GET.get("open", "")
    part = next((o for o in outline if str(o.head.at) == opened), None)
    if part is None and opened:
        part = next((o for o in outline if any(str(line.at) == opened for line in o.lines)), None)
    start = _number(request.GET.get("from", "")) if part is None else outline.index(part)
    return _page("outline", outline, start) | {
        "count": len(outline),
        "opened": part,
        "long": LONG_HEADING,
        "guessed": sum(1 for o in outline if o.head.guessed and not o.decided),
        "first": outline[0].head.at if outline else -1,
    }


def _pairs(request: OfficeRequest, edition: Edition, landed: Landed) -> dict[str, Any]:
    pairing = _pairing(edition, landed)
    rows = pairing.rows()
    return _page("rows", rows, _number(request.GET.get("from", ""))) | {
        "paired": len(pairing.uids),
        "missing": len(pairing.missing),
        "free": len(pairing.free),
        "unsure": sum(1 for row in rows if row.unsure),
        "joined": sum(len(row.joined) for row in rows),
        "replaced": len({*pairing.uids.values()} & pairing.present),
        "source": edition.instrument.source_language,
        "first": pairing.outline[0].head.at if pairing.outline else -1,
    }


def _page(name: str, rows: list[Any], start: int) -> dict[str, Any]:
    """The page of a long list on which a row is, and where the other pages begin."""
    start = min(start // PAGE * PAGE, max(len(rows) - 1, 0) // PAGE * PAGE)
    pages = [(at, at + 1, min(at + PAGE, len(rows))) for at in range(0, len(rows), PAGE)]
    return {name: rows[start : start + PAGE], "start": start, "pages": pages}


def _pairing(edition: Edition, landed: Landed) -> Pairing:
    source = load_outline(edition, edition.instrument.source_language)
    present = {row.uid for row in load_outline(edition, landed.upload.language) if row.text_hash}
    return Pairing(landed, source, present)


def _decided(request: OfficeRequest, edition: Edition, upload: Upload) -> HttpResponse:
    """What a button on one of the pages does."""
    command = request.POST.get("do", "save")[:60]
    back = redirect("desk:landing", edition.pk, upload.pk)
    if upload.state == State.ASKS:
        expected = (upload.would or {}).get("expected", "")
        if request.POST.get("expected", "-") != expected:
            upload.problem = _("The draft has changed since. This is what the file would change now.")
            return show(request, edition, upload)
        import_upload.ask_for(upload, expected)
        return back
    if upload.state != State.READ:
        return back
    _save(request, edition, upload, command)
    language = request.POST.get("language", upload.language)
    other = language != upload.language and language in import_languages(request, edition)
    if other or command == "again":
        manage_uploads.read_again(upload, language=language if other else upload.language)
    elif command == "take":
        upload.refresh_from_db()
        import_upload.ask_for(upload)
    else:
        return _to_the_same_place(request, edition, upload, command)
    return back


def _save(request: OfficeRequest, edition: Edition, upload: Upload, command: str) -> None:
    """Keeps what is in the form, and what the button changes in it."""
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
    """The page that the button was on, at the line that it spoke of."""
    answer = redirect("desk:landing", edition.pk, upload.pk)
    what, _space, at = command.partition(" ")
    start = _number(request.POST.get("goto", request.POST.get("from", "")))
    opened = request.POST.get("open", "")[:9]
    opened = opened if opened.isdecimal() else ""
    query = [f"from={start}"] if start else []
    if "goto" in request.POST and opened:
        # The outline alone, from there on: beside a source it is shown by one of its parts.
        upload.refresh_from_db()
        heads = (outlined.head.at for outlined in Landed.of(upload).outline[start:])
        query = [f"open={next((head for head in heads if head >= 0), opened)}"]
    elif at.isdecimal():
        wanted = {
            "heading": [f"open={at}", f"at={at}"],
            "cut": [f"open={at}", f"at={at}"],
            "open": [f"open={at[:9]}"],
        }
        query = wanted.get(what) or ([f"open={opened}"] if what == "join" and opened else query)
    if query:
        answer["Location"] += "?" + "&".join(query)
    if what == "order":
        answer["Location"] += f"#s-{at[:36]}"
    elif what in ("heading", "cut", "open", "apart") and at.isdecimal():
        answer["Location"] += f"#a{at[:9]}"
    return answer


@require_safe
def state(request: OfficeRequest, upload_id: int) -> JsonResponse:
    """How far a file has got, for the page that waits: asked every half second by its script."""
    upload = get_object_or_404(own_uploads(request).light(), pk=upload_id)
    return progress(upload, upload.get_state_display())


def progress(row: BroughtFile, label: str) -> JsonResponse:
    """How far a background task has got with a file."""
    return JsonResponse({"busy": row.busy, "stuck": row.stuck, "state": row.state, "words": label})


def _number(text: str) -> int:
    return number_in(text[:7])


Groups = list[tuple[str, str, int, list[tuple[Finding, str]]]]


def report_groups(report: FidelityReport) -> Groups:
    """A report as the pages show it, what was left out first: its title, how many, and which."""
    titles = {
        Severity.LEFT_OUT: _("Left out"),
        Severity.CHANGED: _("Converted"),
        Severity.KEPT: _("Imported"),
    }
    groups = []
    for severity, title in titles.items():
        findings = [(finding, _(finding.text_en)) for finding in report.of(severity)]
        count = sum(finding.count for finding, _text in findings)
        if count:
            groups.append((severity.value, title, count, findings))
    return groups


@require_safe
def report(request: OfficeRequest, edition_id: int, upload_id: int) -> HttpResponse:
    """The name under which this person's file was stored."""
    edition = edition_or_404(request, edition_id)
    taken = get_object_or_404(own_uploads(request), pk=upload_id, edition=edition, state=State.TAKEN)
    rows = load_outline(edition, taken.language)
    translated = taken.language != edition.instrument.source_language
    missing = sum(1 for row in rows if row.state == "missing") if translated else 0
    report = FidelityReport.from_json(taken.report)
    if taken.title:  # the draft has another title, which the page says
        report = report.without(FindingCode.TITLE_GUESSED)
    return desk_page(
        request,
        edition,
        "report",
        groups=report_groups(report),
        unread=[*unread_stored(edition, taken.language)] if translated else [],
        source=edition.instrument.source_language,
        case_data=report_rows(explain_case_data.unanswered(edition, [taken.language])),
        language=taken.language,
        name=taken.name,
        sections=len(rows) - missing,
        missing=missing,
        may_outline=editable(edition) and may(request.user, Verb.OUTLINE, edition),
        file_title=taken.title,
        titled=bool(getattr(edition, f"title_{taken.language}")),
    )
