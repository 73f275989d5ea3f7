"""Bars by week as one SVG: opened and heard. Colours and fonts come from the style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 240, 48, 28, 10


def axis(most: int) -> list[int]:
    """Round numbers from nothing to above the highest bar, at most six."""
    if most <= 5:
        return [0, 5]
    raw = most / 4
    power = 10 ** int(log10(raw))
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= raw)
    return list(range(0, (ceil(most / step) + 1) * step, step))


def draw(weeks: Sequence[tuple[date, int, int]], title: str) -> SafeString:
    marks = axis(max((max(opened, heard) for _week, opened, heard in weeks), default=0))
    high = HEIGHT - BOTTOM - TOP

    def up(number: int) -> float:
        return round(HEIGHT - BOTTOM - high * number / marks[-1], 1)

    lines = format_html_join(
        "",
        '<path class="grid" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
        ((LEFT, up(mark), WIDTH, LEFT - 6, up(mark) + 4, mark) for mark in marks),
    )
    room = (WIDTH - LEFT) / max(len(weeks), 1)
    bar = round(min(room * 0.36, 22), 1)

    def middle(n: int) -> float:
        return round(LEFT + room * (n + 0.5), 1)

    every = max(1, ceil(len(weeks) / 9))
    bars = [
        (
            css,
            round(LEFT + room * n + room / 2 + shift, 1),
            up(number),
            bar,
            round(HEIGHT - BOTTOM - up(number), 1),
        )
        for n, (_week, opened, heard) in enumerate(weeks)
        for css, number, shift in (("opened", opened, -bar), ("heard", heard, 0))
        if number
    ]
    drawn = format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', bars)
    days = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (middle(n), HEIGHT - 8, f"{week.day}.{week.month}.")
            for n, (week, _opened, _heard) in enumerate(weeks)
            if n % every == 0
        ),
    )
    return format_html(
        '<svg class="bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH, HEIGHT, title, lines, drawn, days,
    )  # fmt: skip
