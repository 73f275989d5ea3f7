"""The contents list of an edition, and its HTML for the rail and for the page of contents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from documents.choices import Translation
from documents.display.script import Convert
from documents.editions.text_storage import OutlineRow
from documents.text.direction import side_of_text, turn


@dataclass(frozen=True, slots=True)
class Entry:
    """A section in the contents list, as it is shown."""

    uid: str
    depth: int
    """1 for an outermost section, one more for each that it is in."""
    label: str
    heading: str
    state: Translation
    parent: str
    foreign: bool = False
    """Whether the heading is in the source language, for want of one in the language that is read."""

    @property
    def name(self) -> str:
        """Number and heading in one line."""
        return f"{self.label} {self.heading}".strip() or "…"


def entries(
    outline: Sequence[OutlineRow], convert: Convert, instead: Sequence[OutlineRow] = ()
) -> list[Entry]:
    """The outline as it is shown; ``instead``: that of the source, for sections without a text."""
    source = {row.uid: row for row in instead}
    found: list[Entry] = []
    above: list[tuple[int, str]] = []
    for row in outline:
        heading, label, foreign = convert(row.heading), convert(row.label), False
        if row.state == Translation.MISSING and row.uid in source:
            heading, foreign = source[row.uid].heading, True
            label = label or source[row.uid].label
        while above and above[-1][0] >= row.level:
            above.pop()
        parent = above[-1][1] if above else ""
        found.append(Entry(row.uid, len(above) + 1, label, heading, row.state, parent, foreign))
        above.append((row.level, row.uid))
    return found


def family(contents: Sequence[Entry], uid: str) -> tuple[list[Entry], list[Entry]]:
    """What a section is in, outermost first and without itself; and the sections right below it."""
    by_uid = {entry.uid: entry for entry in contents}
    above: list[Entry] = []
    step = by_uid[uid].parent
    while step:
        above.insert(0, by_uid[step])
        step = by_uid[step].parent
    return above, [entry for entry in contents if entry.parent == uid]


def folded(contents: Sequence[Entry], uid: str) -> list[Entry]:
    """For the rail next to one section: the outermost ones, and what is around and below that section."""
    above, _below = family(contents, uid)
    open_under = {"", uid, *(entry.uid for entry in above)}
    return [entry for entry in contents if entry.parent in open_under]


def as_html(
    contents: Iterable[Entry],
    url: Callable[[str], str],
    *,
    current: str = "",
    marks: Callable[[Entry], str] | None = None,
    foreign_lang: str = "",
) -> SafeString:
    """The list as nested ``<ol>``. ``marks`` gives HTML to put behind an entry's heading."""
    pieces: list[str] = []
    depth = 0
    for entry in contents:
        if entry.depth > depth:
            pieces.append('<ol role="list">')
        else:
            pieces.append("</li>" + "</ol></li>" * (depth - entry.depth))
        depth = entry.depth
        css = ' class="chap"' if depth == 1 else ""
        here = ' aria-current="page"' if entry.uid == current else ""
        heading = escape(entry.heading or ("" if entry.label else "…"))
        if entry.foreign:
            heading = f'<span lang="{escape(foreign_lang)}">{heading}</span>'
        turned = turn(side_of_text(entry.heading), False)
        mark = marks(entry) if marks else ""
        pieces.append(
            f'<li><a{css}{here} href="{escape(url(entry.uid))}">'
            f'<span class="num">{escape(entry.label)}</span><span{turned}>{heading}{mark}</span></a>'
        )
    if depth:
        pieces.append("</li></ol>" * depth)
    return mark_safe("".join(pieces))  # noqa: S308 - every text in it is escaped above
