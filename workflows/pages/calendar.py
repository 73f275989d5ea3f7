"""The calendar of a person: a page to make or end its secret address, and the calendar itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

import audit
from documents.choices import Classification
from documents.models import Edition
from people.access import has_role, memberships
from people.models import User
from people.roles import Role
from people.tokens import hash_token
from theme.file_answers import as_file
from workflows.choices import ReviewState
from workflows.models import CalendarFeed, Review, Stage
from workflows.rules.vote_conflicts import waiting_for
from workflows.texts import title_for


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
                CalendarFeed.objects.create(user=user, token_sha256=hash_token(token), made=timezone.now())
                address = f"{settings.OFFICE_BASE_URL}{reverse('calendar', args=[token])}"
            verb = "make_calendar" if address else "end_calendar"
            audit.record(verb, user, user)
        if not address:
            messages.success(request, _("The link no longer works."))
            return redirect("review:calendar")
    feed = CalendarFeed.objects.filter(user=user).first()
    response = render(request, "workflows/calendar.html", {"feed": feed, "address": address})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar, for everybody with its address: calendar programs can't sign in."""
    feed = (
        CalendarFeed.objects.select_related("user")
        .filter(token_sha256=hash_token(token), user__is_active=True)
        .first()
    )
    if feed is None or not memberships(feed.user):
        raise Http404
    with translation.override(feed.user.language):
        response = HttpResponse(calendar_of(feed.user), content_type="text/calendar; charset=utf-8")
    as_file(response, "kodeks.ics", attachment=False)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


OPEN = (Classification.PUBLIC, Classification.TLP_CLEAR)
"""Only these have a title in a calendar: strangers' programs and servers store it."""


def calendar_of(user: User) -> bytes:
    """The deadlines that are open for the person now: what they are asked, and the stages that they run."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kodeks//Reviews//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Kodeks: deadlines"))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for seat in waiting_for(user).filter(assented=None).order_by("pk"):
        text = _("Answer: %(title)s") % {"title": _title(seat.stage.review.edition, user)}
        calendar.add_component(
            _event(f"seat-{seat.pk}", seat.stage, text, user, f"review/{seat.stage.review_id}/")
        )
    for stage in _run(user):
        text = f"{stage.title}: {_title(stage.review.edition, user)}"
        calendar.add_component(
            _event(f"stage-{stage.pk}", stage, text, user, f"desk/reviews/{stage.review_id}/")
        )
    found: bytes = calendar.to_ical()
    return found


def _run(user: User) -> list[Stage]:
    """The open stages of the reviews that the person runs."""
    return list(
        Stage.objects.filter(
            review__in=Review.objects.owned_by(user),
            review__state=ReviewState.RUNNING,
            opened__isnull=False,
            closed__isnull=True,
        )
        .select_related("review__edition__instrument__country")
        .order_by("pk")
    )


def _title(edition: Edition, user: User) -> str:
    if edition.instrument.classification not in OPEN:
        return _("a document")
    return title_for(edition, user.language)


def _event(name: str, stage: Stage, words: str, user: User, page: str) -> Event:
    event = Event()
    day = stage.due_day or timezone.localdate()
    event.add("uid", f"{name}@kodeks")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", words)
    event.add("url", f"{settings.OFFICE_BASE_URL}/{user.language}/{page}")
    event.add("transp", "TRANSPARENT")
    return event
