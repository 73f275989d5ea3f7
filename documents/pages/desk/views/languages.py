"""The sections of an edition by its languages: what is up to date, older than the original, or not there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.access import writable_languages
from documents.choices import BEHIND, Translation
from documents.models import Edition
from documents.pages import links
from documents.pages.desk.worklist import edition_or_404, title_of, without_text
from documents.pages.display_script import TWO_SCRIPTS, headings, tag, wanted_by
from documents.text_storage import OutlineRow, load_outline, section_states
from people.requests import OfficeRequest
from theme.locales import native_name

ANY = "any"
"""In the address: sections that are not up to date in some language, whichever."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A section in one language. ``url`` is where it is written, else where it is read, or empty: there is
    nothing to read."""

    language: str
    state: Translation
    url: str
    unwritten: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A section with its texts, the original first."""

    row: OutlineRow
    url: str
    cells: tuple[Cell, ...]

    def open_in(self, wanted: str) -> bool:
        """Whether it is not up to date in a language, or (``any``) in one of them."""
        return any(cell.state in BEHIND and wanted in (ANY, cell.language) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Total:
    """What a language has of the edition's sections. The original counts what is not written yet as
    missing."""

    language: str
    name: str
    source: bool
    authentic: bool
    ready: int
    stale: int
    missing: int
    shown: bool

    @property
    def open(self) -> int:
        return self.stale + self.missing


@require_safe
def languages(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The table, for whoever sees the draft's page; ``?open=`` a language, or ``any``, leaves out what is up
    to date."""
    edition = edition_or_404(request, edition_id)
    source = edition.instrument.source_language
    codes = [source, *(code for code in edition.instrument.languages if code != source)]
    lines = _lines(request, edition, codes)
    wanted = request.GET.get("open", "")
    only = wanted if wanted in (ANY, *codes[1:]) else ""
    shown = [line for line in lines if line.open_in(only)] if only else lines
    context: dict[str, Any] = {
        "edition": edition,
        "title": title_of(edition),
        "totals": [_total(edition, code, at, lines, only) for at, code in enumerate(codes)],
        "lines": shown,
        "count": len(lines),
        "open": sum(line.open_in(ANY) for line in lines),
        "only": only,
        "only_name": native_name(only) if only not in ("", ANY) else "",
        "source_lang": tag(source, wanted_by(request.LANGUAGE_CODE) if source in TWO_SCRIPTS else ""),
    }
    return render(request, "documents/desk/languages.html", context)


def _lines(request: OfficeRequest, edition: Edition, codes: list[str]) -> list[Line]:
    states = section_states(edition)
    by_language = [(code, states.of(code), states.hashes(code)) for code in codes]
    writable = set(writable_languages(request.user, edition))
    unwritten = without_text(edition)
    found = []
    for row in headings(load_outline(edition, codes[0]), codes[0]):
        cells = tuple(
            Cell(
                code,
                of[row.uid],
                _url(edition, row.uid, code, code in writable, there=bool(hashes[row.uid])),
                code == codes[0] and row.uid in unwritten,
            )
            for code, of, hashes in by_language
        )
        found.append(Line(row, links.section_url(edition, row.uid), cells))
    return found


def _url(edition: Edition, uid: str, language: str, writable: bool, *, there: bool) -> str:
    if writable:
        return reverse("desk:section", args=[edition.pk, uid, language])
    return links.section_url(edition, uid, text=language) if there else ""


def _total(edition: Edition, code: str, at: int, lines: list[Line], only: str) -> Total:
    cells = [line.cells[at] for line in lines]
    stale = sum(cell.state is Translation.STALE for cell in cells)
    missing = sum(cell.state is Translation.MISSING or cell.unwritten for cell in cells)
    authentic = code in edition.instrument.authentic_languages
    return Total(
        code,
        native_name(code),
        at == 0,
        authentic,
        len(cells) - stale - missing,
        stale,
        missing,
        code == only,
    )
