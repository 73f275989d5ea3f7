"""A draft: its outline, its languages section by section, its people, and what can be done with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from documents.actions import classify
from documents.actions.edit_outline import Node, fingerprint
from documents.actions.errors import ActionError
from documents.actions.keep_working_copy import present
from documents.actions.report_ready import ready_drafts, report_ready
from documents.choices import BEHIND, Classification, State, Translation
from documents.display import links
from documents.editions.removed_sections import count_removed
from documents.editions.text_storage import language_state
from documents.models import (
    Assignment,
    Comment,
    Edition,
    Redaction,
    Suggestion,
    Upload,
    WorkingCopy,
)
from documents.pages.desk import outline_moves
from documents.pages.desk.section_table import ANY, Cell, Line, SectionTable, is_whole, shown
from documents.pages.desk.views.common import desk_page, editable, link, tell
from documents.pages.desk.worklist import edition_or_404
from documents.pages.panels import running
from documents.text.renumber import Place, doubtful
from people.access import may
from people.decorators import post_or
from people.models import User
from people.requests import OfficeRequest
from people.roles import Verb
from theme.locales import native_name
from theme.localized_names import localized_name


@require_safe
def draft(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The page of a draft; of an edition that is no draft, the same without anything to change."""
    edition = edition_or_404(request, edition_id)
    return desk_page(request, edition, "draft", **draft_context(request, edition))


def draft_context(request: OfficeRequest, edition: Edition) -> dict[str, Any]:
    user, instrument = request.user, edition.instrument
    table = SectionTable(request, edition)
    assigned = list(
        Assignment.objects.filter(edition=edition).select_related("user").order_by("language", "user__name")
    )
    may_outline = editable(edition) and may(user, Verb.OUTLINE, edition)
    may_move = may_outline and is_whole(request, table)
    lines = _with_editors(user, _with_work(table, assigned, may_move), edition)
    sections, count = shown(request, table, lines, user.pk), len(lines)
    languages = [_language(table, number, sections.only) for number in range(len(table.languages))]
    uploads = Upload.objects.light().filter(by=user, batch=None, edition=edition)
    proposal = classify.waiting_for(instrument).first()
    suggestions = Suggestion.objects.filter(edition=edition, state=Suggestion.State.OPEN)
    at = request.GET.get("at", "")
    return {
        "instrument": instrument,
        "owner": localized_name(instrument.owner),
        "languages": languages,
        "behind": [one for one in languages if one["authentic"] and not one["source"] and one["open"]],
        "sections": sections,
        "lines": sections.lines,
        "source_lang": table.source_lang,
        "count": count,
        "whole": [a for a in assigned if a.uid is None],
        "expected": fingerprint(edition),
        "editable": editable(edition),
        "may_outline": may_outline,
        "may_move": may_move,
        "running": running(request, edition),
        **_permissions(user, edition),
        **_addresses(request, edition, count),
        "suggestions": suggestions.filter(language__in=table.writable).count(),
        "uploads": uploads.exclude(state=Upload.State.TAKEN).select_related("edition__instrument"),
        "may_upload": bool(table.writable),
        "reported": ready_drafts([edition]).get(edition.pk) if edition.state == State.DRAFT else None,
        "removed": count_removed(edition) if editable(edition) else 0,
        "proposal": proposal,
        "proposed_classification": Classification(proposal.values["classification"]).label
        if proposal
        else "",
        "redaction_waits": edition.adopted
        and Redaction.objects.filter(edition=edition, state=Redaction.State.PROPOSED).exists(),
        "at": at[:36],
        "did": _focus(lines, at, request.GET.get("did", "")),
    }


