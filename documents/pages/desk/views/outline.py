"""Add, move and remove sections. Each form names the outline that it was made from."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.edit_outline import (
    Node,
    add_section,
    end_of_text,
    fingerprint,
    move_section,
    outline_of,
    remove_section,
    subtree,
)
from documents.actions.errors import ActionError, Conflict
from documents.actions.set_titles import set_titles
from documents.display.script import headings, stored_headings
from documents.editions.text_storage import OutlineRow, load_outline
from documents.models import Edition
from documents.pages.case_data import page_before_saving
from documents.pages.desk import outline_moves
from documents.pages.desk.forms import AddSectionForm, TitlesForm
from documents.pages.desk.views.common import desk_page, editable, locked, number_warning, tell
from documents.pages.desk.worklist import edition_or_404
from people.access import require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme import check_answers, undo


def _open(request: OfficeRequest, edition_id: int) -> Edition:
    edition = edition_or_404(request, edition_id)
    if editable(edition):
        require(request.user, Verb.OUTLINE, edition)
    return edition


@post_or("desk:draft", "edition_id")
def move(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """One step by a button (``do`` = "up UID"), or a drop (``uid``, ``target``, ``place``)."""
    edition = _open(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    nodes = outline_of(edition)
    moved = False
    button, _space, uid = request.POST.get("do", "").partition(" ")
    if button:
        target = outline_moves.by_button(nodes, uid, button)
    else:
        uid = request.POST.get("uid", "")
        target = outline_moves.by_drop(
            nodes, uid, request.POST.get("target", ""), request.POST.get("place", "")
        )
    if target is None:
        messages.error(request, _("You can't move the section there."))
    else:
        try:
            with number_warning(request, edition):
                move_section(
                    request.user,
                    edition,
                    uid,
                    target.after_uid,
                    target.level,
                    request.POST.get("expected", ""),
                )
            moved = True
        except Conflict:
            messages.error(
                request,
                _(
                    "Someone else has changed the outline. You now see the current outline; move "
                    "the section again."
                ),
            )
        except ActionError as problem:
            tell(request, problem)
    back = _back(edition, nodes, uid, button, moved)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"url": back})
    return HttpResponseRedirect(back)


def _back(edition: Edition, nodes: list[Node], uid: str, button: str, moved: bool) -> str:
    """The draft's page at the section that was moved, else at its top. After a button without a fragment.
    With one, browsers leave the focus alone, and it goes to a button."""
    url = reverse("desk:draft", args=[edition.pk])
    if not moved or not any(node.uid == uid for node in nodes):
        return url
    return f"{url}?{urlencode({'at': uid, 'did': button})}" if button else f"{url}?at={uid}#s-{uid}"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form for a new section."""
    edition = _open(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    source = edition.instrument.source_language
    outline = headings(load_outline(edition, source), source)
    initial = {"after": request.GET.get("after") or _last_of_text(outline)}
    form = AddSectionForm(edition, outline, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        after = form.cleaned_data["after"] or None
        level = _level(outline, after, form.cleaned_data["place"])
        try:
            with number_warning(request, edition):
                uid = add_section(
                    request.user,
                    edition,
                    after,
                    level,
                    form.cleaned_data["kind"],
                    stored_headings(edition, form.headings()),
                    request.POST.get("expected", ""),
                )
        except Conflict:
            form.add_error(
                None,
                _("Someone else has changed the outline. Check where the section belongs and add it again."),
            )
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            return redirect("desk:section", edition.pk, uid, source)
    return desk_page(request, edition, "add", form=form, expected=fingerprint(edition))


def _last_of_text(outline: list[OutlineRow]) -> str:
    """The last section of the highest level before the annexes: a new one comes after it."""
    text = outline[: end_of_text([Node(row.uid, row.level, row.kind) for row in outline])]
    top = min((row.level for row in text), default=1)
    return next((row.uid for row in reversed(text) if row.level == top), "")


def _level(outline: list[OutlineRow], after: str | None, place: str) -> int:
    level = next((row.level for row in outline if row.uid == after), 1)
    return level + 1 if after and place == "inside" else level


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: OfficeRequest, edition_id: int, uid: UUID) -> HttpResponse:
    """Asks once, naming everything that goes along."""
    edition = _open(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    source = edition.instrument.source_language
    outline = headings(load_outline(edition, source), source)
    going = _with_subtree(outline, str(uid))
    if request.method == "POST":
        try:
            with number_warning(request, edition):
                remove_section(request.user, edition, str(uid), request.POST.get("expected", ""))
        except Conflict:
            messages.error(request, _("Someone else has changed the outline. Nothing was removed."))
        except ActionError as problem:
            tell(request, problem)
        else:
            names = {"name": going[0].name or "–"}
            undo.success(
                request,
                _("“%(name)s” was removed from the draft.") % names,
                reverse("desk:restore", args=[edition.pk, uid]),
            )
        return redirect("desk:draft", edition.pk)
    return desk_page(request, edition, "remove", going=going, expected=fingerprint(edition))


def _with_subtree(outline: list[OutlineRow], uid: str) -> list[OutlineRow]:
    nodes = [Node(row.uid, row.level, row.kind) for row in outline]
    start = next((index for index, node in enumerate(nodes) if node.uid == uid), None)
    if start is None:
        raise Http404
    return outline[start : subtree(nodes, start)]


@require_http_methods(["GET", "HEAD", "POST"])
def titles(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """One field a language; only that of the source must be filled in."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    require(request.user, Verb.OUTLINE, edition)
    # A title in the address is an offer (the one of a Word file): it stands in its field, and is kept when it
    # is saved.
    offered = {
        language: request.GET[language][:400]
        for language in edition.instrument.languages
        if language in request.GET
    }
    form = TitlesForm(edition, request.POST or None, initial=offered)
    if request.method == "POST" and form.is_valid() and not check_answers.is_reopened(request):
        if warning := page_before_saving(request, *form.titles().values()):
            return warning
        try:
            set_titles(request.user, edition, form.titles())
        except ActionError as problem:
            form.add_error(None, problem.message)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:draft", edition.pk)
    return desk_page(request, edition, "titles", form=form)
