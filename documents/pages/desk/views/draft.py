"""A draft: its outline, its languages section by section, its people, and what can be done with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.access import writable_languages
from documents.actions.edit_outline import Node, fingerprint
from documents.actions.keep_working_copy import present
from documents.choices import BEHIND, State, Translation
from documents.models import (
    Assignment,
    ClassificationProposal,
    Comment,
    Edition,
    Suggestion,
    Upload,
    WorkingCopy,
)
from documents.pages import links
from documents.pages.desk import outline_moves
from documents.pages.desk.views.common import desk_page, editable, link
from documents.pages.desk.worklist import edition_or_404, without_text
from documents.pages.display_script import TWO_SCRIPTS, headings, tag, wanted_by
from documents.removed_sections import count_removed
from documents.text.renumber import Place, doubtful
from documents.text_storage import OutlineRow, language_state, load_outline, section_states
from people.access import may
from people.models import User
from people.requests import OfficeRequest
from people.roles import Verb
from theme.locales import native_name
from theme.localized_names import localized_name

ANY = "any"
"""In the address: sections that are not up to date in some language, whichever."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A section in one language. ``url`` is where it is written; ``there``: it has a text."""

    language: str
    state: Translation
    url: str
    unwritten: bool
    there: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A section with its texts, the original first; on the page of the draft with more."""

    row: OutlineRow
    url: str
    cells: tuple[Cell, ...]
    people: tuple[Assignment, ...] = ()
    comments: int = 0
    editing: str = ""
    """Who else has it open now."""
    unsaved: bool = False
    """The reader of the page has a working copy of it."""
    moves: frozenset[str] = frozenset()
    check_number: bool = False
    """Its number does not follow from that of the section before."""

    def open_in(self, wanted: str) -> bool:
        """Whether it is not up to date in a language, or (``any``) in one of them."""
        return any(cell.state in BEHIND and wanted in (ANY, cell.language) for cell in self.cells)


class SectionTable:
    """The sections of an edition with the state of each text, for a page that may filter by ``?open=``."""

    def __init__(self, request: OfficeRequest, edition: Edition) -> None:
        self.edition = edition
        self.languages: list[str] = edition.instrument.source_first
        self.source = self.languages[0]
        self.writable = set(writable_languages(request.user, edition))
        self.rows = headings(load_outline(edition, self.source), self.source)
        self.wanted = request.GET.get("open", "")
        turned = wanted_by(request.LANGUAGE_CODE) if self.source in TWO_SCRIPTS else ""
        self.source_lang = tag(self.source, turned)

    @cached_property
    def lines(self) -> list[Line]:
        states = section_states(self.edition)
        texts = [(code, states.of(code), states.hashes(code)) for code in self.languages]
        unwritten = without_text(self.edition)
        lines = []
        for row in self.rows:
            cells = tuple(
                Cell(
                    code,
                    of[row.uid],
                    self._url(row.uid, code),
                    code == self.source and row.uid in unwritten,
                    bool(hashes[row.uid]),
                )
                for code, of, hashes in texts
            )
            lines.append(Line(row, links.section_url(self.edition, row.uid), cells))
        return lines

    def _url(self, uid: str, language: str) -> str:
        writes = language in self.writable
        return reverse("desk:section", args=[self.edition.pk, uid, language]) if writes else ""

    def states(self, at: int) -> Counter[Translation]:
        """How many texts of the language at this place are in which state."""
        return Counter(line.cells[at].state for line in self.lines)


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
    # With only what is not up to date in one language the outline is not whole, and nothing is moved in it.
    only = table.wanted if table.wanted in table.languages[1:] else ""
    may_outline = editable(edition) and may(user, Verb.OUTLINE, edition) and not only
    lines = _with_editors(user, _with_work(table, assigned, may_outline), edition)
    count = len(lines)
    uploads = Upload.objects.light().filter(by=user, batch=None, edition=edition)
    proposals = ClassificationProposal.objects.filter(instrument=instrument, decided=None)
    suggestions = Suggestion.objects.filter(edition=edition, state=Suggestion.State.OPEN)
    at = request.GET.get("at", "")
    return {
        "instrument": instrument,
        "owner": localized_name(instrument.owner),
        "languages": [_language(table, number, only) for number in range(len(table.languages))],
        "lines": [line for line in lines if line.open_in(only)] if only else lines,
        "source_lang": table.source_lang,
        "count": count,
        "only": only,
        "whole": [a for a in assigned if a.uid is None],
        "expected": fingerprint(edition),
        "editable": editable(edition),
        "may_outline": may_outline,
        **_permissions(user, edition),
        **_addresses(request, edition, count),
        "suggestions": suggestions.filter(language__in=table.writable).count(),
        "uploads": uploads.exclude(state=Upload.State.TAKEN).select_related("edition__instrument"),
        "word": may_outline and instrument.may_be_file,
        "may_upload": bool(table.writable),
        "removed": count_removed(edition) if editable(edition) else 0,
        "proposal": proposals.select_related("proposed_by").first(),
        "at": at[:36],
        "did": _focus(lines, at, request.GET.get("did", "")),
    }


def _permissions(user: User, edition: Edition) -> dict[str, bool]:
    return {
        "may_assign": editable(edition) and may(user, Verb.ASSIGN, edition),
        "may_classify": may(user, Verb.CLASSIFY, edition.instrument),
        "may_submit": editable(edition) and may(user, Verb.SUBMIT, edition),
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
    exchanges = at and language in table.writable and count
    return {
        "code": language,
        "name": native_name(language),
        "source": at == 0,
        "authentic": language in table.edition.instrument.authentic_languages,
        "state": language_state(states),
        "exchange_url": reverse("desk:exchange", args=[table.edition.pk, language]) if exchanges else "",
        "ready": count - behind,
        "open": behind,
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
    """The sections by languages, for whoever sees the draft's page; ``?open=`` also takes ``any``."""
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
