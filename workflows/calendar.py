"""A person's deadlines as a calendar that their calendar program fetches."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from documents.choices import Classification
from documents.models import Edition
from people.models import User
from workflows.choices import ReviewState
from workflows.models import Review, Seat, Stage
from workflows.rules.vote_conflicts import answered_for_another
from workflows.texts import title_for

OPEN = (Classification.PUBLIC, Classification.TLP_CLEAR)
"""Only of these does a title stand in a calendar: it is kept by strangers' programs and servers."""


def calendar_of(user: User) -> bytes:
    """The deadlines that are open for the person now: what they are asked, and the stages that they run."""
    calendar = Calendar()
    calendar.add("prodid", "-//Kodeks//Reviews//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Kodeks: deadlines"))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for seat in _asked(user):
        words = _("Answer: %(title)s") % {"title": _title(seat.stage.review.edition, user)}
        calendar.add_component(
            _event(f"seat-{seat.pk}", seat.stage, words, user, f"review/{seat.stage.review_id}/")
        )
    for stage in _run(user):
        words = f"{stage.title}: {_title(stage.review.edition, user)}"
        calendar.add_component(
            _event(f"stage-{stage.pk}", stage, words, user, f"desk/reviews/{stage.review_id}/")
        )
    found: bytes = calendar.to_ical()
    return found


def _asked(user: User) -> list[Seat]:
    """What waits for the person's answer."""
    return list(
        Seat.objects.asked_of(user)
        .exclude(answered_for_another(user))
        .filter(
            stage__opened__isnull=False,
            stage__closed__isnull=True,
            stage__review__state=ReviewState.RUNNING,
            stage__review__in=Review.objects.visible_to(user),
            sign_offs=None,
            assented=None,
        )
        .select_related("stage__review__edition__instrument__country")
        .order_by("pk")
    )


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
