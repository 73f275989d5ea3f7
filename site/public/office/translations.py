"""Campaigns in their languages: how far each translation is, and whether readers see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from wagtail.models import Revision

from people.access import has_role
from people.roles import Role
from public.languages import CYRILLIC, LATIN, PUBLIC
from public.models import BlockTranslation, CampaignPage, HomePage
from public.publishing import territories
from public.translation.parts import content_of, content_of_revision, parts_of
from public.translation.states import State, compare, state_of_page

WANTED = sorted({*settings.KODEKS_OFFICE_LANGUAGES} - {LATIN})
"""Languages in which a campaign is expected: those of the region. Serbian in Latin is made from Cyrillic."""
BEHIND = (State.MISSING, State.STALE, State.UNREVIEWED)


class Publication(models.TextChoices):
    LIVE = "live", pgettext_lazy("state of a campaign", "Live")
    CHANGED = "changed", pgettext_lazy("state of a campaign", "Live, with a draft")
    SCHEDULED = "scheduled", pgettext_lazy("state of a campaign", "Scheduled")
    DRAFT = "draft", pgettext_lazy("state of a campaign", "Draft")


@dataclass(frozen=True)
class Cell:
    """A campaign in one language. ``url``: where it is translated; empty where there is nothing to do."""

    language: str
    state: State
    page: CampaignPage | None = None
    url: str = ""
    is_source: bool = False

    @property
    def publication(self) -> Publication | None:
        if self.page is None:
            return None
        if self.page.live:
            return Publication.CHANGED if self.page.has_unpublished_changes else Publication.LIVE
        return Publication.SCHEDULED if self.page.go_live_at else Publication.DRAFT

    @property
    def is_published_as_written(self) -> bool:
        return self.publication == Publication.LIVE


@dataclass(frozen=True)
class Campaign:
    """A campaign in all its languages; the original is the page that the others were copied from."""

    original: CampaignPage
    cells: Sequence[Cell]
    is_own: bool

    @property
    def pages(self) -> list[CampaignPage]:
        return [cell.page for cell in self.cells if cell.page]

    def title(self, tag: str) -> str:
        return next((page.title for page in self.pages if page.tag == tag), self.original.title)

    @property
    def missing(self) -> list[str]:
        return [cell.language for cell in self.cells if not cell.page and cell.language in WANTED]

    @property
    def drafts(self) -> list[Cell]:
        """Not published as they were written last."""
        return [cell for cell in self.cells if cell.page and not cell.is_published_as_written]

    @property
    def behind(self) -> list[Cell]:
        """Translations that need somebody: not whole, out of date, not reviewed."""
        return sorted(
            (cell for cell in self.cells if cell.state in BEHIND), key=lambda one: BEHIND.index(one.state)
        )

    @property
    def stale(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.state == State.STALE]

    @property
    def scheduled(self) -> datetime | None:
        moments = [page.go_live_at for page in self.pages if page.go_live_at and not page.live]
        return min(moments, default=None)

    @property
    def next_url(self) -> str:
        """The page to open: a translation that is out of date, else one that is not published."""
        found = [cell.url for cell in (*self.stale, *self.drafts) if cell.url]
        return (*found, edit_url(self.original))[0]


def edit_url(page: CampaignPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def translate_url(original: CampaignPage, tag: str) -> str:
    return reverse("kodeks_translate", args=[original.pk, tag])


def campaigns(user: Any) -> list[Campaign]:
    """Those that the person publishes (an operator sees all); those with something to do first."""
    groups: dict[object, list[CampaignPage]] = defaultdict(list)
    for page in CampaignPage.objects.select_related("locale", "country").order_by("pk"):
        groups[page.translation_key].append(page)
    own, every = territories(user), has_role(user, Role.OPERATOR)
    shown = [pages for pages in groups.values() if every or pages[0].country_id in own]
    known = _Known([page for pages in shown for page in pages])
    found = [_campaign(pages, known, pages[0].country_id in own) for pages in shown]
    return sorted(found, key=lambda one: (not one.stale, not one.drafts, not one.missing))


def campaign_of(page: CampaignPage) -> Campaign:
    """The campaign of a page, in all its languages."""
    group = CampaignPage.objects.filter(translation_key=page.translation_key)
    pages = list(group.select_related("locale", "country").order_by("pk"))
    return _campaign(pages, _Known(pages), True)


class _Known:
    """What the states of many pages need, in three queries."""

    def __init__(self, pages: Sequence[CampaignPage]) -> None:
        drafts = [page.latest_revision_id for page in pages if not page.live or page.has_unpublished_changes]
        self.drafts = dict(Revision.objects.filter(pk__in=drafts).values_list("pk", "content"))
        self.rows: dict[int, dict[str, BlockTranslation]] = defaultdict(dict)
        for row in BlockTranslation.objects.filter(page__in=[page.pk for page in pages]):
            self.rows[row.page_id][row.block] = row
        self.homes = set(HomePage.objects.values_list("locale__language_code", flat=True))

    def content(self, page: CampaignPage, *, source: bool = False) -> Mapping[str, Any]:
        """The draft; of a source, what readers see where they see it."""
        stored = None if source and page.live else self.drafts.get(page.latest_revision_id or 0)
        return content_of_revision(stored) if stored else content_of(page)


def _campaign(pages: Sequence[CampaignPage], known: _Known, own: bool) -> Campaign:
    original = next((page for page in pages if not page.alias_of_id), pages[0])
    source, by_tag = parts_of(known.content(original, source=True)), {page.tag: page for page in pages}
    made = LATIN if any(page.tag == CYRILLIC for page in pages) else ""
    cells = []
    for tag in PUBLIC:
        page = by_tag.get(tag)
        if page is not None and page.pk == original.pk:
            cells.append(Cell(tag, State.CURRENT, page, edit_url(page) if own else "", is_source=True))
            continue
        can = own and tag != made and tag in known.homes
        state = State.ABSENT
        if page is not None:
            state = state_of_page(compare(source, parts_of(known.content(page)), known.rows[page.pk]))
        cells.append(Cell(tag, state, page, translate_url(original, tag) if can else ""))
    return Campaign(original, cells, own)
