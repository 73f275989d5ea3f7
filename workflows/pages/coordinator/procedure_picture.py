"""Draw a procedure as SVG: from left to right, and for a phone from above to below. Pure, without Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from textwrap import wrap

COLUMN, LANE, RADIUS = 124, 90, 15
LINE, SIGNS, LINES = 14, 17, 3
"""A name under its stage: the height of a line, its number of signs, and the most lines."""
ROW, ACROSS, SPINE, BRANCH, GATE = 46, 290, 18, 34, 26
"""Drawn downwards: heights of a stage and its line, the picture's width, the distance of parallel stages, the
lock's room."""
CSS = {"done": ("dn", "ndn"), "now": ("on", "non"), "late": ("lt", "nlt"), "later": ("fu", "nfu")}


@dataclass(frozen=True, slots=True)
class Node:
    """A stage; ``state`` is done, now, late or later."""

    number: int
    step: int
    state: str
    locked: bool
    title: str = ""


def svg(nodes: Sequence[Node], label: str) -> str:
    """The picture, twice: the page shows the one for which it has room. ``label`` says the same in words."""
    return _across(nodes, label) + _down(nodes, label)


def _across(nodes: Sequence[Node], label: str) -> str:
    columns = [list(group) for _, group in groupby(nodes, key=lambda node: node.step)]
    lanes = max(len(column) for column in columns) if columns else 1
    width, height = COLUMN * len(columns), LANE * lanes
    # A stage's circle stands above the middle of its lane: the name is under it.
    middle = height / 2 - LINE * LINES / 2
    lines, circles = [], []
    before: list[tuple[float, float]] = []
    was_locked = False
    for place, column in enumerate(columns):
        x = COLUMN * place + COLUMN / 2
        points = [(x, middle + (lane - (len(column) - 1) / 2) * LANE) for lane in range(len(column))]
        css = "pl-done" if any(node.state != "later" for node in column) else "pl-later"
        for left, top in before:
            for _x, y in points:
                half = (left + x) / 2
                lines.append(
                    f'<path class="{css}" d="M{left + RADIUS:g} {top:g}C{half:g} {top:g} {half:g} {y:g} '
                    f'{x - RADIUS:g} {y:g}"/>'
                )
        if column[0].locked and not was_locked:
            circles.append(_lock(x - COLUMN / 2 if place else 10, middle))
        was_locked = column[0].locked
        for node, (_x, y) in zip(column, points, strict=True):
            circles.append(_circle(node, x, y))
            circles += [
                f'<text class="pl-name" x="{x:g}" y="{y + RADIUS + LINE * (line + 1):g}" '
                f'text-anchor="middle">{escape(line_text)}</text>'
                for line, line_text in enumerate(wrap(node.title, SIGNS, max_lines=LINES, placeholder="…"))
            ]
        before = points
    return (
        f'<div class="plan-wrap" tabindex="0"><svg class="tl plan" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(label)}">{"".join(lines)}{"".join(circles)}</svg></div>'
    )


def _down(nodes: Sequence[Node], label: str) -> str:
    """One line down, with the stages on it. Parallel ones are side by side, each joined to it."""
    lines, circles = [], []
    y, below, was_locked = 0.0, 0.0, False
    for place, (_step, group) in enumerate(groupby(nodes, key=lambda node: node.step)):
        column = list(group)
        locks = column[0].locked and not was_locked
        if locks:
            circles.append(_lock(SPINE, y + GATE / 2))
            y += GATE
        was_locked = column[0].locked
        x = float(SPINE + (BRANCH if len(column) > 1 else 0))
        points = [(x, y + ROW * lane + ROW / 2) for lane in range(len(column))]
        css = "pl-done" if any(node.state != "later" for node in column) else "pl-later"
        if len(column) == 1:
            first = last = points[0][1]
            first, last = first - RADIUS, last + RADIUS
        else:
            first, last = points[0][1] - RADIUS, points[-1][1]
            lines += [
                f'<path class="{css}" d="M{SPINE} {here - RADIUS:g}Q{SPINE} {here:g} {x - RADIUS:g} '
                f'{here:g}"/>'
                for _x, here in points
            ]
            if place + 1 < len(nodes):
                lines.append(f'<path class="{css}" d="M{SPINE} {first:g}V{last:g}"/>')
        if place:
            lines.append(f'<path class="{css}" d="M{SPINE} {below:g}V{first:g}"/>')
        below = last
        for node, (_x, here) in zip(column, points, strict=True):
            circles.append(_circle(node, x, here))
            name_lines = wrap(node.title, int((ACROSS - x) / 8), max_lines=2, placeholder="…")
            first = here + 5 - 8 * (len(name_lines) - 1)
            circles += [
                f'<text class="pl-name" x="{x + RADIUS + 8:g}" '
                f'y="{first + 16 * line:g}">{escape(line_text)}</text>'
                for line, line_text in enumerate(name_lines)
            ]
        y += ROW * len(column)
    return (
        f'<div class="plan-down"><svg class="tl plan" viewBox="0 0 {ACROSS} {y:g}" width="{ACROSS}" '
        f'height="{y:g}" role="img" '
        f'aria-label="{escape(label)}">{"".join(lines)}{"".join(circles)}</svg></div>'
    )


def _circle(node: Node, x: float, y: float) -> str:
    ring, word = CSS[node.state]
    mark = "!" if node.state == "late" else str(node.number)
    return (
        f'<circle class="{ring}" cx="{x:g}" cy="{y:g}" r="{RADIUS}"/>'
        f'<text class="{word}" x="{x:g}" y="{y + 5:g}" text-anchor="middle">{escape(mark)}</text>'
    )


def _lock(x: float, y: float) -> str:
    return (
        f'<g class="pl-lock"><rect x="{x - 7:g}" y="{y - 3:g}" width="14" height="11" rx="2"/>'
        f'<path d="M{x - 4:g} {y - 3:g}v-3a4 4 0 0 1 8 0v3"/></g>'
    )
