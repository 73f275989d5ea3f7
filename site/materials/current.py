"""What the pages and numbers of today would put on a material."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from materials.sheet import Logo, Shown, sheet_of
from public.models import CampaignPage, Picture
from public.models.lines import CountryNumbers, numbers


class Today:
    """Reads each page, number and logo once. Only published pages count."""

    def __init__(self, campaigns: Iterable[UUID] | None = None) -> None:
        self._campaigns = None if campaigns is None else list(campaigns)
        self._numbers: dict[str, dict[str, CountryNumbers]] = {}
        self._sheets: dict[tuple[Any, ...], Shown | None] = {}

    @cached_property
    def pages(self) -> dict[tuple[UUID, str], CampaignPage]:
        found = CampaignPage.published()
        if self._campaigns is not None:
            found = found.filter(translation_key__in=self._campaigns)
        return {(page.translation_key, page.tag): page for page in found}

    @cached_property
    def logo_names(self) -> dict[int, str]:
        return dict(Picture.objects.values_list("pk", "title"))

    def numbers(self, tag: str) -> dict[str, CountryNumbers]:
        if tag not in self._numbers:
            self._numbers[tag] = {one.country.code: one for one in numbers(tag)}
        return self._numbers[tag]

    def sheet(self, campaign: UUID, tag: str, country: str, logos: Sequence[int] = ()) -> Shown | None:
        """None where the page is not published, or the country has no number."""
        key = (campaign, tag, country, tuple(logos))
        if key not in self._sheets:
            page, own = self.pages.get((campaign, tag)), self.numbers(tag).get(country)
            names = [Logo(pk, self.logo_names[pk]) for pk in logos if pk in self.logo_names]
            self._sheets[key] = sheet_of(page, own, names) if page and own else None
        return self._sheets[key]
