"""What a Word file would do to a draft that has a text already."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.comparison.context import Context
from documents.comparison.sections.match import match_sections
from documents.text import SectionTree, text_hash
from documents.text.block_keys import keyed_blocks, with_links_of, without_word
from documents.word.languages.align import with_uids


@dataclass(frozen=True, slots=True)
class Replacement:
    """Sections whose text stays word for word, is changed, comes new, goes. ``removed`` names those that go;
    ``expected`` stands for the text that was there when this was counted."""

    kept: int
    changed: int
    added: int
    removed: tuple[str, ...]
    expected: str


class WouldReplace(ActionError):
    """The draft has a text, and nobody has agreed that the file may replace it. Nothing was stored."""

    def __init__(self, replacement: Replacement) -> None:
        super().__init__(
            _(
                "The draft already has text. With this file, sections: %(kept)d unchanged, "
                "%(changed)d changed, %(added)d new, %(removed)d removed. Nothing is saved yet."
            )
            % {
                "kept": replacement.kept,
                "changed": replacement.changed,
                "added": replacement.added,
                "removed": len(replacement.removed),
            }
        )
        self.replacement = replacement


def reuse_uids(old: SectionTree, new: SectionTree) -> tuple[SectionTree, Replacement]:
    """The new text with the uids of the old one for equal sections, and the effect on the old text. Comments,
    assignments and references depend on the uids."""
    pairs = match_sections(old, new, Context.make(one_text_in_two_scripts=False))
    uids = {new.sections[j].uid: old.sections[i].uid for i, j in pairs.items()}
    sections = tuple(
        replace(
            section,
            uid=uids.get(section.uid, section.uid),
            text=replace(section.text, body=with_uids(section.text.body, uids)),
        )
        for section in new.sections
    )
    tree = replace(new, sections=sections)
    same = sum(_same(old.sections[i].text.body, sections[j].text.body) for i, j in pairs.items())
    removed = tuple(
        " ".join(filter(None, [section.text.label, section.text.heading])) or "–"
        for i, section in enumerate(old.sections)
        if i not in pairs
    )
    return tree, Replacement(
        same, len(pairs) - same, len(sections) - len(pairs), removed, fingerprint_of(old)
    )


def _same(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether a reader sees the same text, whatever Word's XML and the spelling of links."""
    known = with_links_of(new, old)
    if without_word(old["heading"]) != without_word(known["heading"]):
        return False
    return [key for key, _ in keyed_blocks(old)] == [key for key, _ in keyed_blocks(known)]


def fingerprint_of(tree: SectionTree) -> str:
    """A mark of an outline and its texts."""
    lines = (f"{section.uid} {section.level} {text_hash(section.text.body)}" for section in tree.sections)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
