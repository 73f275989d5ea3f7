"""Bring a Word file for a draft, and see what became of everything in it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.access import writable_languages
from documents.actions.manage_uploads import receive
from documents.models import Edition, Upload
from documents.models.uploads import UploadQuerySet
from documents.pages.desk.forms import LandingForm
from documents.pages.desk.views.common import editable, locked
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.text_storage import load_outline
from documents.word.read.report import FidelityReport, Finding, FindingCode, Severity
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form; leads to the page on which the file's outline is looked at."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    languages = import_languages(request, edition)
    if not languages:
        raise Http404
    form = LandingForm(
        languages,
        request.POST or None,
        request.FILES or None,
        initial={"language": request.GET.get("language", "")},
    )
    if request.method == "POST" and form.is_valid():
        made = receive(
            request.user,
            form.cleaned_data["file"],
            edition=edition,
            language=form.cleaned_data["language"],
            page_language=get_language() or "en",
        )
        return redirect("desk:landing", edition.pk, made.pk)
    source = edition.instrument.source_language
    context = {
        "edition": edition,
        "title": title_of(edition),
        "form": form,
        "source": source,
        "empty": not load_outline(edition, source),
        "waiting": own_uploads(request).light().filter(edition=edition).exclude(state=Upload.State.TAKEN),
    }
    return render(request, "documents/desk/upload.html", context, status=422 if form.errors else 200)


def own_uploads(request: OfficeRequest) -> UploadQuerySet:
    """What the person has brought: nobody sees another one's."""
    return Upload.objects.filter(by=request.user)


def import_languages(request: OfficeRequest, edition: Edition) -> list[str]:
    """In which languages this person may take a file in now: the source's where the outline may change, the
    others once there is an outline to put them beside."""
    source = edition.instrument.source_language
    allowed = writable_languages(request.user, edition)
    found = []
    if source in allowed and edition.supersedes_id is None and may(request.user, Verb.OUTLINE, edition):
        found.append(source)
    if load_outline(edition, source):
        found.extend(language for language in allowed if language != source)
    return found


Groups = list[tuple[str, str, int, list[tuple[Finding, str]]]]


def report_groups(made: FidelityReport) -> Groups:
    """A report as the pages show it, what was left out first: for each kind its title, how many things, and
    which."""
    groups = [
        (
            severity.value,
            title,
            sum(finding.count for finding in made.of(severity)),
            [(finding, _(finding.text_en)) for finding in made.of(severity)],
        )
        for severity, title in (
            (Severity.LEFT_OUT, _("Left out")),
            (Severity.CHANGED, _("Kept in another form")),
            (Severity.KEPT, _("Kept")),
        )
    ]
    return [group for group in groups if group[2]]


@require_safe
def report(request: OfficeRequest, edition_id: int, upload_id: int) -> HttpResponse:
    """What a file that this person took in was kept as."""
    edition = edition_or_404(request, edition_id)
    taken = own_uploads(request).filter(pk=upload_id, edition=edition, state=Upload.State.TAKEN).first()
    if taken is None:
        raise Http404
    source = edition.instrument.source_language
    states = load_outline(edition, taken.language)
    missing = sum(1 for row in states if row.state == "missing") if taken.language != source else 0
    made = FidelityReport.from_json(taken.report)
    if taken.title:  # it was not taken, and that is said by itself
        made = made.without(FindingCode.TITLE_GUESSED)
    context = {
        "edition": edition,
        "title": title_of(edition),
        "groups": report_groups(made),
        "language": taken.language,
        "name": taken.name,
        "sections": len(states) - missing,
        "missing": missing,
        "may_outline": editable(edition) and may(request.user, Verb.OUTLINE, edition),
        "file_title": taken.title,
        "titled": bool(getattr(edition, f"title_{taken.language}")),
    }
    return render(request, "documents/desk/report.html", context)
