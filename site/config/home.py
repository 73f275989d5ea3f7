"""The first page of the office: three figures, what needs the reader, what is new since their last visit."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit.models import Entry
from people.access import asking_once, has_role
from people.models import User
from people.roles import Role
from theme.home_panels import figures, news, panels

SIGN_INS = ("sign_in", "mail_link")
FIRST_VISIT = timedelta(days=7)
MOST_NEWS = 8


def home(request: HttpRequest) -> HttpResponse:
    """What there is to do and to know, from every app."""
    with asking_once():
        shown = panels(request)
        since = last_visit(request.user)  # type: ignore[arg-type]
        context = {
            "panels": shown,
            "figures": figures(shown),
            "since": since,
            "news": news(request, since, MOST_NEWS),
            "finds": has_role(request.user, Role.PRACTITIONER),
        }
    return render(request, "config/home.html", context)


def last_visit(user: User) -> datetime:
    """When the person signed in before this time; a week ago where they never did."""
    sign_ins = Entry.objects.filter(actor=user.actor, verb__in=SIGN_INS, refused=False)
    before = sign_ins.order_by("-id").values_list("at", flat=True)[1:2]
    return next(iter(before), timezone.now() - FIRST_VISIT)
