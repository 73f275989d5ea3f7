"""What an office page shows of the materials of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from materials.choices import Size
from materials.current import Today
from materials.models import Material
from materials.sheet import differences
from public.languages import PUBLIC, native_name
from public.models import CampaignPage

State = Material.State


def field_names() -> dict[str, str]:
    return {
        "title": _("Title"),
        "lead": _("One sentence"),
        "points": _("Points"),
        "number": _("Number"),
        "hours": _("Hours"),
        "name": _("Name"),
        "spoken": _("Languages spoken"),
        "emergency": _("Police and ambulance"),
        "free": _("Cost"),
    }


def left_out(row: Material) -> list[str]:
    """A word to the maker: which texts had no room."""
    points, found = row.left_out.count("points"), []
    if points:
        found.append(ngettext("%(n)s point left out", "%(n)s points left out", points) % {"n": points})
    if "lead" in row.left_out:
        found.append(_("only the first sentence"))
    if "hours" in row.left_out:
        found.append(_("hours left out"))
    return found


def problem(row: Material) -> str:
    """Why it could not be made, in plain words."""
    known = {
        "title": _("The title is too long for this size. Shorten it."),
        "lead": _("The sentence is too long for this size. Shorten it."),
        "name": _("The name of the helpline is too long for this size."),
        "police": _("The emergency numbers have no room in this size."),
    }
    return known.get(row.problem, _("This file could not be made. The operator can see the reason."))


@dataclass(frozen=True)
class Cell:
    size: str
    row: Material | None

    @property
    def state(self) -> str:
        """For the pill: its key."""
        if self.row is None:
            return ""
        if self.row.state != State.MADE:
            return "missing" if self.row.state == State.FAILED else "draft"
        if self.row.stale_since:
            return "stale"
        return "live" if self.row.published_at else "draft"

    @property
    def word(self) -> str:
        if self.row is None:
            return _("Not made")
        if self.row.state != State.MADE:
            return str(State(self.row.state).label)
        if self.row.stale_since:
            return _("No longer true")
        return _("Published") if self.row.published_at else _("Made, not published")

    @property
    def notes(self) -> list[str]:
        if self.row is None:
            return []
        return [problem(self.row)] if self.row.state == State.FAILED else left_out(self.row)

    @property
    def choosable(self) -> bool:
        """Whether it can be published or taken off the site."""
        return self.state in ("draft", "live") and self.row is not None and self.row.state == State.MADE


@dataclass(frozen=True)
class LanguageRow:
    language: str
    cells: list[Cell]

    @property
    def name(self) -> str:
        return native_name(self.language)

    @property
    def choosable(self) -> list[str]:
        """The codes of what can be ticked."""
        return [cell.row.code for cell in self.cells if cell.row and cell.choosable]


def table(rows: Iterable[Material], languages: Sequence[str]) -> list[LanguageRow]:
    """Languages x sizes; of several versions the one that is true, else the newest."""
    newest: dict[tuple[str, str], Material] = {}
    for row in sorted(rows, key=lambda row: (row.stale_since is None, row.pk)):
        newest[row.language, row.size] = row
    shown = [tag for tag in PUBLIC if tag in {*languages, *(language for language, _size in newest)}]
    return [LanguageRow(tag, [Cell(size, newest.get((tag, size))) for size in Size.values]) for tag in shown]


@dataclass(frozen=True)
class ToRecall:
    """Something that was handed out, and what is different today."""

    row: Material
    changes: list[tuple[str, str, str]]
    reason: str
    """Where no text changed."""

    @property
    def size(self) -> str:
        return str(Size(self.row.size).label)


def to_recall(rows: Sequence[Material]) -> list[ToRecall]:
    today, names = Today({row.campaign for row in rows}), field_names()
    found = []
    for row in rows:
        new = today.sheet(row.campaign, row.language, row.country_id, row.logos)
        changes = [(names[one.field], one.old, one.new) for one in differences(row.shown, new)]
        found.append(ToRecall(row, changes, _reason(today, row, gone=new is None)))
    return found


def _reason(today: Today, row: Material, *, gone: bool) -> str:
    if (row.campaign, row.language) not in today.pages:
        return _("The page is no longer published.")
    return _("The country has no number.") if gone else _("The design or the address of the site.")


@dataclass(frozen=True)
class CampaignRow:
    """A campaign on the first page of materials."""

    page: CampaignPage
    made: int
    busy: int
    failed: int
    published: int
    recall: int
    mine: bool
    published_page: bool


def sources() -> dict[UUID, CampaignPage]:
    """The page that stands for each campaign: the oldest of its languages."""
    found: dict[UUID, CampaignPage] = {}
    for page in CampaignPage.objects.select_related("country", "locale").order_by("pk"):
        found.setdefault(page.translation_key, page)
    return found


def counts(rows: Iterable[Material]) -> dict[str, Any]:
    """How far the making is: the numbers of a progress bar."""
    every = list(rows)
    busy = sum(row.state in (State.WAITING, State.MAKING) for row in every)
    return {"busy": busy, "all": len(every), "done": len(every) - busy}
