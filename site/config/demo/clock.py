"""The demonstration's clock: what is loaded happened on the days that its files name.

Actions and the audit trail take their time from Django's clock, so it is this one that is set. The steps run
in order of time: the trail of the demonstration never goes back.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

from django.utils import timezone

OPENS = time(8, 30)
"""When the offices of the demonstration begin to work."""


def day_of(value: int | date, today: date) -> date:
    """A day of a file: a date, or so many days from the one on which the demonstration is loaded."""
    return today + timedelta(days=value) if isinstance(value, int) else value


def moment_of(day: date) -> datetime:
    """The morning of a day; of today, this moment."""
    morning = timezone.make_aware(datetime.combine(day, OPENS))
    return min(morning, timezone.now())


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Django's clock stands at ``moment`` when the block begins, and goes on from there."""
    shift = moment - timezone.now()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return datetime.now(tz) + shift

    with patch.object(timezone, "datetime", Shifted):
        yield
