"""The language versions of an adopted edition: those that follow its adoption, their checks, and their
act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.access import assignments_of, writable_languages, writes_all
from documents.actions import adopt_language
from documents.actions.adopt_edition import problems_of_acts
from documents.actions.errors import ActionError, NotReady
from documents.choices import BEHIND, FOLLOWED, Translation
from documents.models import Edition, LanguageVersion, Section, VersionCheck
from documents.pages import links
from documents.pages.desk.act_dates import Antedated, antedated
from documents.pages.desk.act_form import Acts, at_fields
from documents.pages.desk.rendering import drawn_text
from documents.pages.desk.views.common import tell
from documents.pages.desk.worklist import title_of
from documents.pages.display_language import name_of
from documents.text_storage import language_states, load_tree
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb
from theme import locales
from theme.dates import of_date


def edition_of(request: OfficeRequest, edition_id: int) -> Edition:
    """An adopted edition that the person may read; Http404 for any other."""
    found = (
        Edition.objects.visible_to(request.user)
        .select_related("instrument__country", "instrument__owner")
        .filter(pk=edition_id)
        .first()
    )
    if found is None or not found.adopted:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Every language version with what can be done with it; POST opens a translation for its next number,
    submits one, or sends one back."""
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
    context = {
        "edition": edition,
        "title": title_of(edition),
        "coordinates": coordinates,
        "languages": [
            _language(desk, language, [r for r in rows if r.language == language])
            for language in edition.instrument.languages
        ],
        "read_url": links.edition_url(edition),
    }
    return render(request, "documents/desk/versions.html", context)


def _concerns(request: OfficeRequest, version: LanguageVersion, writable: set[str]) -> bool:
    return version.unfinished and (
        version.language in writable or adopt_language.speaks_for(request.user, version) is not None
    )


@dataclass(frozen=True)
class _Desk:
    """What one person can do with an edition: the languages that they write in at all, and those that they
    write as a whole."""

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
            asked = assignments_of(self.request.user).filter(edition=self.edition, language=language)
            rows = rows.filter(uid__in=asked.values_list("uid"))
        return rows.values_list("uid", flat=True).first()


def _language(desk: _Desk, language: str, rows: list[LanguageVersion]) -> dict[str, Any]:
    edition, newest, writes = desk.edition, rows[-1], language in desk.writable
    agreed = newest.pk in desk.agreed
    return {
        "language": language,
        "name": name_of(language),
        "lang": locales.html_lang(language),
        "rows": [row for row in rows if not row.unfinished],
        "newest": newest,
        "agreed": agreed,
        "checks": newest.checks.all() if newest.unfinished else (),
        "sent_back": adopt_language.sent_back_because(newest) if newest.unfinished else (),
        "open": sum(desk.states[language].get(state, 0) for state in BEHIND),
        "may_begin": not newest.unfinished
        and not newest.authentic
        and edition.state in FOLLOWED
        and desk.coordinates,
        "may_submit": newest.unfinished and newest.submitted is None and language in desk.whole,
        "may_send_back": newest.unfinished and newest.submitted is not None and desk.coordinates,
        "write_url": reverse("desk:section", args=[edition.pk, first, language])
        if writes and (first := desk.first(language))
        else "",
        "ask_url": reverse("desk:people", args=[edition.pk]) if desk.coordinates and writes else "",
        "exchange_url": reverse("desk:exchange", args=[edition.pk, language]) if writes else "",
        "check_url": reverse("desk:check_version", args=[edition.pk, language])
        if newest.submitted is not None
        and newest.unfinished
        and not agreed
        and not adopt_language.may_check(desk.request.user, newest)
        else "",
        "adopt_url": reverse("desk:adopt_language", args=[edition.pk, language])
        if agreed and newest.unfinished and newest.authentic and may(desk.request.user, Verb.ADOPT, edition)
        else "",
    }


