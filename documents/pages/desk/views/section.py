"""One section in one language: read it, write it, save it; and what to do when somebody else was quicker."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.access.rights import Text
from documents.actions.errors import ActionError, Conflict, Locked
from documents.actions.find_translation_source import whole
from documents.actions.keep_working_copy import copies_of, discard_working_copy
from documents.actions.save_section import counts_as_older, mark_translated, reordering_message, save_section
from documents.actions.store_picture import MOST_BYTES, store_picture
from documents.models import Edition, Section, WorkingCopy
from documents.pages.case_data import found_in
from documents.pages.desk.conflict_page import conflict_page
from documents.pages.desk.section_page import SectionPage, unexplained
from documents.pages.desk.views.common import editable, locked, tell
from documents.pages.desk.worklist import edition_or_404
from documents.text import InvalidText, body_text, normalise_body, plain_line, text_hash, turns_letters
from documents.word.lists.counting import kinds_in, labels_in
from people.access import require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme import locales
from theme.templatetags.kodeks_ui import clock


def open_section(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> Edition:
    """The edition, if the person sees it at the desk and, where it is open, may write this language."""
    edition = edition_or_404(request, edition_id)
    if language not in edition.instrument.languages:
        raise Http404
    if editable(edition, language):
        require(request.user, Verb.DRAFT, Text(edition, language, str(uid)))
    return edition


def open_to_save(request: OfficeRequest, edition_id: int, language: str) -> Edition:
    """The edition with few queries: of a draft, save_section asks whether the person may."""
    edition = Edition.objects.select_related("instrument__owner").filter(pk=edition_id).first()
    if edition is None or not editable(edition, language):
        return edition_or_404(request, edition_id)
    if language not in edition.instrument.languages:
        raise Http404
    return edition


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """The editor; POST saves, by a form or as JSON."""
    if request.method == "POST":
        if request.content_type == "application/json":
            return _save_json(request, edition_id, uid, language)
        return _save_form(request, edition_id, uid, language)
    edition = open_section(request, edition_id, uid, language)
    if not editable(edition, language):
        copy = copies_of(request.user, edition, str(uid), language).first()
        return locked(request, edition, body_text(copy.body, heading=True) if copy else "")
    page = SectionPage(request, edition, uid, language)
    return render(request, "documents/desk/section.html", page.context(copy=_own_copy(request, page)))


def _own_copy(request: OfficeRequest, page: SectionPage) -> WorkingCopy | None:
    """The person's unsaved text, unless it is the text by now."""
    copy = copies_of(request.user, page.edition, page.uid, page.language).first()
    if copy and text_hash(copy.body) == page.hash:
        discard_working_copy(request.user, page.edition, page.uid, page.language)
        return None
    return copy


