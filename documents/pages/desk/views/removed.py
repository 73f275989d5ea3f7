"""The sections that were removed from a draft: read them, and restore them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from documents.actions.edit_outline import restore_section
from documents.actions.errors import ActionError
from documents.editions.removed_sections import Removal, removals
from documents.models import Edition
from documents.pages.desk.rendering import drawn_text
from documents.pages.desk.views.common import desk_page, editable, locked, number_warning, tell
from documents.pages.desk.worklist import edition_or_404
from people.access import may, require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme.locales import native_name


@require_safe
def removed(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The list: who removed what and when, the text in each language, and *Restore*."""
    edition = edition_or_404(request, edition_id)
    may_restore = editable(edition) and may(request.user, Verb.OUTLINE, edition)
    rows = [_row(edition, removal) for removal in removals(edition)]
    return desk_page(request, edition, "removed", rows=rows, may_restore=may_restore)


def _row(edition: Edition, removal: Removal) -> dict[str, Any]:
    source = edition.instrument.source_language
    languages = [code for code in edition.instrument.source_first if code in removal.first.texts]
    return {
        "uid": removal.first.uid,
        "heading": removal.first.heading(source),
        "source": source,
        "below": len(removal.sections) - 1,
        "at": removal.first.at,
        "by": removal.by,
        "texts": [
            {
                "name": native_name(code),
                "code": code,
                "sections": [
                    drawn_text(edition, one.texts[code], code, f"r{one.uid[:8]}-{code}-")
                    for one in removal.sections
                    if code in one.texts
                ],
            }
            for code in languages
        ],
    }


@post_or("desk:removed", "edition_id")
def restore(request: OfficeRequest, edition_id: int, uid: UUID) -> HttpResponse:
    """Puts a section back; then the draft's page shows it."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    require(request.user, Verb.OUTLINE, edition)
    try:
        with number_warning(request, edition):
            back = restore_section(request.user, edition, str(uid))
    except ActionError as problem:
        tell(request, problem)
        return redirect("desk:removed", edition.pk)
    restored = ngettext("%(n)s section was restored.", "%(n)s sections were restored.", len(back))
    messages.success(request, restored % {"n": len(back)})
    return HttpResponseRedirect(f"{reverse('desk:draft', args=[edition.pk])}?at={uid}#s-{uid}")
