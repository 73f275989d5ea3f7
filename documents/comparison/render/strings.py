"""The words that drawings of a comparison need, in English; a drawing in another language passes others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from documents.comparison.model import Comparison
from documents.text import Section, shortened

MARKS = {
    "bold": "bold",
    "italic": "italic",
    "underline": "underlined",
    "strike": "struck through",
    "superscript": "raised",
    "subscript": "lowered",
    "link": "a link",
    "xref": "a link",
}
FIELDS = {
    "title": "Step",
    "who": "Who",
    "limit": "Time limit",
    "alt": "Description of the image",
    "style": "paragraph style",
    "ordered": "list numbering",
    "numbers": "list numbering",
    "tone": "box type",
    "header": "table header",
    "colspan": "cell width",
    "rowspan": "cell height",
    "sha256": "image",
    "kind": "kind",
}


def _unchanged(count: int) -> str:
    return f"{count} unchanged paragraph{'s' if count != 1 else ''}"


@dataclass(frozen=True)
class Places:
    """Targets of references: the names of the sections of the ``old`` and ``new`` text, by uid. ``now`` gives
    the present one of an old one."""

    old: Mapping[str, str]
    new: Mapping[str, str]
    now: Mapping[str, str]


def places_in(comparison: Comparison) -> Places:
    """The sections of both texts by label and title."""
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    now: dict[str, str] = {}
    for change in comparison.sections:
        if change.old is not None:
            old[change.old.uid] = _named(change.old)
            if change.new is not None:
                now[change.old.uid] = change.new.uid
        if change.new is not None:
            new[change.new.uid] = _named(change.new)
    return Places(old, new, now)


def _named(section: Section) -> str:
    # Of a clause the heading can be its whole text.
    return f"{section.text.label} {shortened(section.text.heading)}".strip()


@dataclass(frozen=True)
class Strings:
    """``lang`` is the language of these words, ``unchanged`` says how many paragraphs are folded. ``was`` and
    ``now`` have one place, ``{mark}``. ``image_url`` gives the address of an image by its SHA-256, or images
    are drawn as their descriptions."""

    was: str = "was {mark}"
    now: str = "now {mark}"
    link_was: str = "link was {target}"
    link_now: str = "link now {target}"
    changed_look: str = "look changed: {field}"
    moved_here: str = "moved here, unchanged"
    moved_changed: str = "moved here"
    moved_away: str = "moved to another place in this section"
    parted: str = "a new paragraph begins here"
    joined: str = "a paragraph ended here"
    taken: str = "from another section"
    taken_changed: str = "from another section, changed"
    given: str = "this part is now in another section"
    nothing_before: str = "no text before"
    nothing_after: str = "no text any more"
    image: str = "Image"
    image_replaced: str = "the image was replaced"
    table: str = "Table"
    note: str = "Note {number}"
    notes: str = "Notes"
    opaque: str = "An object from Word"
    old: str = "Before"
    new: str = "After"
    lang: str = "en"
    unchanged: Callable[[int], str] = _unchanged
    marks: Mapping[str, str] = field(default_factory=lambda: MARKS)
    fields: Mapping[str, str] = field(default_factory=lambda: FIELDS)
    image_url: Callable[[str], str] | None = None
    places: Places = field(default_factory=lambda: Places({}, {}, {}))
