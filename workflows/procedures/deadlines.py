"""Deadlines: the last moment of a day in the country of the procedure. Pure, knows no Django."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def end_of_day(day: date, zone: str) -> datetime:
    """23:59:59 of that day, there."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ZoneInfo(zone))


def day_there(moment: datetime, zone: str) -> date:
    """The date that a moment has there."""
    return moment.astimezone(ZoneInfo(zone)).date()
