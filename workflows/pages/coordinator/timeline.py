"""Draw a review in time as SVG: done, now, late, later, and today. Pure, without Django."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import escape

WIDE, NARROW = 400, 280
"""Each picture is drawn twice, for a window and for a phone. So its text is never smaller than 12
pixels."""
GAP = 2.0
LEAST = 17.0
"""A bar narrower than this has no room for its number."""
SHORTEST, LONGEST, MARGIN = timedelta(weeks=6), timedelta(days=365), timedelta(days=3)
MOST_DAYS_IN_WEEKS = 75
"""On a longer scale the days of the Mondays would be too close."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stage from a day to a day. ``lane`` of ``lanes`` sets apart stages of one ``step``."""

    start: date
    end: date
    kind: str
    text: str
    lane: int = 0
    lanes: int = 1
    step: int = 0


CSS = {"done": ("dn", "ndn"), "now": ("on", "non"), "late": ("lt", "nlt"), "later": ("fu", "nfu")}


@dataclass(frozen=True, slots=True)
class Scale:
    """From which day to which day the pictures of a page reach."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return max(1, (self.last - self.first).days)

    def x(self, day: date, width: int) -> float:
        return round((day - self.first).days / self.days * width, 1)

    def months(self, most: int = 6) -> list[date]:
        """The first days of the months on the scale, thinned out where there are more than so many."""
        found = []
        month = self.first.replace(day=1)
        while month <= self.last:
            if month >= self.first:
                found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        step = max(1, -(-len(found) // most))
        return found[::step]

    def mondays(self) -> list[date]:
        """The first days of the weeks on the scale; none where they would be too close."""
        if self.days > MOST_DAYS_IN_WEEKS:
            return []
        monday = self.first + timedelta(days=-self.first.weekday() % 7)
        return [monday + timedelta(days=days) for days in range(0, (self.last - monday).days + 1, 7)]

    def within(self, segments: Iterable[Segment]) -> list[Segment]:
        """What lies on the scale; what began before it begins with it."""
        return [
            replace(segment, start=max(segment.start, self.first))
            for segment in segments
            if segment.end >= self.first and segment.start <= self.last
        ]


def scale_of(segments: Iterable[Segment], today: date) -> Scale:
    """A scale on which all segments and today have room: six weeks at least, a year at most."""
    days = [day for segment in segments for day in (segment.start, segment.end)] + [today]
    first = max(min(days), today - LONGEST / 2) - MARGIN
    last = min(max(days), today + LONGEST / 2) + MARGIN
    return Scale(first, max(last, first + SHORTEST))


def head_svg(scale: Scale, today: date, names: Mapping[int, str], today_word: str) -> str:
    """The months over the column, by their ``names``, the Mondays by their day, and where today is."""
    return _head(scale, today, names, today_word, WIDE) + _head(scale, today, names, today_word, NARROW)


def _head(scale: Scale, today: date, names: Mapping[int, str], today_word: str, wide: int) -> str:
    shapes = []
    months = scale.months(6 if wide == WIDE else 4)
    if not months or scale.x(months[0], wide) > 44:  # the month in which the scale begins
        shapes.append(f'<text x="0" y="13">{escape(names[scale.first.month])}</text>')
    for month in months:
        x = scale.x(month, wide)
        shapes.append(f'<path class="g" d="M{x} 2V48"/>')
        if x < wide - 30:
            shapes.append(f'<text x="{x + 4}" y="13">{escape(names[month.month])}</text>')
    x = scale.x(today, wide)
    for monday in scale.mondays():
        at = scale.x(monday, wide)
        if 8 < at < wide - 8:
            shapes.append(f'<text class="wk" x="{at}" y="30" text-anchor="middle">{monday.day}</text>')
    anchor, place = ("end", x - 4) if x > wide / 4 else ("start", x + 4)
    shapes.append(f'<path class="today" d="M{x} 34V48"/>')
    shapes.append(f'<text class="nowt" x="{place}" y="46" text-anchor="{anchor}">{escape(today_word)}</text>')
    return f'<svg class="{_css(wide)}" viewBox="0 0 {wide} 48" aria-hidden="true">{"".join(shapes)}</svg>'


def svg(segments: Sequence[Segment], scale: Scale, today: date, label: str) -> str:
    """One review. ``label`` says the same in words."""
    return _drawn(segments, scale, today, label, WIDE) + _drawn(segments, scale, today, label, NARROW)


@dataclass
class Bar:
    """Where a segment is drawn."""

    segment: Segment
    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


def bars(segments: Sequence[Segment], scale: Scale, wide: int) -> list[Bar]:
    """The segments side by side: none lies on another, and none leaves the picture."""
    found: list[Bar] = []
    floor, right, step = 0.0, dict[int, float](), None
    for segment in segments:
        if segment.step != step:
            floor, right, step = max([floor, *right.values()]), {}, segment.step
        left = max(scale.x(segment.start, wide), right.get(segment.lane, floor))
        width = max(scale.x(segment.end, wide) - left - GAP, LEAST)
        right[segment.lane] = left + width + GAP
        found.append(Bar(segment, left, width))
    # What does not fit at the end pushes what stands before it.
    ceiling, limit, step = float(wide), dict[int, float](), None
    for bar in reversed(found):
        if bar.segment.step != step:
            ceiling, limit, step = min([ceiling, *limit.values()]), {}, bar.segment.step
        most = limit.get(bar.segment.lane, ceiling)
        if bar.right > most:
            bar.width = max(most - bar.left, min(bar.width, LEAST))
            bar.left = most - bar.width
        limit[bar.segment.lane] = bar.left - GAP
    return found


def _drawn(segments: Sequence[Segment], scale: Scale, today: date, label: str, wide: int) -> str:
    height = 22 + 24 * max((segment.lanes for segment in segments), default=1)
    months = scale.months(6 if wide == WIDE else 4)
    shapes = [f'<path class="g" d="M{scale.x(month, wide)} 0V{height}"/>' for month in months]
    for bar in bars(segments, scale, wide):
        segment = bar.segment
        css, number = CSS[segment.kind]
        top = (height - 24 * segment.lanes) / 2 + 24 * segment.lane + 1
        shapes.append(
            f'<rect class="{css}" x="{bar.left:.1f}" y="{top:g}" width="{bar.width:.1f}" height="22" rx="3"/>'
            f'<text x="{bar.left + bar.width / 2:.1f}" y="{top + 16:g}" text-anchor="middle" '
            f'class="{number}">{escape(segment.text)}</text>'
        )
    shapes.append(f'<path class="today" d="M{scale.x(today, wide)} 0V{height}"/>')
    return (
        f'<svg class="{_css(wide)}" viewBox="0 0 {wide} {height}" role="img" aria-label="{escape(label)}">'
        f"{''.join(shapes)}</svg>"
    )


def _css(wide: int) -> str:
    return f"tl mirror {'tl-wide' if wide == WIDE else 'tl-narrow'}"