def _do(request: OfficeRequest, edition: Edition, rows: list[LanguageVersion]) -> HttpResponse:
    language = request.POST.get("language", "")[:5]
    newest = next((row for row in reversed(rows) if row.language == language), None)
    if newest is None:
        raise Http404
    try:
        if "begin" in request.POST:
            made = adopt_language.begin_next(request.user, edition, language)
            said = _(
                "Number %(number)d can be written now. Readers keep number %(before)d until it is checked."
            )
            messages.success(request, said % {"number": made.number, "before": made.number - 1})
        elif "submit" in request.POST:
            adopt_language.submit(request.user, newest)
            messages.success(request, _("Submitted. A second person, who did not write it, checks it now."))
        elif "send_back" in request.POST:
            adopt_language.send_back(request.user, newest, request.POST.get("reason", ""))
            messages.success(request, _("It went back to be written, with your reason."))
    except ActionError as problem:
        tell(request, problem)
    return redirect("desk:versions", edition.pk)


def _waiting(request: OfficeRequest, edition_id: int, language: str) -> LanguageVersion:
    """The version of a language that was submitted; Http404 where there is none."""
    edition = edition_of(request, edition_id)
    found = LanguageVersion.objects.filter(
        edition=edition, language=language, unfinished=True, submitted__isnull=False
    ).first()
    if found is None:
        raise Http404
    found.edition = edition
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: OfficeRequest, edition_id: int, language: str) -> HttpResponse:
    """The whole text beside the original, and the answer of the second person."""
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
    context = {
        "edition": edition,
        "title": title_of(edition),
        "version": version,
        "name": name_of(language),
        "lang": locales.html_lang(language),
        "source_name": name_of(source),
        "source_lang": locales.html_lang(source),
        "may_not": adopt_language.may_check(request.user, version),
        "problem": problem,
        "remarks": request.POST.get("remarks", "")[:2000],
        "pairs": [
            (
                one.text.label,
                drawn_text(edition, one.text.body, source, f"a{n}-"),
                drawn_text(edition, two.text.body, language, f"b{n}-"),
            )
            for n, (one, two) in enumerate(zip(originals, load_tree(edition, language), strict=True))
        ],
    }
    return render(request, "documents/desk/check_version.html", context, status=409 if problem else 200)


def _checked(version: LanguageVersion, agrees: bool) -> str:
    if not agrees:
        return _("It went back to be written, with your remarks.")
    if version.authentic:
        return _("Checked. The coordinator records its act now.")
    return _("Checked. Readers see this translation from now on.")


def _checked_on(version: LanguageVersion) -> tuple[date, str]:
    """The day, by the clock of the country, on which the text was checked (submitted, where it was not), and
    that it was."""
    check = VersionCheck.objects.standing().filter(version=version).order_by("at").last()
    at = check.at if check else version.submitted
    assert at is not None  # noqa: S101 - it was submitted, or there is no such page
    day = at.astimezone(ZoneInfo(version.edition.instrument.country.time_zone)).date()
    return day, _("The text was checked on %(day)s.") % {"day": of_date(day, get_language() or "en")}


@require_http_methods(["GET", "HEAD", "POST"])
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
    asked = antedated(request, acts, *_checked_on(version)) if acts.sent else Antedated()
    if acts.sent and not wrong and asked.open:
        problems = [*asked.open, *problems_of_acts(acts.given, edition)]
    elif acts.sent and not wrong:
        try:
            adopt_language.adopt_language(request.user, version, acts.given, asked.days)
        except ActionError as refusal:
            problems = refusal.problems if isinstance(refusal, NotReady) else [refusal.message]
        else:
            messages.success(
                request, _("The text in this language is adopted, and can't be changed any more.")
            )
            return redirect("desk:versions", edition.pk)
    if acts.sent:
        acts.keep()
        at_fields(problems, *acts.forms)
    context = {
        "edition": edition,
        "title": title_of(edition),
        "version": version,
        "name": name_of(language),
        "lang": locales.html_lang(language),
        "acts": acts,
        "antedated": asked,
        "back": reverse("desk:versions", args=[edition.pk]),
        "problems": problems,
    }
    status = 409 if problems else 400 if wrong else 200
    return render(request, "documents/desk/adopt_language.html", context, status=status)