def _save_json(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    edition = open_to_save(request, edition_id, language)
    if not editable(edition, language):
        return JsonResponse({"message": Locked().message}, status=409)
    try:
        given = json.loads(request.body)
        body, expected, shown = given["body"], given["expected"], given.get("source")
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        body = expected = shown = None
    if not isinstance(expected, str) or len(expected) > 64:
        # Nothing asked yet whether the person may: to others, even a text that can't be read tells nothing.
        require(request.user, Verb.DRAFT, Text(edition, language, str(uid)))
        return JsonResponse({"message": _("The text could not be read, so it was not saved.")}, status=400)
    try:
        seen = whole(shown if isinstance(shown, str) else "")
        new_hash = save_section(
            request.user, edition, str(uid), language, body, expected, seen=seen, from_editor=True
        )
    except Conflict as conflict:
        return JsonResponse({"conflict": True, "message": conflict.message}, status=409)
    except Locked as problem:
        return JsonResponse({"message": problem.message}, status=409)
    except ActionError as problem:
        return JsonResponse({"message": problem.message}, status=400)
    discard_working_copy(request.user, edition, str(uid), language)
    message, older = _("Saved at %(time)s.") % {"time": clock(timezone.now())}, False
    if turns_letters(body):
        message = f"{message} {reordering_message()}"
    if counts_as_older(edition, str(uid), language):
        # The page still shows the original that it opened with, so what it sends stays that one's hash.
        again = _("Open the page again to see what changed.")
        message, older = f"{message} {_older()} {again}", True
    case_data = _case_data(edition, str(uid), language, body)
    entries = {"hash": new_hash, "message": message, "older": older, "case_data": case_data}
    if b'"label"' in request.body:
        entries |= _labels(edition, uid, language, new_hash, body)
    return JsonResponse(entries)


def _case_data(edition: Edition, uid: str, language: str, body: Any) -> str:
    """The note on the saved text, for the page that is open; empty where nothing waits to be explained."""
    here = unexplained(edition, uid, language, body)
    context = {"places": found_in(here), "edition": edition, "language": language}
    return render_to_string("documents/desk/_case_data_places.html", context).strip() if here else ""


def _labels(edition: Edition, uid: UUID, language: str, saved: str, body: Any) -> dict[str, Any]:
    """The labels and kinds of lists of the saved text, where the submitted ones differ."""
    names = f"body_{language}", f"text_hash_{language}"
    stored = Section.objects.filter(edition=edition, uid=uid).values_list(*names).first()
    if stored is None or stored[1] != saved:
        return {}
    here, sent = ({"labels": labels_in(x), "kinds": kinds_in(x)} for x in (stored[0], normalise_body(body)))
    return here if here != sent else {}


def _older() -> str:
    return _("The original has changed since you opened the page, so the translation is out of date.")


def _save_form(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    edition = open_section(request, edition_id, uid, language)
    return save_from_form(request, edition, uid, language, _given_body(request.POST.get("body", "")))


def save_from_form(
    request: OfficeRequest, edition: Edition, uid: UUID, language: str, body: Any
) -> HttpResponse:
    """Save ``body``, made from the text that the form names."""
    if not editable(edition, language):
        return locked(request, edition, _readable(body))
    expected, shown = request.POST.get("expected", "")[:64], request.POST.get("source", "")[:64]
    try:
        save_section(
            request.user, edition, str(uid), language, body, expected, seen=whole(shown), from_editor=True
        )
    except Conflict as conflict:
        return conflict_page(request, edition, uid, language, conflict, shown, expected)
    except Locked:
        return locked(request, edition, _readable(body))
    except ActionError as problem:
        messages.error(request, problem.message)
        page = SectionPage(request, edition, uid, language)
        return render(request, "documents/desk/section.html", page.context(), status=400)
    discard_working_copy(request.user, edition, str(uid), language)
    if counts_as_older(edition, str(uid), language):
        messages.warning(request, f"{_('Saved.')} {_older()}")
    else:
        messages.success(request, _("Saved."))
    if turns_letters(body):
        messages.warning(request, reordering_message())
    return redirect("desk:section", edition.pk, uid, language)


def _given_body(given: str) -> Any:
    """The body that a form brings as JSON; something that no schema takes where it can't be read."""
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        return {"unreadable": True}


def _readable(body: Any) -> str:
    """The words of a body that could not be saved, for copying them."""
    try:
        return body_text(normalise_body(body), heading=True)
    except InvalidText:
        return ""


@require_safe
def changes(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """The part of the page that shows what the draft changes, refreshed after a save."""
    edition = open_section(request, edition_id, uid, language)
    former = SectionPage(request, edition, uid, language).former()
    context = {"former": former, "html_lang": locales.html_lang(language)}
    return render(request, "documents/desk/_changes.html", context)


@post_or("desk:section", "edition_id", "uid", "language")
def still_right(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Says that a translation holds although its source changed."""
    edition = open_section(request, edition_id, uid, language)
    if not editable(edition, language):
        return locked(request, edition)
    try:
        mark_translated(request.user, edition, str(uid), language, request.POST.get("source", "")[:64])
    except Conflict:
        messages.error(request, _("The original text has changed again. Check it again."))
    except ActionError as problem:
        tell(request, problem)
    else:
        messages.success(request, _("The translation is marked as up to date."))
    return redirect("desk:section", edition.pk, uid, language)


@post_or("desk:section", "edition_id", "uid", "language")
def put_picture(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Answers with the hash of the picture; the editor puts it where the cursor is."""
    edition = open_section(request, edition_id, uid, language)
    if not editable(edition):
        return JsonResponse({"message": _("You can't edit the text now.")}, status=409)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ActionError(_("Choose a picture."))
        if not plain_line(request.POST.get("alt", "")):
            raise ActionError(_("Describe the picture briefly for people who cannot see it."))
        sha256 = store_picture(request.user, edition, str(uid), language, file.read(MOST_BYTES + 1))
    except ActionError as problem:
        return JsonResponse({"message": problem.message}, status=400)
    return JsonResponse({"sha256": sha256})
