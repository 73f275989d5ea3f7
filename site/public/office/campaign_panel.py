"""For publishers, on the first page of the office: campaigns by language, and numbers to check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from people.access import has_role
from people.roles import Role
from public.actions.change_hotline import may_confirm_change
from public.languages import native_name
from public.models import Hotline, HotlineChange
from public.office.translations import BEHIND, Campaign, Cell, campaigns
from public.publishing import REGION, territories
from theme.dates import of_date
from theme.home_panels import Figure, Line, Mark, Panel, Rank
from theme.localized_names import localized_name

MOST = 8
UNCHECKED_AFTER = timedelta(days=90)


def panel(request: HttpRequest) -> Panel | None:
    """The campaigns: what is out of date, not published, missing or scheduled."""
    if not has_role(request.user, Role.PUBLISHER):
        return None
    found = campaigns(request.user)
    behind = sum(bool(one.behind or one.drafts) for one in found)
    missing = sum(len(one.missing) for one in found)
    scheduled = sum(one.scheduled is not None for one in found)
    explorer = reverse("wagtailadmin_explore_root")
    first, table = found[0].next_url if found else explorer, reverse("kodeks_translations")
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
        more_url=table,
        rank=Rank.DUE if behind else Rank.TO_DO,
        figures=[
            Figure(behind, texts[0], first, "pen", Rank.DUE if behind else Rank.TO_READ),
            Figure(missing, texts[1], table, "globe", Rank.TO_DO if missing else Rank.TO_READ),
            Figure(scheduled, texts[2], explorer, "calendar"),
        ],
    )


def _names(cells: Iterable[Cell]) -> str:
    return ", ".join(native_name(cell.language) for cell in cells)


def _line(campaign: Campaign) -> Line:
    tag = get_language() or "en"
    marks = []
    for state in BEHIND:
        if cells := [cell for cell in campaign.behind if cell.state == state]:
            marks.append(Mark(f"{state.label}: {_names(cells)}", "clock", Rank.DUE))
    if campaign.drafts:
        text = _("Not published: %(languages)s") % {"languages": _names(campaign.drafts)}
        marks.append(Mark(text, "pen", Rank.DUE))
    if campaign.missing:
        names = ", ".join(native_name(one) for one in campaign.missing)
        marks.append(Mark(_("Missing: %(languages)s") % {"languages": names}, "minus"))
    if campaign.scheduled:
        day = of_date(timezone.localtime(campaign.scheduled).date(), tag)
        marks.append(Mark(_("Scheduled for %(date)s") % {"date": day}, "calendar"))
    live = [cell for cell in campaign.cells if cell.page and cell.page.live]
    if live:
        text = _("Published: %(languages)s") % {"languages": _names(live)}
        marks.append(Mark(text, "check"))
    return Line(campaign.title(tag), campaign.next_url, button=_("Open the campaign"), marks=marks)


def unchecked_numbers(request: HttpRequest) -> Panel | None:
    """The numbers that nobody has called for 90 days; no panel where there are none."""
    if not has_role(request.user, Role.PUBLISHER):
        return None
    before = timezone.localdate() - UNCHECKED_AFTER
    own = Hotline.objects.filter(country__in=territories(request.user) - {REGION})
    old = own.filter(checked__lt=before, is_shown=True).select_related("country")
    numbers = list(old.order_by("checked"))
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


def numbers_waiting(request: HttpRequest) -> Panel | None:
    """New and changed numbers that the reader can confirm; no panel where there are none."""
    if not (has_role(request.user, Role.PUBLISHER) or has_role(request.user, Role.OPERATOR)):
        return None
    waiting = HotlineChange.objects.waiting().select_related("hotline__country", "by").order_by("at")
    mine = [change for change in waiting if may_confirm_change(request.user, change)]  # type: ignore[arg-type]
    if not mine:
        return None
    lines = [
        Line(
            f"{localized_name(change.hotline.country)}: {change.values['number']}",
            reverse("kodeks_number_decide", args=[change.pk]),
            localized_name(change.by.name),
            button=_("Check the number"),
        )
        for change in mine
    ]
    return Panel(_("Numbers that wait for a second person"), lines, rank=Rank.DUE)
