"""The earlier texts of a section: the list, one of them against the text now, and putting it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions.errors import ActionError, Conflict, Locked
from documents.actions.find_translation_source import NOTHING
from documents.actions.save_section import save_section
from documents.models import Edition
from documents.pages.desk.conflict_page import conflict_page
from documents.pages.desk.rendering import drawn_change, drawn_text, section_change
from documents.pages.desk.section_page import SectionPage
from documents.pages.desk.section_revisions import Earlier, Revisions
from documents.pages.desk.views.common import editable, locked
from documents.pages.desk.views.section import open_section
from documents.text.case_data import places
from people.requests import OfficeRequest


@require_safe
def texts(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Every text that this section had in this draft, for those who may write it now."""
    edition = open_section(request, edition_id, uid, language)
    if not editable(edition, language):
        return locked(request, edition)
    page = SectionPage(request, edition, uid, language)
    listed, states = _revisions(page).page(request.GET.get("page"))
    context = page.frame() | {"listed": listed, "states": states}
    return render(request, "documents/desk/revisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: OfficeRequest, edition_id: int, uid: UUID, language: str, number: int) -> HttpResponse:
    """One earlier text and what is different now; POST puts it back, as a save of who does so."""
    edition = open_section(request, edition_id, uid, language)
    if not editable(edition, language):
        return locked(request, edition)
    page = SectionPage(request, edition, uid, language)
    state = _revisions(page).one(number)
    if state is None:
        raise Http404
    if request.method == "POST":
        return _put_back(request, edition, page, state)
    change = None if state.erased else section_change(state.body, page.body, language)
    context = page.frame() | {
        "earlier": state,
        "case_data": places(state.body),
        "expected": page.hash,
        "changed": drawn_change(change, _("Then"), _("Now")) if change else None,
        "drawn": drawn_text(edition, state.body, language, "then-"),
    }
    return render(request, "documents/desk/revision.html", context)


def _revisions(page: SectionPage) -> Revisions:
    return Revisions(page.edition, page.uid, page.language, page.hash)


def _put_back(request: OfficeRequest, edition: Edition, page: SectionPage, state: Earlier) -> HttpResponse:
    expected = request.POST.get("expected", "")[:64]
    uid, language = UUID(page.uid), page.language
    try:
        save_section(
            request.user,
            edition,
            page.uid,
            language,
            state.body,
            expected,
            earlier=state.body if _revisions(page).of_this_file(state) else None,
            seen=NOTHING,
        )
    except Conflict as conflict:
        return conflict_page(request, edition, uid, language, conflict, page.source_hash, expected)
    except Locked:
        return locked(request, edition)
    except ActionError as problem:
        messages.error(request, problem.message)
        return redirect("desk:earlier_text", edition.pk, uid, language, state.number)
    messages.success(request, _("The version was restored. The text it replaced is in the version history."))
    return redirect("desk:section", edition.pk, uid, language)
