"""What the clock does to a review: silence that counts as assent. Called by the worker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

import audit
from workflows.actions.locking import hold_review
from workflows.actions.stages import settle
from workflows.choices import ReviewState, Silence
from workflows.models import Seat, Stage


def take_silence_as_assent(now: datetime | None = None) -> list[Seat]:
    """In every open stage whose procedure says so and whose deadline has passed, who has not answered has agreed. Gives
    their seats. Nobody's signature is written: the seat says that it was silence. ``now`` is for tests."""
    moment = now or timezone.now()
    due = Stage.objects.filter(
        silence=Silence.ASSENT,
        opened__isnull=False,
        closed__isnull=True,
        due__lt=moment,
        review__state=ReviewState.RUNNING,
    )
    found: list[Seat] = []
    for candidate in due.order_by("pk"):
        with transaction.atomic():
            review = hold_review(candidate.review_id)
            stage = Stage.objects.get(pk=candidate.pk)
            stage.review = review
            if not (review.running and stage.open and stage.due and stage.due < moment):
                continue
            silent = list(stage.seats.filter(sign_offs__isnull=True, assented__isnull=True))
            for seat in silent:
                seat.assented = moment
                seat.save(update_fields=["assented"])
                audit.record("silent_assent", seat, None, stage=stage.pk)
            if silent:
                settle(review, stage)
                found += silent
    return found
