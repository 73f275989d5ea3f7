"""Which days of a country nobody works. Pure, knows no Django."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5


@cache
def _of_year(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country.upper(), years=year))
    except NotImplementedError:
        return frozenset()


def free(day: date, country: str) -> bool:
    """Whether a day is a Saturday, a Sunday or a public holiday there. A country that is not known has no
    holidays."""
    return day.weekday() >= SATURDAY or day in _of_year(country, day.year)


def deadline(start: date, days: int, country: str, *, working: bool = False) -> date:
    """The last day of a deadline of so many days, counted from the day after ``start``.

    With ``working`` only working days count. Where the last day is free, the deadline ends on the next
    working day, as the laws on administrative procedure in the region have it.
    """
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
    """Where a deadline would end that goes beyond ``most`` days of the calendar from ``start``; None for one
    that does not."""
    end = deadline(start, days, country, working=working)
    return end if end > next_working(start + timedelta(days=most), country) else None
