"""Campaigns in their languages: live, draft, scheduled, older than the original, missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.access import has_role
from people.roles import Role
from public.models import CampaignPage
from public.publishing import territories

WANTED = sorted({*settings.KODEKS_OFFICE_LANGUAGES} - {"sr-latn"})
"""Languages in which a campaign is expected: those of the region. Serbian in Latin is made from Cyrillic."""


class CampaignState(models.TextChoices):
    LIVE = "live", pgettext_lazy("state of a campaign", "Live")
    CHANGED = "changed", pgettext_lazy("state of a campaign", "Live, with a draft")
    SCHEDULED = "scheduled", pgettext_lazy("state of a campaign", "Scheduled")
    STALE = "stale", _("The source has changed since")
    DRAFT = "draft", pgettext_lazy("state of a campaign", "Draft")
    MISSING = "missing", pgettext_lazy("state of a campaign", "Missing")


@dataclass(frozen=True)
class LanguageState:
    language: str
    state: CampaignState
    page: CampaignPage | None = None


@dataclass(frozen=True)
class Campaign:
    """A campaign in all its languages; the original is the page that the others were copied from."""

    pages: Sequence[CampaignPage]

    @property
    def original(self) -> CampaignPage:
        return self.pages[0]

    def title(self, tag: str) -> str:
        return next((page.title for page in self.pages if page.tag == tag), self.original.title)

    @property
    def missing(self) -> list[str]:
        there = {page.tag for page in self.pages}
        return [tag for tag in WANTED if tag not in there]

    @property
    def drafts(self) -> list[CampaignPage]:
        """Pages that are not published as they were written last."""
        return [page for page in self.pages if not page.live or page.has_unpublished_changes]

    @property
    def stale(self) -> list[CampaignPage]:
        """Translations that were saved before the original was published last."""
        return [page for page in self.pages[1:] if page.source_changed(self.original)]

    @property
    def scheduled(self) -> datetime | None:
        moments = [page.go_live_at for page in self.pages if page.go_live_at and not page.live]
        return min(moments, default=None)

    @property
    def next_page(self) -> CampaignPage:
        """The page to open: a translation that is out of date, else one that is not published."""
        return (*self.stale, *self.drafts, self.original)[0]

    @property
    def languages(self) -> list[LanguageState]:
        by_tag = {page.tag: page for page in self.pages}
        return [
            LanguageState(tag, self._state_of(by_tag[tag]), by_tag[tag])
            if tag in by_tag
            else LanguageState(tag, CampaignState.MISSING)
            for tag in sorted({*by_tag, *WANTED})
        ]

    def _state_of(self, page: CampaignPage) -> CampaignState:
        if page.source_changed(self.original):
            return CampaignState.STALE
        if page.go_live_at and not page.live:
            return CampaignState.SCHEDULED
        if not page.live:
            return CampaignState.DRAFT
        return CampaignState.CHANGED if page.has_unpublished_changes else CampaignState.LIVE


def campaign_of(page: CampaignPage) -> Campaign:
    """The campaign of a page, in all its languages."""
    group = CampaignPage.objects.filter(translation_key=page.translation_key)
    return Campaign(list(group.select_related("locale", "country").order_by("pk")))


def campaigns(user: Any) -> list[Campaign]:
    """Those that the person publishes (an operator sees all); those with something to do first. One query."""
    groups: dict[object, list[CampaignPage]] = defaultdict(list)
    for page in CampaignPage.objects.select_related("locale", "country").order_by("pk"):
        groups[page.translation_key].append(page)
    own, every = territories(user), has_role(user, Role.OPERATOR)
    found = [Campaign(pages) for pages in groups.values() if every or pages[0].country_id in own]
    return sorted(found, key=lambda one: (not one.stale, not one.drafts, not one.missing))
