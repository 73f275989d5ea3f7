"""Two people saved one section: what the person chose, paragraph by paragraph."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from documents.actions.errors import Conflict
from documents.actions.keep_working_copy import discard_working_copy
from documents.pages.desk.conflict_page import CHOICES, WRITE, conflict_page, found_merge
from documents.pages.desk.section_page import SectionPage
from documents.pages.desk.views.common import editable, locked
from documents.pages.desk.views.section import open_section, save_from_form
from documents.text import body_text, normalise_body, text_hash
from documents.text.merge import Merge, Side, combine
from people.decorators import post_or
from people.requests import OfficeRequest

ALL = {"all-mine": Side.MINE, "all-theirs": Side.THEIRS}


@post_or("desk:section", "edition_id", "uid", "language")
def resolve_conflict(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Fill in the choices, save the combined text, or open it in the editor to write the rest."""
    edition = open_section(request, edition_id, uid, language)
    try:
        mine = normalise_body(json.loads(request.POST.get("body", "")))
    except (ValueError, RecursionError):  # InvalidText is a ValueError
        raise Http404 from None
    if not editable(edition, language):
        return locked(request, edition, body_text(mine, heading=True))
    expected, shown, base = (request.POST.get(name, "")[:64] for name in ("expected", "source", "base"))
    page = SectionPage(request, edition, uid, language)
    found = found_merge(edition, str(uid), language, base, mine, page.body)
    chosen = _chosen(request, found)
    moved = page.hash != expected
    if moved or len(chosen) < len(found.differing) or request.POST.get("take") in ALL:
        conflict = Conflict(mine, page.body, page.hash)
        answers = None if moved else chosen
        return conflict_page(request, edition, uid, language, conflict, shown, base, answers)
    return _take(request, page, found, mine, chosen, shown)


def _chosen(request: OfficeRequest, found: Merge) -> dict[int, str]:
    everything = ALL.get(request.POST.get("take", ""))
    numbers = range(len(found.differing))
    if everything:
        return dict.fromkeys(numbers, str(everything))
    given = {number: request.POST.get(f"part-{number}", "") for number in numbers}
    return {number: choice for number, choice in given.items() if choice in CHOICES}


def _take(
    request: OfficeRequest, page: SectionPage, found: Merge, mine: Any, chosen: dict[int, str], shown: str
) -> HttpResponse:
    edition, uid, language = page.edition, UUID(page.uid), page.language
    sides = [Side.THEIRS if chosen[n] == Side.THEIRS else Side.MINE for n in sorted(chosen)]
    combined = combine(found, mine, page.body, sides)
    if WRITE in chosen.values():
        context = page.context(unsaved=combined, expected=page.hash, shown=shown)
        return render(request, "documents/desk/section.html", context)
    if text_hash(combined) == page.hash:
        discard_working_copy(request.user, edition, page.uid, language)
        messages.success(request, _("The other text was kept. Yours was not saved."))
        return redirect("desk:section", edition.pk, uid, language)
    return save_from_form(request, edition, uid, language, combined)
