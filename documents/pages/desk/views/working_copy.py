"""The editor's own requests: store what was typed, report that the section is open, discard."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.access.rights import Text
from documents.actions import keep_working_copy
from documents.actions.errors import ActionError, Conflict, Locked
from documents.editions.text_storage import check_language
from documents.models import Edition, Section
from documents.pages.desk.rendering import drawn_change, section_change
from documents.pages.desk.section_page import SectionPage, others_here
from documents.pages.desk.views.common import editable
from documents.pages.desk.views.section import open_section, open_to_save
from people.access import require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme.templatetags.kodeks_ui import clock

HASH = re.compile(r"[0-9a-f]{64}\Z")
WINDOW = re.compile(r"[\w-]{1,40}\Z", re.ASCII)
SHAPES = {"expected": HASH, "source": HASH, "window": WINDOW, "known": WINDOW}


@post_or("desk:section", "edition_id", "uid", "language")
def keep(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Take ``{"here", "expected", "source", "window", "known", "body"}``; answer who else is here."""
    edition = open_to_save(request, edition_id, language)
    if not editable(edition, language):
        return JsonResponse({"message": Locked().message, "stop": True}, status=409)
    require(request.user, Verb.DRAFT, Text(edition, language, str(uid)))
    column = f"text_hash_{check_language(language)}"
    now = Section.objects.filter(edition=edition, uid=uid).values_list(column, flat=True).first()
    if now is None:
        raise Http404
    given = _given(request.body)
    report = keep_working_copy.enter if given["here"] else keep_working_copy.leave
    report(request.user, edition, str(uid), language)
    answer: dict[str, Any] = {
        "others": others_here(request.user, edition, str(uid), language),
        "moved": _moved() if given["expected"] != now else "",
    }
    return _store(request, edition, str(uid), language, given, answer)


def _given(sent: bytes) -> dict[str, Any]:
    """What the editor sent; anything that it would not send counts as left out."""
    try:
        read = json.loads(sent)
    except (ValueError, RecursionError):
        read = None
    fields = read if isinstance(read, dict) else {}
    return {name: _matching(shape, fields.get(name)) for name, shape in SHAPES.items()} | {
        "here": fields.get("here") is True,
        "body": fields.get("body"),
    }


def _matching(shape: re.Pattern[str], value: object) -> str:
    return value if isinstance(value, str) and shape.match(value) else ""


def _store(
    request: OfficeRequest,
    edition: Edition,
    uid: str,
    language: str,
    given: dict[str, Any],
    answer: dict[str, Any],
) -> HttpResponse:
    if given["body"] is None:
        return JsonResponse(answer)
    try:
        row = keep_working_copy.keep_working_copy(
            request.user,
            edition,
            uid,
            language,
            given["body"],
            window=given["window"],
            known=given["known"],
            base_hash=given["expected"],
            source_hash=given["source"],
        )
    except Conflict:
        message = _("You have this section open in another window too. Save in one of them, close the other.")
        return JsonResponse(answer | {"message": message}, status=409)
    except ActionError as problem:
        return JsonResponse(answer | {"message": problem.message}, status=400)
    message = _("Working copy saved at %(time)s.") % {"time": clock(row.at)} if row else ""
    return JsonResponse(answer | {"message": message})


def _moved() -> str:
    changed = _("Someone else saved this section while you were editing it.")
    return f"{changed} {_('When you save, you choose what to keep.')}"


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Show what would go; POST deletes it."""
    edition = open_section(request, edition_id, uid, language)
    copy = keep_working_copy.copies_of(request.user, edition, str(uid), language).first()
    if request.method == "POST" or copy is None or not editable(edition, language):
        if request.method == "POST" and keep_working_copy.discard_working_copy(
            request.user, edition, str(uid), language
        ):
            messages.success(request, _("Your unsaved changes were discarded."))
        return redirect("desk:section", edition.pk, uid, language)
    page = SectionPage(request, edition, uid, language)
    change = section_change(page.body, copy.body, language)
    drawn = drawn_change(change, _("Saved text"), _("Your changes")) if change else None
    context = page.frame() | {"copy": copy, "drawn": drawn}
    return render(request, "documents/desk/discard_copy.html", context)
