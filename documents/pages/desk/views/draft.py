"""A draft: its outline, its languages section by section, its people, and what can be done with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.access import writable_languages
from documents.actions.edit_outline import Node, fingerprint
from documents.choices import BEHIND, Classification, State, Translation
from documents.models import Assignment, ClassificationProposal, Comment, Edition, Suggestion, Upload
from documents.pages import links
from documents.pages.desk import outline_moves
from documents.pages.desk.views.common import editable, link
from documents.pages.desk.worklist import edition_or_404, title_of, without_text
from documents.pages.display_script import TWO_SCRIPTS, headings, tag, wanted_by
from documents.text.renumber import Place, doubtful
from documents.text_storage import OutlineRow, language_state, load_outline
from people.access import may
from people.requests import OfficeRequest
from people.roles import Verb
from theme.locales import native_name
from theme.localized_names import localized_name


@dataclass(frozen=True, slots=True)
class Cell:
    """A section in one language: what its text is, and where it is written (or read)."""

    language: str
    state: Translation
    url: str
    unwritten: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A section in the table of a draft."""

    row: OutlineRow
    url: str
    cells: tuple[Cell, ...]
    people: tuple[Assignment, ...]
    comments: int
    moves: frozenset[str]
    check_number: bool
    """Its number does not follow from that of the section before."""


@require_safe
def draft(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The page of a draft; of an edition that is no draft, the same without anything to change."""
    edition = edition_or_404(request, edition_id)
    context = draft_context(request, edition)
    return render(request, "documents/desk/draft.html", context)


def draft_context(request: OfficeRequest, edition: Edition) -> dict[str, Any]:
    user = request.user
    source = edition.instrument.source_language
    languages = [source, *(code for code in edition.instrument.languages if code != source)]
    outlines = {language: load_outline(edition, language) for language in languages}
    assigned = list(
        Assignment.objects.filter(edition=edition).select_related("user").order_by("language", "user__name")
    )
    writable = set(writable_languages(user, edition))
    may_outline = editable(edition) and may(user, Verb.OUTLINE, edition)
    outlines[source] = headings(outlines[source], source)
    # With only what is not up to date in one language the outline is not whole, and nothing is moved in it.
    wanted = request.GET.get("open", "")
    only = wanted if wanted in languages[1:] else ""
    may_outline = may_outline and not only
    lines = _lines(edition, languages, outlines, assigned, writable, may_outline)
    count = len(lines)
    if only:
        lines = [line for line in lines if any(c.language == only and c.state in BEHIND for c in line.cells)]
    return {
        "edition": edition,
        "instrument": edition.instrument,
        "title": title_of(edition),
        "owner": localized_name(edition.instrument.owner),
        "languages": [
            {
                "code": language,
                "name": native_name(language),
                "source": language == source,
                "authentic": language in edition.instrument.authentic_languages,
                "state": _state(outlines[language]),
                "exchange_url": reverse("desk:exchange", args=[edition.pk, language])
                if language != source and language in writable and count
                else "",
                "ready": count - (open_here := sum(row.state in BEHIND for row in outlines[language])),
                "open": open_here,
                "shown": language == only,
            }
            for language in languages
        ],
        "lines": lines,
        "source_lang": tag(source, wanted_by(request.LANGUAGE_CODE) if source in TWO_SCRIPTS else ""),
        "count": count,
        "only": only,
        "whole": [a for a in assigned if a.uid is None],
        "expected": fingerprint(edition),
        "editable": editable(edition),
        "may_outline": may_outline,
        "suggestions": Suggestion.objects.filter(
            edition=edition, state=Suggestion.State.OPEN, language__in=writable
        ).count(),
        "uploads": Upload.objects.light()
        .filter(by=user, batch=None, edition=edition)
        .exclude(state=Upload.State.TAKEN)
        .select_related("edition__instrument"),
        "word": may_outline and edition.instrument.classification != Classification.TLP_RED,
        "may_assign": editable(edition) and may(user, Verb.ASSIGN, edition),
        "may_upload": bool(writable),
        "may_classify": may(user, Verb.CLASSIFY, edition.instrument),
        "may_submit": editable(edition) and may(user, Verb.SUBMIT, edition),
        "may_revise": edition.state == State.IN_FORCE and may(user, Verb.REVISE, edition),
        "proposal": ClassificationProposal.objects.filter(instrument=edition.instrument, decided=None)
        .select_related("proposed_by")
        .first(),
        "submit_url": link("coordinate:start", edition.pk) if count else "",
        "prior_url": link("coordinate:prior", edition.pk) if count and edition.number == 1 else "",
        "review_url": link("coordinate:desk"),
        "versions_url": reverse("desk:versions", args=[edition.pk]) if edition.adopted else "",
        "read_url": links.edition_url(edition),
        "compare_url": _compare_url(request, edition),
        "move_url": reverse("desk:move", args=[edition.pk]),
        "at": request.GET.get("at", "")[:36],
        "did": _focus(lines, request.GET.get("at", ""), request.GET.get("did", "")),
    }


def _focus(lines: list[Line], at: str, did: str) -> str:
    """The button that has the focus after a move: the same one again, else another one that the section still
    has."""
    moves = next((line.moves for line in lines if line.row.uid == at), frozenset())
    if not did or did in moves:
        return did
    return next((button for button in outline_moves.BUTTONS if button in moves), "")


def _state(rows: list[OutlineRow]) -> Translation:
    counts: dict[Translation, int] = defaultdict(int)
    for row in rows:
        counts[row.state] += 1
    return language_state(counts)


def _compare_url(request: OfficeRequest, edition: Edition) -> str:
    former = edition.supersedes
    if former is None or not Edition.objects.visible_to(request.user).filter(pk=former.pk).exists():
        return ""
    return links.compare_url(edition, former.number)


def _lines(
    edition: Edition,
    languages: list[str],
    outlines: dict[str, list[OutlineRow]],
    assigned: list[Assignment],
    writable: set[str],
    may_outline: bool,
) -> list[Line]:
    source = languages[0]
    unwritten = without_text(edition)
    people: dict[str, list[Assignment]] = defaultdict(list)
    for assignment in assigned:
        if assignment.uid:
            people[str(assignment.uid)].append(assignment)
    comments: dict[str, int] = defaultdict(int)
    for uid in Comment.objects.filter(edition=edition, parent=None, resolved=None).values_list(
        "uid", flat=True
    ):
        comments[str(uid)] += 1
    places = [Place(r.uid, r.level, r.kind, bool(r.label or r.heading), r.label) for r in outlines[source]]
    check = doubtful(places, source) if may_outline else frozenset()
    nodes = [Node(row.uid, row.level, row.kind) for row in outlines[source]]
    found = []
    for index, row in enumerate(outlines[source]):
        cells = tuple(
            Cell(
                language,
                outlines[language][index].state,
                reverse("desk:section", args=[edition.pk, row.uid, language]) if language in writable else "",
                language == source and row.uid in unwritten,
            )
            for language in languages
        )
        moves = (
            frozenset(b for b in outline_moves.BUTTONS if outline_moves.by_button(nodes, row.uid, b))
            if may_outline
            else frozenset()
        )
        url = next((cell.url for cell in cells if cell.url), "") or links.section_url(edition, row.uid)
        check_number = row.uid in check
        found.append(Line(row, url, cells, tuple(people[row.uid]), comments[row.uid], moves, check_number))
    return found
