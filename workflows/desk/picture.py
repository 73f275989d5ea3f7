"""The picture of a procedure: its steps from left to right, stages at the same time one under the other, where the text is
locked, and where a review stands. Pure, knows no Django; everything is an SVG attribute.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from textwrap import wrap

COLUMN, LANE, RADIUS = 124, 90, 15
LINE, SIGNS, LINES = 14, 17, 3
"""A name under its stage: how high a line is, how many signs it has, how many lines there are at most."""
CSS = {"done": ("dn", "ndn"), "now": ("on", "non"), "late": ("lt", "nlt"), "later": ("fu", "nfu")}


@dataclass(frozen=True, slots=True)
class Node:
    """A stage: its number, its step, how it stands (done, now, late, later), whether the text is locked in it, its name."""

    number: int
    step: int
    state: str
    locked: bool
    title: str = ""


def svg(nodes: Sequence[Node], label: str) -> str:
    """The picture; ``label`` says the same in words."""
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
        css = "pl-done" if column[0].state != "later" else "pl-later"
        for left, top in before:
            for _x, y in points:
                half = (left + x) / 2
                lines.append(
                    f'<path class="{css}" d="M{left + RADIUS:g} {top:g}C{half:g} {top:g} {half:g} {y:g} {x - RADIUS:g} {y:g}"/>'
                )
        if column[0].locked and not was_locked:
            circles.append(_lock(x - COLUMN / 2 if place else 10, middle))
        was_locked = column[0].locked
        for node, (_x, y) in zip(column, points, strict=True):
            ring, word = CSS[node.state]
            circles.append(f'<circle class="{ring}" cx="{x:g}" cy="{y:g}" r="{RADIUS}"/>')
            mark = "!" if node.state == "late" else str(node.number)
            circles.append(
                f'<text class="{word}" x="{x:g}" y="{y + 5:g}" text-anchor="middle">{escape(mark)}</text>'
            )
            circles += [
                f'<text class="pl-name" x="{x:g}" y="{y + RADIUS + LINE * (line + 1):g}" text-anchor="middle">{escape(words)}</text>'
                for line, words in enumerate(wrap(node.title, SIGNS, max_lines=LINES, placeholder="…"))
            ]
        before = points
    return (
        f'<div class="plan-wrap" tabindex="0"><svg class="tl plan" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(label)}">{"".join(lines)}{"".join(circles)}</svg></div>'
    )


def _lock(x: float, y: float) -> str:
    return (
        f'<g class="pl-lock"><rect x="{x - 7:g}" y="{y - 3:g}" width="14" height="11" rx="2"/>'
        f'<path d="M{x - 4:g} {y - 3:g}v-3a4 4 0 0 1 8 0v3"/></g>'
    )