@post_or("desk:draft", "edition_id")
def ready(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Tells the coordinators that the draft is ready for its review."""
    edition = edition_or_404(request, edition_id)
    try:
        report_ready(request.user, edition)
    except ActionError as problem:
        tell(request, problem)
    else:
        messages.success(request, _("The coordinators know that this draft is ready for review."))
    return redirect("desk:draft", edition_id)


def _permissions(user: User, edition: Edition) -> dict[str, bool]:
    return {
        "may_assign": editable(edition) and may(user, Verb.ASSIGN, edition),
        "may_classify": may(user, Verb.CLASSIFY, edition.instrument),
        "may_submit": editable(edition) and may(user, Verb.SUBMIT, edition),
        "may_report": edition.state == State.DRAFT and may(user, Verb.OUTLINE, edition),
        "may_revise": edition.state == State.IN_FORCE and may(user, Verb.REVISE, edition),
    }


def _addresses(request: OfficeRequest, edition: Edition, sections: int) -> dict[str, str]:
    """Where the page leads; a draft without sections cannot be put before a review."""
    first = edition.number == 1
    return {
        "submit_url": link("coordinate:start", edition.pk) if sections else "",
        "prior_url": link("coordinate:prior", edition.pk) if sections and first else "",
        "review_url": link("coordinate:desk"),
        "versions_url": reverse("desk:versions", args=[edition.pk]) if edition.adopted else "",
        "read_url": links.edition_url(edition),
        "compare_url": _compare_url(request, edition),
        "move_url": reverse("desk:move", args=[edition.pk]),
    }


def _language(table: SectionTable, at: int, only: str) -> dict[str, Any]:
    language, count, states = table.languages[at], len(table.lines), table.states(at)
    behind = sum(states[state] for state in BEHIND)
    return {
        "code": language,
        "name": native_name(language),
        "source": at == 0,
        "authentic": language in table.edition.instrument.authentic_languages,
        "state": language_state(states),
        "ready": count - behind,
        "open": behind,
        "stale": states[Translation.STALE],
        "shown": language == only,
    }


def _focus(lines: list[Line], at: str, did: str) -> str:
    """The button focused after a move: the same one again, else another one that the section has."""
    moves = next((line.moves for line in lines if line.row.uid == at), frozenset())
    if not did or did in moves:
        return did
    return next((button for button in outline_moves.BUTTONS if button in moves), "")


def _compare_url(request: OfficeRequest, edition: Edition) -> str:
    former = edition.supersedes
    if former is None or not Edition.objects.visible_to(request.user).filter(pk=former.pk).exists():
        return ""
    return links.compare_url(edition, former.number)


def _with_work(table: SectionTable, assigned: list[Assignment], may_outline: bool) -> list[Line]:
    """The lines with who works on them, their comments, and how they can be moved."""
    people: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in assigned:
        people[str(assignment.uid)].append(assignment)
    threads = Comment.objects.filter(edition=table.edition, parent=None, resolved=None)
    comments = Counter(map(str, threads.values_list("uid", flat=True)))
    places = [Place(r.uid, r.level, r.kind, bool(r.name), r.label) for r in table.rows]
    check = doubtful(places, table.source) if may_outline else frozenset()
    nodes = [Node(row.uid, row.level, row.kind) for row in table.rows]
    buttons = outline_moves.BUTTONS if may_outline else ()
    return [
        replace(
            line,
            url=next((cell.url for cell in line.cells if cell.url), line.url),
            people=tuple(people[uid]),
            comments=comments[uid],
            moves=frozenset(b for b in buttons if outline_moves.by_button(nodes, uid, b)),
            check_number=uid in check,
        )
        for line in table.lines
        for uid in [line.row.uid]
    ]


def _with_editors(user: User, lines: list[Line], edition: Edition) -> list[Line]:
    """The lines with who has them open now, and which the person has not saved."""
    editing: dict[str, list[str]] = defaultdict(list)
    for row in present(edition, but=user):
        editing[str(row.uid)].append(localized_name(row.user.name))
    copies = WorkingCopy.objects.filter(edition=edition, user=user).values_list("uid", flat=True)
    unsaved = set(map(str, copies))
    return [
        replace(line, editing=", ".join(dict.fromkeys(editing[uid])), unsaved=uid in unsaved)
        for line in lines
        for uid in [line.row.uid]
    ]


@require_safe
def languages(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The sections by languages, for those who see the draft's page; ``?open=`` also takes ``any``."""
    edition = edition_or_404(request, edition_id)
    table = SectionTable(request, edition)
    only = table.wanted if table.wanted in (ANY, *table.languages[1:]) else ""
    lines = [
        replace(line, cells=tuple(_readable(table, line, cell) for cell in line.cells))
        for line in table.lines
    ]
    return desk_page(
        request,
        edition,
        "languages",
        totals=[_total(table, at, only) for at in range(len(table.languages))],
        lines=[line for line in lines if line.open_in(only)] if only else lines,
        count=len(lines),
        open=sum(line.open_in(ANY) for line in lines),
        only=only,
        only_name=native_name(only) if only not in ("", ANY) else "",
        source_lang=table.source_lang,
    )


def _readable(table: SectionTable, line: Line, cell: Cell) -> Cell:
    """A cell that leads to where the text is read, where the person does not write it."""
    if cell.url or not cell.there:
        return cell
    return replace(cell, url=links.section_url(table.edition, line.row.uid, text=cell.language))


def _total(table: SectionTable, at: int, only: str) -> dict[str, Any]:
    """What a language has of the edition's sections; of the original, what is not written yet is missing."""
    language, cells = table.languages[at], [line.cells[at] for line in table.lines]
    stale = sum(cell.state is Translation.STALE for cell in cells)
    missing = sum(cell.state is Translation.MISSING or cell.unwritten for cell in cells)
    return {
        "language": language,
        "name": native_name(language),
        "source": at == 0,
        "authentic": language in table.edition.instrument.authentic_languages,
        "ready": len(cells) - stale - missing,
        "stale": stale,
        "missing": missing,
        "open": stale + missing,
        "shown": language == only,
    }
