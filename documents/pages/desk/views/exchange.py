"""Work on a draft in Word: its page, and files for translating that come back section by section."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.access.rights import writable_languages
from documents.actions import explain_case_data, file_tasks
from documents.actions.errors import ActionError
from documents.actions.import_translation import make_exchange
from documents.choices import BEHIND
from documents.editions.text_storage import load_outline
from documents.exports.own_file import export_own
from documents.models import Edition, FileTask
from documents.pages.case_data import report_rows
from documents.pages.desk.forms import TranslationForm
from documents.pages.desk.views.common import desk_page, editable, locked
from documents.pages.desk.views.file_tasks import with_problem
from documents.pages.desk.views.uploads import import_languages
from documents.pages.desk.worklist import coordinated, edition_or_404
from documents.pages.edition.downloads import DOCX
from documents.translation.exchange import Exchange
from documents.translation.xliff import Notes, write_xliff
from documents.word.languages.bilingual import Words, write_bilingual
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb
from theme.file_answers import attachment
from theme.locales import native_name

XLIFF = "application/xliff+xml"
FILE_TAGS = {"sr": "sr-cyrl"}
"""Where the language of a file's own words has another tag than that of its text."""


def _open(request: OfficeRequest, edition_id: int, language: str) -> Edition:
    """The edition, if the person may translate it into that language; else Http404."""
    edition = edition_or_404(request, edition_id)
    if language == edition.instrument.source_language or language not in edition.instrument.languages:
        raise Http404
    if editable(edition, language) and language not in writable_languages(request.user, edition):
        raise Http404
    return edition


@require_safe
def word(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Everything that can be done with Word files and a draft, with what each is for."""
    edition = edition_or_404(request, edition_id)
    instrument, writable = edition.instrument, writable_languages(request.user, edition)
    if not writable:
        raise Http404
    source, is_draft = instrument.source_language, editable(edition)
    importable = import_languages(request, edition) if is_draft else []
    has_text = bool(load_outline(edition, source))
    may_outline = is_draft and may(request.user, Verb.OUTLINE, edition)
    return desk_page(
        request,
        edition,
        "word",
        source=source,
        languages=instrument.source_first,
        files=instrument.may_be_file and has_text,
        may_outline=may_outline,
        may_return=is_draft and has_text,
        may_new=may_outline and source in writable,
        replaces=source in importable,
        translations=[code for code in importable if code != source],
        exchanges=[code for code in writable if code != source] if has_text else [],
        keeps_templates=bool(coordinated(request.user)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request: OfficeRequest, edition_id: int, language: str) -> HttpResponse:
    """The page: files to take along, a file to bring back, and what became of it."""
    edition = _open(request, edition_id, language)
    if not editable(edition, language):
        return locked(request, edition)
    form = TranslationForm(request.POST or None, request.FILES or None)
    given = {"edition": edition.pk, "language": language}
    if request.method == "POST" and form.is_valid():
        try:
            started = file_tasks.start(
                request.user, "translation", form.cleaned_data["file"], request.path, **given
            )
        except ActionError as problem:
            form.add_error("file", problem.message)
        else:
            return redirect("desk:file_task", started.key)
    read = file_tasks.finished(request.user, "translation", request.GET.get("file", ""), **given)
    if request.method != "POST":
        form = with_problem(form, read)
    outcome = read.result if read and read.state == FileTask.State.DONE else None
    outline = load_outline(edition, language)
    return desk_page(
        request,
        edition,
        "exchange",
        form=form,
        language=language,
        source=edition.instrument.source_language,
        count=len(outline),
        open=sum(row.state in BEHIND for row in outline),
        files=edition.instrument.may_be_file,
        outcome=outcome,
        case_data=report_rows(explain_case_data.unanswered(edition, [language])) if outcome else [],
    )


@require_safe
def take_along(request: OfficeRequest, edition_id: int, language: str, kind: str) -> HttpResponse:
    """The file: ``kind`` is xlf or docx; with ``?only=open`` only the sections that are not up to date."""
    edition = _open(request, edition_id, language)
    if not edition.instrument.may_be_file:
        raise Http404
    uids = None
    if request.GET.get("only") == "open":
        uids = [row.uid for row in load_outline(edition, language) if row.state in BEHIND]
    out = make_exchange(edition, language, uids)
    with translation.override(FILE_TAGS.get(language, language)):
        data = write_xliff(out, _notes()) if kind == "xlf" else write_bilingual(out, _labels(out))
    name = f"{edition.instrument.slug}-{edition.number}-{out.source}-{out.target}.{kind}"
    return attachment(data, XLIFF if kind == "xlf" else DOCX, name)


def _labels(out: Exchange) -> Words:
    return Words(
        native_name(out.source),
        native_name(out.target),
        _(
            "Translate in the third column. Do not change the numbers or marks such as ⟦1⟧. "
            "Kodeks needs them to import the text."
        ),
        done=_("translated"),
        older=_("original changed"),
        missing=_("not translated"),
        before=_("Previous text:"),
    )


def _notes() -> Notes:
    return Notes(_("The original has changed since this was translated."), _("Previous text:"))


@require_safe
def own_file(request: OfficeRequest, edition_id: int, language: str) -> HttpResponse:
    """The file as an attachment."""
    edition = edition_or_404(request, edition_id)
    if language not in edition.instrument.languages:
        raise Http404
    created = export_own(request.user, edition, language)
    name = f"{edition.instrument.country_id}-{edition.instrument.slug}-{edition.number}-{language}.docx"
    return attachment(created.data, DOCX, name)
