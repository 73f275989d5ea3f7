"""Put a picture into a section: for the editor, which puts it where the cursor stands, and by a form without JavaScript."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.actions.find_translation_source import PART
from documents.actions.save_section import save_section
from documents.actions.store_picture import MOST_BYTES, keep_picture
from documents.models import Edition
from documents.pages.desk.views.common import editable, locked, tell
from documents.pages.desk.views.section import open_section
from documents.text import plain_line
from documents.text_storage import EMPTY, load_tree
from people.decorators import post_or
from people.requests import OfficeRequest


@post_or("desk:section", "edition_id", "uid", "language")
def put(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Keeps the picture. With ``expected`` it is put at the end of the section, which is saved; else the editor does it."""
    edition = open_section(request, edition_id, uid, language)
    wants_json = request.headers.get("Accept") == "application/json"
    if not editable(edition):
        return (
            JsonResponse({"message": _("The text can't be changed now.")}, status=409)
            if wants_json
            else locked(request, edition)
        )
    file = request.FILES.get("file")
    alt = plain_line(request.POST.get("alt", ""))[:1000]
    try:
        if file is None:
            raise ActionError(_("Choose a picture."))
        if not alt:
            raise ActionError(_("Describe the picture in a few words, for those who do not see it."))
        sha256 = keep_picture(request.user, edition, str(uid), language, file.read(MOST_BYTES + 1))
        if not wants_json:
            _append(request, edition, str(uid), language, sha256, alt)
    except ActionError as problem:
        if wants_json:
            return JsonResponse({"message": problem.message}, status=400)
        tell(request, problem)
        return redirect("desk:section", edition.pk, uid, language)
    if wants_json:
        return JsonResponse({"sha256": sha256})
    messages.success(request, _("Saved."))
    return redirect("desk:section", edition.pk, uid, language)


def _append(request: OfficeRequest, edition: Edition, uid: str, language: str, sha256: str, alt: str) -> None:
    section = load_tree(edition, language).by_uid.get(uid)
    body: dict[str, Any] = (section.text.body if section else None) or EMPTY
    caption = plain_line(request.POST.get("caption", ""))[:1000]
    figure = {
        "type": "figure",
        "attrs": {"sha256": sha256, "alt": alt},
        "content": [{"type": "text", "text": caption}] if caption else [],
    }
    made = body | {"blocks": [*body["blocks"], figure]}
    save_section(request.user, edition, uid, language, made, request.POST.get("expected", "")[:64], seen=PART)
