"""Take the text of a draft in from Word, and see what became of everything in the file."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.access import writable_languages
from documents.actions.errors import ActionError
from documents.actions.import_word import ImportOutcome, import_word
from documents.actions.replacing import WouldReplace
from documents.desk import waiting
from documents.desk.forms import UploadForm
from documents.desk.views.common import editable, locked
from documents.desk.work import edition_or_404, title_of
from documents.docx.report import FidelityReport, Severity
from documents.models import Edition
from documents.texts import load_outline
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form; a file that is refused leaves everything as it was."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    languages = _languages(request, edition)
    if not languages:
        raise Http404
    form = UploadForm(
        languages,
        request.POST or None,
        request.FILES or None,
        initial={"language": request.GET.get("language", languages[0])},
    )
    if request.method == "POST" and form.is_valid():
        file, language = form.cleaned_data["file"], form.cleaned_data["language"]
        data = file.read()
        try:
            outcome = import_word(request.user, edition, language, data, file.name)
        except WouldReplace as asked:
            waiting.keep(request, edition, language, file.name, data, asked.replacement)
            return redirect("desk:replace", edition.pk)
        except ActionError as problem:
            form.add_error("file", problem.message)
        else:
            return _taken_in(request, edition, language, file.name, outcome)
    source = edition.instrument.source_language
    context = {
        "edition": edition,
        "title": title_of(edition),
        "form": form,
        "source": source,
        "empty": not load_outline(edition, source),
    }
    return render(request, "documents/desk/upload.html", context, status=422 if form.errors else 200)


def _taken_in(
    request: OfficeRequest, edition: Edition, language: str, name: str, outcome: ImportOutcome
) -> HttpResponse:
    request.session[_key(edition)] = {
        "language": language,
        "name": name[:200],
        "report": outcome.report.as_json(),
        "title": outcome.title,
    }
    return redirect("desk:report", edition.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """What a file would do to the text that is there, and the yes to it. Whose text has changed since is asked again."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    found = waiting.find(request, edition)
    if found is None or found.language not in _languages(request, edition):
        return redirect("desk:upload", edition.pk)
    problem = ""
    if request.method == "POST":
        if "no" in request.POST:
            waiting.drop(request, edition)
            messages.success(request, _("The draft stays as it was."))
            return redirect("desk:draft", edition.pk)
        try:
            outcome = import_word(
                request.user,
                edition,
                found.language,
                found.data,
                found.name,
                request.POST.get("expected", "-")[:64],
            )
        except WouldReplace as asked:
            waiting.keep(request, edition, found.language, found.name, found.data, asked.replacement)
            found = waiting.find(request, edition)
            problem = _("The draft was changed meanwhile. Here is what the file would do now.")
        except ActionError as refused:
            problem = refused.message
        else:
            waiting.drop(request, edition)
            return _taken_in(request, edition, found.language, found.name, outcome)
    context = {"edition": edition, "title": title_of(edition), "waiting": found, "problem": problem}
    return render(request, "documents/desk/replace.html", context, status=409 if problem else 200)


def _languages(request: OfficeRequest, edition: Edition) -> list[str]:
    """In which languages this person may take a file in now: the source's where the outline may change, the others once
    there is an outline to put them beside."""
    source = edition.instrument.source_language
    allowed = writable_languages(request.user, edition)
    found = []
    if source in allowed and edition.supersedes_id is None and may(request.user, Verb.OUTLINE, edition):
        found.append(source)
    if load_outline(edition, source):
        found.extend(language for language in allowed if language != source)
    return found


@require_safe
def report(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """What the last file that this person took in was kept as."""
    edition = edition_or_404(request, edition_id)
    kept = request.session.get(_key(edition))
    if not kept:
        return redirect("desk:draft", edition.pk)
    made = FidelityReport.from_json(kept["report"])
    groups = [
        (severity.value, title, [(finding, _(finding.text_en)) for finding in made.of(severity)])
        for severity, title in (
            (Severity.LEFT_OUT, _("Left out")),
            (Severity.CHANGED, _("Kept in another form")),
            (Severity.KEPT, _("Kept")),
        )
    ]
    source = edition.instrument.source_language
    context = {
        "edition": edition,
        "title": title_of(edition),
        "groups": [group for group in groups if group[2]],
        "language": kept["language"],
        "name": kept["name"],
        "sections": len(load_outline(edition, source)),
        "may_outline": editable(edition) and may(request.user, Verb.OUTLINE, edition),
        "file_title": kept.get("title", ""),
    }
    return render(request, "documents/desk/report.html", context)


def _key(edition: Edition) -> str:
    return f"desk-report-{edition.pk}"
