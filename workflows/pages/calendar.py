"""The calendar of a person: a page to make or end its secret address, and the calendar itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import audit
from people.access import has_role, memberships
from people.models import User
from people.roles import Role
from workflows.calendar import calendar_of
from workflows.models import CalendarFeed


def may_have_calendar(user: Any) -> bool:
    """Whether deadlines can concern this person: reviewers and coordinators have them."""
    return has_role(user, Role.REVIEWER) or has_role(user, Role.COORDINATOR)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_page(request: HttpRequest) -> HttpResponse:
    """Makes a secret address, shown once; a new one, or ``end``, ends the one before."""
    user: User = request.user  # type: ignore[assignment]
    if not may_have_calendar(user):
        raise Http404
    address = ""
    if request.method == "POST":
        with transaction.atomic():
            CalendarFeed.objects.filter(user=user).delete()
            if "end" not in request.POST:
                token = CalendarFeed.new_token()
                CalendarFeed.objects.create(
                    user=user, token_sha256=CalendarFeed.hash_token(token), made=timezone.now()
                )
                address = f"{settings.OFFICE_BASE_URL}{reverse('calendar', args=[token])}"
            verb = "make_calendar" if address else "end_calendar"
            audit.record(verb, user, user)
        if not address:
            messages.success(request, _("The address no longer works."))
            return HttpResponseRedirect(reverse("review:calendar"))
    feed = CalendarFeed.objects.filter(user=user).first()
    response = render(request, "workflows/calendar.html", {"feed": feed, "address": address})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for whoever has its address: calendar programs can't sign in."""
    feed = (
        CalendarFeed.objects.select_related("user")
        .filter(token_sha256=CalendarFeed.hash_token(token), user__is_active=True)
        .first()
    )
    if feed is None or not memberships(feed.user):
        raise Http404
    with translation.override(feed.user.language):
        response = HttpResponse(calendar_of(feed.user), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="kodeks.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
