"""Take the text of a draft in from Word, and see what became of everything in the file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.access import writable_languages
from documents.actions.errors import ActionError
from documents.actions.import_word import import_word
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
        try:
            outcome = import_word(request.user, edition, language, file.read(), file.name)
        except ActionError as problem:
            form.add_error("file", problem.message)
        else:
            request.session[_key(edition)] = {
                "language": language,
                "name": file.name[:200],
                "report": outcome.report.as_json(),
            }
            return redirect("desk:report", edition.pk)
    source = edition.instrument.source_language
    context = {
        "edition": edition,
        "title": title_of(edition),
        "form": form,
        "source": source,
        "empty": not load_outline(edition, source),
    }
    return render(request, "documents/desk/upload.html", context, status=422 if form.errors else 200)


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
    }
    return render(request, "documents/desk/report.html", context)


def _key(edition: Edition) -> str:
    return f"desk-report-{edition.pk}"
