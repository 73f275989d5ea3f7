"""The language versions of an adopted edition: later ones, their checks, and their act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.access.rights import assignments_of, writable_languages, writes_all
from documents.actions import adopt_language
from documents.actions.adopt_edition import problems_of_acts
from documents.actions.errors import ActionError
from documents.choices import ADOPTED, BEHIND, FOLLOWED, Translation
from documents.display import links
from documents.display.language import name_of
from documents.editions.text_storage import language_states, load_tree
from documents.models import Edition, LanguageVersion, Section, VersionCheck
from documents.pages.desk.act_form import Acts, Antedated, antedated, at_fields
from documents.pages.desk.rendering import drawn_text
from documents.pages.desk.views.common import desk_page, tell
from documents.pages.desk.worklist import title_of
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb
from people.second_factor import step_up
from theme import check_answers, locales
from theme.check_answers import Answer
from theme.dates import of_date, one_dot
from theme.templatetags.kodeks_ui import check_number


def edition_of(request: OfficeRequest, edition_id: int) -> Edition:
    """An adopted edition that the person may read; Http404 for any other."""
    visible = Edition.objects.visible_to(request.user)
    related = visible.select_related("instrument__country", "instrument__owner")
    return get_object_or_404(related, pk=edition_id, state__in=ADOPTED)


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Every language version; POST begins a next number, submits a version, or sends it back."""
    edition = edition_of(request, edition_id)
    rows = list(
        LanguageVersion.objects.filter(edition=edition)
        .select_related("submitted_by")
        .prefetch_related("checks__institution", "checks__person")
        .order_by("language", "number")
    )
    coordinates = may(request.user, Verb.RECORD, edition)
    writable = set(writable_languages(request.user, edition))
    if not coordinates and not any(_concerns(request, one, writable) for one in rows):
        raise Http404
    if request.method == "POST":
        return _do(request, edition, rows)
    desk = _Desk(
        request,
        edition,
        coordinates,
        writable,
        {one for one in writable if writes_all(request.user, edition, one)},
        language_states(edition),
        set(VersionCheck.objects.standing().filter(version__in=rows).values_list("version", flat=True)),
    )
    return desk_page(
        request,
        edition,
        "versions",
        coordinates=coordinates,
        languages=[
            _language(desk, language, [r for r in rows if r.language == language])
            for language in edition.instrument.languages
        ],
        read_url=links.edition_url(edition),
    )


def _concerns(request: OfficeRequest, version: LanguageVersion, writable: set[str]) -> bool:
    return version.unfinished and (
        version.language in writable or adopt_language.speaks_for(request.user, version) is not None
    )


@dataclass(frozen=True)
class _Desk:
    """What one person can do with an edition: languages that they write in, or write as a whole."""

    request: OfficeRequest
    edition: Edition
    coordinates: bool
    writable: set[str]
    whole: set[str]
    states: dict[str, dict[Translation, int]]
    agreed: set[int]
    """The versions, by their keys, to which a second person agreed since they were submitted."""

    def first(self, language: str) -> UUID | None:
        """The section where they begin: the first, or the first that they were asked for."""
        rows = Section.objects.filter(edition=self.edition).order_by("position")
        if language not in self.whole:
            wanted = assignments_of(self.request.user).filter(edition=self.edition, language=language)
            rows = rows.filter(uid__in=wanted.values_list("uid"))
        return rows.values_list("uid", flat=True).first()


def _language(desk: _Desk, language: str, rows: list[LanguageVersion]) -> dict[str, Any]:
    newest = rows[-1]
    shown = {
        "language": language,
        "name": name_of(language),
        "lang": locales.html_lang(language),
        "rows": [row for row in rows if not row.unfinished],
        "newest": newest,
        "open": sum(desk.states[language].get(state, 0) for state in BEHIND),
    }
    if newest.unfinished:
        return shown | _unfinished(desk, newest)
    may_begin = not newest.authentic and desk.edition.state in FOLLOWED and desk.coordinates
    return shown | {"may_begin": may_begin}


def _unfinished(desk: _Desk, newest: LanguageVersion) -> dict[str, Any]:
    """What can be done with a version that is still written, or waits for its check or act."""
    user, language, edition = desk.request.user, newest.language, desk.edition
    writes, submitted, agreed = (
        language in desk.writable,
        newest.submitted is not None,
        newest.pk in desk.agreed,
    )
    first = desk.first(language) if writes else None
    checks = submitted and not agreed and not adopt_language.may_check(user, newest)
    adopts = agreed and newest.authentic and may(user, Verb.ADOPT, edition)

    def url(name: str, wanted: object, *args: object) -> str:
        return reverse(f"desk:{name}", args=[edition.pk, *args]) if wanted else ""

    return {
        "agreed": agreed,
        "checks": newest.checks.all(),
        "sent_back": adopt_language.sent_back_because(newest),
        "may_submit": not submitted and language in desk.whole,
        "may_send_back": submitted and desk.coordinates,
        "write_url": url("section", first, first, language),
        "ask_url": url("people", desk.coordinates and writes),
        "exchange_url": url("exchange", writes, language),
        "check_url": url("check_version", checks, language),
        "adopt_url": url("adopt_language", adopts, language),
    }


