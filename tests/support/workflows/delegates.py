"""Delegations that several test files begin with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from people.models import User
from tests.support.reviews import Cast, seat_of
from workflows.actions.delegate import delegate
from workflows.actions.sign_off import sign_off
from workflows.models import Delegate, Review


def today() -> date:
    return timezone.localdate()


def hand(cast: Cast, to: User, by: User | None = None, **other: Any) -> Delegate:
    known: dict[str, Any] = {
        "starts": today(),
        "until": today() + timedelta(days=5),
        "reason": "On leave.",
    } | other
    return delegate(by or cast.goran, cast.goran, cast.interior, to, **known)


def sign(cast: Cast, review: Review, by: User) -> Any:
    return sign_off(by, seat_of(review, cast.interior), "agree", "", review.manifest.sha256)
