"""The first page of the office: three figures, what needs the reader, what is new since their last visit."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit.models import Entry
from people.access import asking_once, has_role
from people.models import User
from people.roles import Role
from theme.dates import long_date, of_date
from theme.home_panels import Line, Panel, Rank, figures, news, panels

FIRST_VISIT = timedelta(days=7)
MOST_NEWS = 8


def home(request: HttpRequest) -> HttpResponse:
    """What there is to do and to know, from every app."""
    with asking_once():
        shown = panels(request)
        if found := _news(request):
            shown = sorted([*shown, found], key=lambda panel: panel.rank)
        finds = has_role(request.user, Role.PRACTITIONER)
    context = {"panels": shown, "figures": figures(shown), "finds": finds}
    return render(request, "config/home.html", context)


def _news(request: HttpRequest) -> Panel | None:
    """What happened since the last visit; no panel where nothing did."""
    tag = get_language() or "en"
    since = last_visit(request.user)  # type: ignore[arg-type]
    found = news(request, since, MOST_NEWS)
    if not found:
        return None
    lines = []
    for one in found:
        day = long_date(timezone.localtime(one.at).date(), tag)
        lines.append(Line(one.text, one.url, f"{one.title} · {day}" if one.title else day))
    day = of_date(timezone.localtime(since).date(), tag)
    return Panel(_("Since your last visit on %(date)s") % {"date": day}, lines, rank=Rank.NEWS)


def last_visit(user: User) -> datetime:
    """When the person signed in before this time; a week ago where they never did."""
    sign_ins = Entry.objects.filter(actor=user.actor, verb="sign_in", refused=False)
    before = sign_ins.order_by("-id").values_list("at", flat=True)[1:2]
    return next(iter(before), timezone.now() - FIRST_VISIT)
