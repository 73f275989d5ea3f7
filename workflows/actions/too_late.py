"""A deadline is at most a year away, also where only working days count: 365 of them last a year and a
half."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from theme.dates import of_date
from workflows.models.procedures import MOST_DAYS
from workflows.rules.working_days import too_long


def too_late(days: int, country: str, day: date, *, working: bool) -> str:
    """Why a stage that opens on ``day`` can't have so many days, in words; empty where it can."""
    end = too_long(day, days, country, working=working, most=MOST_DAYS)
    if end is None:
        return ""
    return _(
        "%(days)d working days end on %(day)s; a deadline is at most a year away. Give it fewer days."
    ) % {
        "days": days,
        "day": of_date(end, get_language() or "en"),
    }
