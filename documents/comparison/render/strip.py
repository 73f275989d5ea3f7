"""The strip: a picture of where in a document its changes lie, as SVG.

Chapters are separate, and sections are as wide as they are long. A new one has a plus, a removed one a minus,
and a changed one is filled by its share. A dashed arc leads from a section's old place to its new one. Only
SVG attributes and classes, no ``style``. It is drawn for wide screens (1000) and for phones (358); the style
sheet shows one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from documents.comparison.model import Comparison, Entry, Kind

WIDE, NARROW = 1000, 358
HEIGHT, TOP, BAR = 104, 46, 34
LEAST_CHANGED = 5.0
"""A section that differs at all is filled at least so high."""


@dataclass(frozen=True, slots=True)
class StripText:
    """The picture's name and its description in words, and the prefix of its ids."""

    title: str
    description: str
    prefix: str = "strip"


@dataclass(frozen=True, slots=True)
class _Box:
    entry: Entry
    x: float
    width: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def strip_svg(comparison: Comparison, width: int, text: StripText, css: str = "mirror") -> str:
    """The strip at one width; empty for a text without sections."""
    chapters = list(_chapters(comparison.entries))
    if not chapters:
        return ""
    rows = _lay_out(chapters, width)
    boxes = [box for row in rows for box in row]
    title_id, text_id = f"{text.prefix}-{width}-t", f"{text.prefix}-{width}-d"
    parts = [
        f'<svg class="{escape(css)}" viewBox="0 0 {width} {HEIGHT}" role="img" aria-labelledby="{title_id} '
        f'{text_id}">',
        f'<title id="{title_id}">{escape(text.title)}</title>',
        f'<desc id="{text_id}">{escape(text.description)}</desc>',
    ]
    for box in boxes:
        parts += _draw(box)
    parts += _arcs(boxes)
    last_end = 0.0
    for row in rows:
        label = _chapter_label(row)
        wide = 8.0 * len(label)
        x = min(row[0].x, width - wide)
        # A number that would stand on the one before it is left out.
        if label and x >= last_end:
            parts.append(f'<text x="{x:.1f}" y="100">{escape(label)}</text>')
            last_end = x + wide + 4
    return "".join(parts) + "</svg>"


def _chapters(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries in groups, each beginning with an outermost section."""
    outermost = min((entry.change.section.level for entry in entries), default=1)
    group: list[Entry] = []
    for entry in entries:
        if group and _level(entry) <= outermost:
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _level(entry: Entry) -> int:
    change = entry.change
    section = change.old if entry.stub and change.old else change.section
    return section.level


def _lay_out(chapters: list[list[Entry]], width: int) -> list[list[_Box]]:
    """Boxes side by side: widths by length, with a least one, and gaps that shrink where there are very
    many."""
    count = sum(len(chapter) for chapter in chapters)
    gap = min(3.0 if width > 500 else 2.0, width * 0.15 / count)
    chapter_gap = min(14.0 if width > 500 else 7.0, width * 0.15 / len(chapters))
    room = width - gap * (count - len(chapters)) - chapter_gap * (len(chapters) - 1)
    least = min(6.0, room / count / 2)
    lengths = [[_length(entry) for entry in chapter] for chapter in chapters]
    total = sum(sum(row) for row in lengths) or 1
    spare = room - least * count
    x = 0.0
    rows = []
    for chapter, row in zip(chapters, lengths, strict=True):
        boxes = []
        for entry, length in zip(chapter, row, strict=True):
            box_width = least + spare * length / total
            boxes.append(_Box(entry, x, box_width))
            x += box_width + gap
        x += chapter_gap - gap
        rows.append(boxes)
    return rows


def _length(entry: Entry) -> int:
    return max(entry.change.length, 10)


def _draw(box: _Box) -> Iterator[str]:
    change = box.entry.change
    yield _rect("s0", box.x, TOP, box.width, BAR)
    if box.entry.stub:
        yield (
            f'<rect x="{box.x + 1:.1f}" y="{TOP + 1}" width="{max(box.width - 2, 1):.1f}" height="{BAR - 2}" '
            f'rx="2" fill="none" class="sarc"/>'
        )
        return
    half = min(8.0, box.width * 0.33)
    middle = TOP + BAR / 2
    if change.kind is Kind.NEW:
        yield _rect("sa", box.x, TOP, box.width, BAR)
        yield (
            f'<path class="gl" d="M{box.middle:.1f} '
            f'{middle - half:.1f}v{half * 2:.1f}M{box.middle - half:.1f} {middle:.0f}h{half * 2:.1f}"/>'
        )
    elif change.kind is Kind.REMOVED:
        yield _rect("sd", box.x, TOP, box.width, BAR)
        yield f'<path class="gl" d="M{box.middle - half:.1f} {middle:.0f}h{half * 2:.1f}"/>'
    elif change.moved:
        yield _rect("sm", box.x, TOP, box.width, BAR)
    elif change.kind in (Kind.CHANGED, Kind.RETITLED):
        height = min(max(BAR * change.share, LEAST_CHANGED), BAR)
        yield _rect("sc", box.x, TOP + BAR - height, box.width, height)
    elif change.kind is Kind.FORMAT_ONLY:
        inset = min(3.0, box.width / 4)
        yield _rect("sf", box.x + inset, TOP + 3, box.width - 2 * inset, BAR - 6)


def _rect(css: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{css}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2"/>'


def _arcs(boxes: Sequence[_Box]) -> Iterator[str]:
    """From each place that a section left to the place where it is now."""
    now = {box.entry.change.uid: box for box in boxes if not box.entry.stub}
    for box in boxes:
        to = now.get(box.entry.change.uid)
        if not box.entry.stub or to is None:
            continue
        yield (
            f'<path class="sarc" d="M{box.middle:.1f} 44C{box.middle:.1f} 4 {to.middle:.1f} 4 '
            f'{to.middle:.1f} 38"/>'
            f'<path class="shead" d="M{to.middle - 7:.1f} 34h14l-7 10z"/>'
        )


def _chapter_label(row: Sequence[_Box]) -> str:
    """The chapter's number in few letters: "3" for "Chapter 3", "A" for "Annex A"."""
    label = row[0].entry.change.label
    short = label.split()[-1].rstrip(".") if label.split() else ""
    return short if len(short) <= 5 else ""