def _do(request: OfficeRequest, edition: Edition, rows: list[LanguageVersion]) -> HttpResponse:
    language = request.POST.get("language", "")[:5]
    newest = next((row for row in reversed(rows) if row.language == language), None)
    if newest is None:
        raise Http404
    try:
        if "begin" in request.POST:
            version = adopt_language.begin_next(request.user, edition, language)
            opened = _(
                "You can now write translation no. %(number)d. Readers see translation no. "
                "%(before)d until the new one is checked."
            )
            messages.success(request, opened % {"number": version.number, "before": version.number - 1})
        elif "submit" in request.POST:
            adopt_language.submit(request.user, newest)
            messages.success(
                request, _("Submitted. A second person, who did not write it, must now check it.")
            )
        elif "send_back" in request.POST:
            adopt_language.send_back(request.user, newest, request.POST.get("reason", ""))
            messages.success(request, _("Sent back for changes, with your reason."))
    except ActionError as problem:
        tell(request, problem)
    return redirect("desk:versions", edition.pk)


def _waiting(request: OfficeRequest, edition_id: int, language: str) -> LanguageVersion:
    """The version of a language that was submitted; Http404 where there is none."""
    edition = edition_of(request, edition_id)
    submitted = LanguageVersion.objects.filter(edition=edition, submitted__isnull=False)
    found = get_object_or_404(submitted, language=language, unfinished=True)
    found.edition = edition
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: OfficeRequest, edition_id: int, language: str) -> HttpResponse:
    """The full text next to the original, and the answer of the second person."""
    version = _waiting(request, edition_id, language)
    edition = version.edition
    if adopt_language.speaks_for(request.user, version) is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        agrees = request.POST.get("answer") == "agree"
        try:
            adopt_language.check(
                request.user,
                version,
                agrees,
                request.POST.get("remarks", ""),
                request.POST.get("seen", "")[:64],
            )
        except ActionError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _checked(version, agrees))
            if agrees and version.authentic and may(request.user, Verb.ADOPT, edition):
                return redirect("desk:adopt_language", edition.pk, language)  # whose next step that is
            return redirect(links.edition_url(edition, text=language))
    source = edition.instrument.source_language
    originals = load_tree(edition, source)
    return desk_page(
        request,
        edition,
        "check_version",
        status=409 if problem else 200,
        version=version,
        name=name_of(language),
        lang=locales.html_lang(language),
        source_name=name_of(source),
        source_lang=locales.html_lang(source),
        may_not=adopt_language.may_check(request.user, version),
        problem=problem,
        remarks=request.POST.get("remarks", "")[:2000],
        pairs=[
            (
                one.text.label,
                drawn_text(edition, one.text.body, source, f"a{n}-"),
                drawn_text(edition, two.text.body, language, f"b{n}-"),
            )
            for n, (one, two) in enumerate(zip(originals, load_tree(edition, language), strict=True))
        ],
    )


def _checked(version: LanguageVersion, agrees: bool) -> str:
    if not agrees:
        return _("Sent back for changes, with your remarks.")
    if version.authentic:
        return _("Checked. The coordinator must now record its act.")
    return _("Checked. Readers now see this translation.")


def _checked_on(version: LanguageVersion) -> tuple[date, str]:
    """The local day on which the text was checked (else submitted), and a sentence that says so."""
    check = VersionCheck.objects.standing().filter(version=version).order_by("at").last()
    at = check.at if check else version.submitted
    assert at is not None  # noqa: S101 - it was submitted, or there is no such page
    day = at.astimezone(ZoneInfo(version.edition.instrument.country.time_zone)).date()
    return day, one_dot(_("The text was checked on %(day)s.") % {"day": of_date(day, get_language() or "en")})


def _check_adoption(request: OfficeRequest, version: LanguageVersion, acts: Acts) -> HttpResponse:
    """The acts and the text once more, before the last button; the signed files are stored."""
    edition = version.edition
    return check_answers.page(
        request,
        title=_("Check the adoption before you record it"),
        subject=f"{title_of(edition)}: {name_of(version.language)}",
        answers=[
            *(row for form in acts.forms for row in form.answers()),
            Answer(_("Check number"), check_number(version.sha256)),
        ],
        warning=_("After you record the adoption, you can't change the text or the act."),
        button=_("Record the adoption"),
        trail=[(title_of(edition), reverse("desk:versions", args=[edition.pk]))],
        data=acts.carried,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@step_up
def adopt(request: OfficeRequest, edition_id: int, language: str) -> HttpResponse:
    """The act or acts that adopt a further authentic language."""
    version = _waiting(request, edition_id, language)
    edition = version.edition
    if not version.authentic or not may(request.user, Verb.ADOPT, edition):
        raise Http404
    acts = Acts(request)
    if acts.left:
        return redirect("desk:versions", edition.pk)
    problems: list[str] = []
    wrong = acts.sent and not acts.valid()
    wanted = antedated(request, acts, *_checked_on(version)) if acts.sent else Antedated()
    if acts.sent and not wrong and wanted.open:
        problems = [*wanted.open, *problems_of_acts(acts.given, edition)]
    elif acts.sent and not wrong and not check_answers.is_reopened(request):
        problems = problems_of_acts(acts.given, edition)
        if not problems and not check_answers.is_confirmed(request):
            return _check_adoption(request, version, acts)
        try:
            adopt_language.adopt_language(request.user, version, acts.given, wanted.days)
        except ActionError as refusal:
            problems = refusal.problems
        else:
            messages.success(request, _("The text in this language is adopted and can't be changed."))
            return redirect("desk:versions", edition.pk)
    if acts.sent:
        acts.keep()
        at_fields(problems, *acts.forms)
    return desk_page(
        request,
        edition,
        "adopt_language",
        status=409 if problems else 400 if wrong else 200,
        version=version,
        name=name_of(language),
        lang=locales.html_lang(language),
        acts=acts,
        antedated=wanted,
        back=reverse("desk:versions", args=[edition.pk]),
        problems=problems,
    )
