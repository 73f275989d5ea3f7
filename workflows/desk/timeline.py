"""The picture of a review in time: done, now, late, later, and today. Pure, knows no Django.

Everything is an SVG attribute, because the pages allow no ``style``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

WIDTH = 480
GAP = 2.0
LEAST = 10.0
"""A bar narrower than this could not be seen."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One stage, from a day to a day. ``kind``: done, now, late or later; ``text`` is what stands in it; ``lane`` of
    ``lanes`` tells stages apart that run at the same time."""

    start: date
    end: date
    kind: str
    text: str
    lane: int = 0
    lanes: int = 1


CSS = {"done": ("dn", "ndn"), "now": ("on", "non"), "late": ("lt", "nlt"), "later": ("fu", "nfu")}


@dataclass(frozen=True, slots=True)
class Scale:
    """From which day to which day the pictures of a page reach."""

    first: date
    last: date

    def x(self, day: date) -> float:
        return round((day - self.first).days / max(1, (self.last - self.first).days) * WIDTH, 1)

    @property
    def months(self) -> list[date]:
        """The first days of the months on the scale, thinned out where there are many."""
        found = []
        month = self.first.replace(day=1)
        while month <= self.last:
            if month >= self.first:
                found.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        step = max(1, -(-len(found) // 6))
        return found[::step]


def scale_of(segments: Iterable[Segment], today: date) -> Scale:
    """A scale on which all segments and today have room."""
    days = [day for segment in segments for day in (segment.start, segment.end)] + [today]
    return Scale(min(days) - timedelta(days=3), max([*days, today + timedelta(days=20)]) + timedelta(days=3))


def head_svg(scale: Scale, today: date, names: Sequence[str], today_word: str) -> str:
    """The months over the column, and where today is. ``names`` are those of ``scale.months``, in order."""
    parts = []
    for month, name in zip(scale.months, names, strict=True):
        x = scale.x(month)
        parts.append(f'<path class="g" d="M{x} 18V30"/>')
        if x < WIDTH - 30:
            parts.append(f'<text x="{x + 4}" y="14">{escape(name)}</text>')
    x = scale.x(today)
    anchor, place = ("end", x - 4) if x > WIDTH / 4 else ("start", x + 4)
    parts.append(f'<path class="today" d="M{x} 16V32"/>')
    parts.append(f'<text class="nowt" x="{place}" y="30" text-anchor="{anchor}">{escape(today_word)}</text>')
    return f'<svg class="tl mirror" viewBox="0 0 {WIDTH} 32" aria-hidden="true">{"".join(parts)}</svg>'


def svg(segments: Sequence[Segment], scale: Scale, today: date, label: str) -> str:
    """One review. ``label`` says the same in words."""
    height = 22 + 24 * max((segment.lanes for segment in segments), default=1)
    parts = [f'<path class="g" d="M{scale.x(month)} 0V{height}"/>' for month in scale.months]
    right: dict[int, float] = {}
    for segment in segments:
        # What runs alone keeps clear of everything before it; what runs beside others, of its own lane.
        before = max(right.values(), default=0.0) if segment.lanes == 1 else right.get(segment.lane, 0.0)
        left = max(scale.x(segment.start), before)
        width = max(scale.x(segment.end) - left - GAP, LEAST)
        bar, number = CSS[segment.kind]
        top = (height - 24 * segment.lanes) / 2 + 24 * segment.lane + 1
        parts.append(
            f'<rect class="{bar}" x="{left:.1f}" y="{top:g}" width="{width:.1f}" height="22" rx="3"/>'
        )
        middle = left + width / 2
        parts.append(
            f'<text x="{middle:.1f}" y="{top + 16:g}" text-anchor="middle" class="{number}">{escape(segment.text)}</text>'
        )
        right[segment.lane] = left + width + GAP
    parts.append(f'<path class="today" d="M{scale.x(today)} 0V{height}"/>')
    return (
        f'<svg class="tl mirror" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )
