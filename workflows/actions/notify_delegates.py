"""Tell delegates from when until when they may answer, and that they may no longer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from people.models import Institution, User
from workflows import mails
from workflows.models import Delegate, Seat, Stage
from workflows.rules.respondents import delegates_of


def tell_named(made: Delegate, stage: Stage) -> None:
    """That a delegate may answer in a stage that waits; where the delegation begins later, from which day on:
    until then the page is closed to them."""
    seat = stage.seats.get(institution=made.institution_id)
    mails.tell(
        made.to,
        "delegated",
        stage.review,
        page=f"review/{stage.review_id}/?seat={seat.pk}",
        by=made.asked.name,
        starts=_later(made.starts),
        until=made.until,
        stage=lambda: stage.title,
    )


def tell_ended(
    by: User, asked: User, institution: Institution, to: Iterable[User], stages: Iterable[Stage]
) -> None:
    """That delegates of a person need not answer any more in stages that wait: not who ended it themselves,
    nor who may still answer there, now or later."""
    left = set(to) - {by}
    for stage in stages:
        seat = stage.seats.select_related("stage", "institution").get(institution=institution)
        still = {one.to for one in delegates_of(seat)}
        for user in sorted(left - still, key=lambda one: one.pk):
            if not Seat.objects.asked_of(user).filter(stage=stage, institution=institution).exists():
                mails.tell(
                    user,
                    "delegation_ended",
                    stage.review,
                    by=asked.name,
                    stage=lambda stage=stage: stage.title,
                )


def _later(day: date) -> date | None:
    return day if day > timezone.localdate() else None
