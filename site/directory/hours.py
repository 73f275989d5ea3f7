"""Opening hours as OpenStreetMap writes them, checked and in the words of a language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, State, validate

from theme.locales import cldr_locale


@dataclass(frozen=True)
class Open:
    """Days with the same hours: "Monday – Friday", "08:00–16:00"."""

    days: str
    hours: str


def valid_hours(text: str) -> None:
    if not validate(text):
        raise ValidationError(
            _("Write the hours like Mo-Fr 08:00-16:00, with days in English: Mo Tu We Th Fr Sa Su.")
        )


def is_always(text: str) -> bool:
    return text.replace(" ", "") == "24/7"


def is_open(text: str, at: datetime) -> bool:
    """Whether it is open at a moment, in the country's time."""
    return bool(text) and bool(OpeningHours(text).is_open(at.replace(tzinfo=None)))


def week(text: str, tag: str, today: date) -> list[Open]:
    """The hours of the week that begins last Monday; days that are alike and follow one another are one."""
    if not text:
        return []
    hours = OpeningHours(text)
    monday = datetime.combine(today - timedelta(days=today.weekday()), datetime.min.time())
    names = cldr_locale(tag).days["stand-alone"]["wide"]
    days = [(number, _hours_of(hours, monday + timedelta(days=number))) for number in range(7)]
    found = []
    for open_at, group in groupby(days, key=lambda pair: pair[1]):
        if not open_at:
            continue
        numbers = [number for number, _open_at in group]
        ends = dict.fromkeys((numbers[0], numbers[-1]))
        found.append(Open(" – ".join(names[number] for number in ends), open_at))
    return found


def _hours_of(hours: OpeningHours, start: datetime) -> str:
    """The open times of one day, those after midnight with the day that they are on."""
    end = start + timedelta(days=1)
    spans = []
    for opens, closes, state, _comment in hours.intervals(start, end):
        if state == State.OPEN:
            until = "24:00" if closes is None or closes >= end else f"{closes:%H:%M}"
            spans.append(f"{max(opens, start):%H:%M}–{until}")
    return ", ".join(spans)
