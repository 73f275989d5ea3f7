"""The sections of an edition with the state of each text, and the choices of which are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from documents.access.rights import writable_languages
from documents.choices import BEHIND, Translation
from documents.display import links
from documents.display.script import TWO_SCRIPTS, headings, tag, wanted_by
from documents.editions.text_storage import OutlineRow, load_outline, section_states
from documents.models import Assignment, Edition
from documents.pages.desk.worklist import without_text
from people.requests import OfficeRequest

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


FILTERS: dict[str, Callable[[Line, int], bool]] = {
    "mine": lambda line, user: any(one.user_id == user for one in line.people),
    "stale": lambda line, user: any(cell.state is Translation.STALE for cell in line.cells),
    "empty": lambda line, user: any(cell.unwritten for cell in line.cells),
    "missing": lambda line, user: any(cell.state is Translation.MISSING for cell in line.cells[1:]),
}
"""Which sections ``?show=`` leaves: those of the reader, out of date, without a text, or not
translated."""


@dataclass(frozen=True)
class Shown:
    """The sections that the page shows: all, those of a filter, or those behind in one language."""

    lines: tuple[Line, ...]
    counts: dict[str, int]
    show: str
    only: str

    @property
    def whole(self) -> bool:
        return not (self.show or self.only)


def shown(request: HttpRequest, table: SectionTable, lines: list[Line], user: int) -> Shown:
    """What ``?show=`` or ``?open=`` asks for, with how many sections each filter has."""
    only = table.wanted if table.wanted in table.languages[1:] else ""
    show = request.GET.get("show", "")
    show = show if show in FILTERS and not only else ""
    found = {name: [line for line in lines if takes(line, user)] for name, takes in FILTERS.items()}
    rows = found[show] if show else [line for line in lines if not only or line.open_in(only)]
    return Shown(tuple(rows), {name: len(rows) for name, rows in found.items()}, show, only)


def is_whole(request: HttpRequest, table: SectionTable) -> bool:
    """Whether all sections are shown: with only some of them nothing is moved."""
    return request.GET.get("show", "") not in FILTERS and table.wanted not in table.languages[1:]
