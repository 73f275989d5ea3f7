"""For publishers, on the first page of the office: campaigns by language, and numbers to check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from people.access import has_role
from people.roles import Role
from public.languages import SPOKEN, native_name
from public.models import CampaignPage, Hotline
from theme.dates import of_date
from theme.home_panels import Figure, Line, Mark, Panel, Rank
from theme.localized_names import localized_name

MOST = 8
UNCHECKED_AFTER = timedelta(days=90)
WANTED = sorted(SPOKEN - {"sr-latn", "ar"})
"""Languages in which a campaign is expected: those of the region. Serbian in Latin is made from Cyrillic."""


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
        """Translations that were published before the original was published last."""
        last = self.original.last_published_at
        return [
            page
            for page in self.pages[1:]
            if page.live and last and page.last_published_at and page.last_published_at < last
        ]

    @property
    def scheduled(self) -> datetime | None:
        moments = [page.go_live_at for page in self.pages if page.go_live_at and not page.live]
        return min(moments, default=None)

    @property
    def next_page(self) -> CampaignPage:
        """The page to open: a translation that is out of date, else one that is not published."""
        return (*self.stale, *self.drafts, self.original)[0]


def campaigns() -> list[Campaign]:
    """Every campaign, those with something to do first; one query."""
    groups: dict[object, list[CampaignPage]] = defaultdict(list)
    for page in CampaignPage.objects.select_related("locale").order_by("pk"):
        groups[page.translation_key].append(page)
    found = [Campaign(pages) for pages in groups.values()]
    return sorted(found, key=lambda one: (not one.stale, not one.drafts, not one.missing))


def panel(request: HttpRequest) -> Panel | None:
    """The campaigns: what is out of date, not published, missing or scheduled."""
    if not has_role(request.user, Role.PUBLISHER):
        return None
    found = campaigns()
    behind = sum(bool(one.stale or one.drafts) for one in found)
    missing = sum(len(one.missing) for one in found)
    scheduled = sum(one.scheduled is not None for one in found)
    explorer = reverse("wagtailadmin_explore_root")
    first = _edit_url(found[0].next_page) if found else explorer
    texts = (
        ngettext("campaign to update", "campaigns to update", behind),
        ngettext("language without a campaign", "languages without a campaign", missing),
        ngettext("campaign is scheduled", "campaigns are scheduled", scheduled),
    )
    return Panel(
        _("Campaigns"),
        [_line(one) for one in found[:MOST]],
        empty=_("There are no campaigns yet."),
        more=_("All campaigns"),
        more_url=explorer,
        rank=Rank.DUE if behind else Rank.TO_DO,
        figures=[
            Figure(behind, texts[0], first, "pen", Rank.DUE if behind else Rank.TO_READ),
            Figure(missing, texts[1], explorer, "globe", Rank.TO_DO if missing else Rank.TO_READ),
            Figure(scheduled, texts[2], explorer, "calendar"),
        ],
    )


def _edit_url(page: CampaignPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _names(pages: Sequence[CampaignPage]) -> str:
    return ", ".join(native_name(page.tag) for page in pages)


def _line(campaign: Campaign) -> Line:
    tag = get_language() or "en"
    marks = []
    if campaign.stale:
        text = _("Out of date: %(languages)s") % {"languages": _names(campaign.stale)}
        marks.append(Mark(text, "clock", Rank.DUE))
    if campaign.drafts:
        text = _("Not published: %(languages)s") % {"languages": _names(campaign.drafts)}
        marks.append(Mark(text, "pen", Rank.DUE))
    if campaign.missing:
        names = ", ".join(native_name(one) for one in campaign.missing)
        marks.append(Mark(_("Missing: %(languages)s") % {"languages": names}, "minus"))
    if campaign.scheduled:
        day = of_date(timezone.localtime(campaign.scheduled).date(), tag)
        marks.append(Mark(_("Scheduled for %(date)s") % {"date": day}, "calendar"))
    live = [page for page in campaign.pages if page.live]
    if live:
        text = _("Published: %(languages)s") % {"languages": _names(live)}
        marks.append(Mark(text, "check"))
    return Line(
        campaign.title(tag), _edit_url(campaign.next_page), button=_("Open the campaign"), marks=marks
    )


def unchecked_numbers(request: HttpRequest) -> Panel | None:
    """The numbers that nobody has called for 90 days; no panel where there are none."""
    if not has_role(request.user, Role.PUBLISHER):
        return None
    before = timezone.localdate() - UNCHECKED_AFTER
    numbers = list(Hotline.objects.filter(checked__lt=before).select_related("country").order_by("checked"))
    if not numbers:
        return None
    tag, n = get_language() or "en", len(numbers)
    lines = [
        Line(
            f"{localized_name(one.country)}: {one.number}",
            reverse("wagtailsnippets_public_hotline:edit", args=[one.pk]),
            _("last checked on %(date)s") % {"date": of_date(one.checked, tag)},
            button=_("Enter the check"),
        )
        for one in numbers
    ]
    return Panel(
        _("Numbers to check"),
        lines[:MOST],
        hint=_("Nobody has called these numbers for %(n)d days.") % {"n": UNCHECKED_AFTER.days},
        rank=Rank.DUE,
        figures=[
            Figure(n, ngettext("number to check", "numbers to check", n), lines[0].url, "phone", Rank.DUE)
        ],
    )
