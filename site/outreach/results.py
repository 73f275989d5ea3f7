"""The results of some weeks, added up: by campaign, by material, by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from materials.models import Material
from outreach.models import Kind, Sheet, WeekCount
from public.models import CampaignPage


@dataclass
class MaterialResult:
    material: Material
    opened: int = 0
    heard: int = 0


@dataclass
class SheetResult:
    language: str
    country: str
    people: int = 0
    right: list[int] = field(default_factory=lambda: [0, 0, 0])

    @property
    def shares(self) -> list[int]:
        """Percent of right answers of each question."""
        return [round(100 * one / self.people) for one in self.right]


@dataclass
class CampaignResult:
    campaign: UUID
    title: str
    materials: dict[int, MaterialResult] = field(default_factory=dict)
    sheets: dict[tuple[str, str], SheetResult] = field(default_factory=dict)


@dataclass(frozen=True)
class Results:
    campaigns: Sequence[CampaignResult]
    weeks: Sequence[tuple[date, int, int]]
    """Each week with what was opened and heard."""
    counts: Sequence[WeekCount]
    sheets: Sequence[Sheet]


def results(countries: Collection[str], first: date, last: date, tag: str, campaign: str = "") -> Results:
    """``first`` and ``last`` are Mondays; ``tag``: in which language campaigns are named."""
    counts = WeekCount.objects.filter(material__country__in=countries, week__range=(first, last))
    sheets = Sheet.objects.filter(country__in=countries, week__range=(first, last))
    if campaign:
        counts, sheets = counts.filter(material__campaign=campaign), sheets.filter(campaign=campaign)
    counted = list(counts.select_related("material").order_by("week", "material_id", "kind"))
    entered = list(sheets)
    titles = titles_of(tag)
    found: dict[UUID, CampaignResult] = {}

    def of(key: UUID) -> CampaignResult:
        return found.setdefault(key, CampaignResult(key, titles.get(key, str(key)[:8])))

    by_week: dict[date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in counted:
        own = of(row.material.campaign).materials
        result = own.setdefault(row.material_id, MaterialResult(row.material))
        setattr(result, row.kind, getattr(result, row.kind) + row.number)
        by_week[row.week][row.kind] += row.number
    for sheet in entered:
        key = (sheet.country_id, sheet.language)
        sums = of(sheet.campaign).sheets.setdefault(key, SheetResult(sheet.language, sheet.country_id))
        sums.people += sheet.people
        for place, right in enumerate((sheet.first, sheet.second, sheet.third)):
            sums.right[place] += right
    number = (last - first).days // 7 + 1
    weeks = [
        (week, by_week[week][Kind.OPENED], by_week[week][Kind.HEARD])
        for week in (first + timedelta(weeks=n) for n in range(number))
    ]
    return Results(sorted(found.values(), key=lambda one: one.title), weeks, counted, entered)


def titles_of(tag: str) -> dict[Any, str]:
    """Each campaign by the title of its page in a language, else of its oldest page."""
    titles: dict[Any, str] = {}
    for page in CampaignPage.objects.select_related("locale").order_by("pk"):
        if page.tag == tag or page.translation_key not in titles:
            titles[page.translation_key] = page.title
    return titles
