"""The bookmarks by which a text of ours is known again in a Word file.

``kodeks_<uid>`` is at a section. Next to it, in files that Kodeks writes completely, is
``kodeks_at_<kind>_<level>_<n>_<state>``. In a document's own file, which has the ministry's look, it is
``kodeks_own_<kind>_<level>_<place>_<n>_<state>_<look>``. ``place`` is the role of the paragraph. ``h`` is the
heading, ``w`` a heading's words in a paragraph of their own. ``n`` is the first paragraph of a section
without a heading, ``t`` text that only looks like a heading. ``state`` is the start of the hash of the
written text. It ends with ``l`` where the heading begins with a typed number that its look does not show. It
ends with ``n`` where only words look like one. ``look`` is the level of the heading by its own look in the
file, 0 for text. Older files don't have it. ``kodeks_own_title_<n>`` marks each line of the title, which the
text leaves out. ``kodeks_own_title`` means that no other line is one. ``kodeks_own_line_<n>`` marks the lines
next to these. When lines are joined or deleted, a program moves the title's bookmark to them. Word keeps
names of up to 40 characters.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from documents.word.file.ns import Element, w

UID = re.compile(r"kodeks_([0-9a-f]{32})\Z")
AT = re.compile(
    r"kodeks_at_(chapter|section|article|step|annex)_(\d{1,2})_(?P<order>\d+)(?:_(?P<state>[0-9a-f]{8}))?\Z"
)
OWN = re.compile(
    r"kodeks_own_(chapter|section|article|step|annex)_(\d)_([hwnt])_(?P<order>\d+)_(?P<state>[0-9a-f]{8}|)(?P<typed>[ln])?(?:_(?P<look>\d))?\Z"
)
TITLE = re.compile(r"kodeks_own_title(?P<line>_\d+)?\Z")
LINE = re.compile(r"kodeks_own_line_\d+\Z")
TYPED, NONE_TYPED = "l", "n"
BOX = re.compile(r"kodeks_box_(step|callout|warn)_\d{1,9}\Z")
BEGIN, END = "kodeks_begin", "kodeks_end"
"""Mark on a ministry's template where the text begins and ends: around it are cover, contents, signatures."""
STATE_LENGTH = 8
START, NAME = w("bookmarkStart"), w("name")


@dataclass(frozen=True, slots=True)
class OwnMark:
    """What the bookmark of an own file says of the paragraph that it is in."""

    kind: str
    level: int
    place: str
    state: str
    typed: str = ""
    """Whether the heading begins with a typed number (``l``) or with words that look like one (``n``). Only
    where its look does not show it."""


def uid_name(uid: str) -> str:
    """The bookmark that carries a section's uid."""
    return "kodeks_" + uid.replace("-", "")


def own_name(mark: OwnMark, number: int, look: int | None = None) -> str:
    """The bookmark for ``mark``. ``number`` makes its name unique, ``look`` is the level of a heading by its
    look."""
    state = mark.state[:STATE_LENGTH] + mark.typed + ("" if look is None else f"_{look}")
    return f"kodeks_own_{mark.kind}_{mark.level}_{mark.place}_{number}_{state}"


def title_name(number: int | None = None) -> str:
    """The bookmark over a line of the title; without a number the one that marks that these lines are
    known."""
    return "kodeks_own_title" if number is None else f"kodeks_own_title_{number}"


def line_name(number: int) -> str:
    """The bookmark over a line next to the title."""
    return f"kodeks_own_line_{number}"


def title_paragraphs(root: Element) -> set[Element] | None:
    """The paragraphs that were lines of the title when an own file was written. None where no bookmark marks
    them."""
    found = [(node, match) for node in root.iter(START) if (match := TITLE.match(node.get(NAME) or ""))]
    lines = (next(node.iterancestors(w("p")), None) for node, match in found if match["line"])
    return {line for line in lines if line is not None and not _has_text(line)} if found else None


def _has_text(paragraph: Element) -> bool:
    """Whether a paragraph is a line of the text, or was joined to one."""
    return any(LINE.match(node.get(NAME) or "") for node in paragraph.iter(START))


def uid_of(names: Iterable[str]) -> str:
    """The uid that one of these bookmarks carries, or an empty text."""
    for name in names:
        match = UID.match(name)
        if match:
            return str(uuid.UUID(match.group(1)))
    return ""


def own_mark(names: Iterable[str]) -> OwnMark | None:
    """What a bookmark of an own file among these says."""
    for name in names:
        match = OWN.match(name)
        if match:
            return OwnMark(
                match.group(1), int(match.group(2)), match.group(3), match["state"], match["typed"] or ""
            )
    return None


def state_of(names: Iterable[str]) -> str:
    """The start of the hash of the text that a section was written with, where a bookmark says it."""
    for name in names:
        match = OWN.match(name) or AT.match(name)
        if match:
            return match["state"] or ""
    return ""


def look_of(names: Iterable[str]) -> int | None:
    """The level that a heading had by its look when the file was written, 0 as text. None where no bookmark
    has it."""
    for name in names:
        own, at = OWN.match(name), AT.match(name)
        if own and own.group(3) == "h" and own["look"]:
            return int(own["look"])
        if at:
            return min(int(at.group(2)), 9)
    return None


def without_heading(names: Iterable[str]) -> list[str]:
    """The bookmarks of a heading whose words are gone, as they are in a section without one."""
    return [name.replace("_h_", "_n_", 1) if OWN.match(name) else name for name in names]


def without_sections(names: Iterable[str]) -> list[str]:
    """The bookmarks that name no section of ours."""
    return [name for name in names if not (UID.match(name) or AT.match(name) or OWN.match(name))]


def is_ours(name: str) -> bool:
    """Whether a bookmark is one that Kodeks writes."""
    return name in (BEGIN, END) or bool(
        name.startswith("kodeks_box_")
        or TITLE.match(name)
        or LINE.match(name)
        or UID.match(name)
        or AT.match(name)
        or OWN.match(name)
    )
