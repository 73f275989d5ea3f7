"""What is left out of a redacted edition: each place, with its ground and its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.actions.redact import note
from documents.editions.text_storage import load_tree
from documents.pages.edition.page import EditionPage
from documents.text import SectionTree, body_text, inline_text


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The places of a section that were left out for the same reason."""

    name: str
    url: str
    is_whole: bool
    count: int
    ground: str
    reason: str
    """In the language of the text; empty where it was written for another one."""


def left_out(page: EditionPage, to: Callable[[str], str]) -> list[LeftOut]:
    """In the order of the text that is read; empty for what is no redacted edition. It is found by the notes
    in that text: of the original nothing is read for the public. ``to`` gives the address of a section."""
    if not page.instrument.redacts_id:
        return []
    language = page.text.language
    tree = load_tree(page.edition, language)
    convert = page.text.script.convert
    marks = page.edition.redaction.marks.exclude(end=0)
    notes = {note(mark, tree): mark for mark in reversed(marks)}
    return [
        LeftOut(
            name=convert(_without_notes(name, notes)),
            url=url,
            is_whole=text == one,
            count=text.count(one),
            ground=mark.get_ground_display(),
            reason=convert(mark.words) if mark.language == language else "",
        )
        for name, url, text in _texts(tree, to)
        for one, mark in sorted(notes.items(), key=lambda found: text.find(found[0]))
        if one in text
    ]


def _texts(tree: SectionTree, to: Callable[[str], str]) -> list[tuple[str, str, str]]:
    """The title and each section: its name, its address and its text."""
    return [(_("Title"), "", tree.title)] + [
        (
            f"{section.text.label} {inline_text(section.text.body['heading'])}".strip(),
            to(section.uid),
            body_text(section.text.body, heading=True).strip(),
        )
        for section in tree
    ]


def _without_notes(name: str, notes: Iterable[str]) -> str:
    for one in notes:
        name = name.replace(one, "[…]")
    return name
