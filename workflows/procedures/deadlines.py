"""Deadlines: the last moment of a day in the country of the procedure. Pure, knows no Django."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays


def end_of_day(day: date, zone: str) -> datetime:
    """23:59:59 of that day, there."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=ZoneInfo(zone))


def day_there(moment: datetime, zone: str) -> date:
    """The date that a moment has there."""
    return moment.astimezone(ZoneInfo(zone)).date()


SATURDAY = 5


@cache
def _of_year(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country.upper(), years=year))
    except NotImplementedError:
        return frozenset()


def free(day: date, country: str) -> bool:
    """Whether a day is a weekend or public holiday there; an unknown country has no holidays."""
    return day.weekday() >= SATURDAY or day in _of_year(country, day.year)


def deadline(start: date, days: int, country: str, *, working: bool = False) -> date:
    """The last of ``days`` counted from the day after ``start``, ``working`` ones or all. On a free day it
    is the next working day, as laws on administrative procedure require."""
    day = start
    left = days
    while working and left:
        day += timedelta(days=1)
        left -= not free(day, country)
    return next_working(day + timedelta(days=left), country)


def next_working(day: date, country: str) -> date:
    """The day itself, or where it is free the next one that is not."""
    while free(day, country):
        day += timedelta(days=1)
    return day


def too_long(start: date, days: int, country: str, *, working: bool, most: int) -> date | None:
    """The end of a deadline that goes beyond ``most`` calendar days; None for one that does not."""
    end = deadline(start, days, country, working=working)
    return end if end > next_working(start + timedelta(days=most), country) else None
