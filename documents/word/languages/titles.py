"""The title of a translation's file: its own, or only its first heading, which was taken for one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.text import Section, SectionTree

APART = re.compile(r"[\W_]+")


def only_a_heading(read: SectionTree, uids: Sequence[str], source: SectionTree) -> bool:
    """Whether the title is the heading of a section of the file, and the source's title is not that
    section's. Such a title names a section and not the document. ``uids``: the sections of the source for
    which those of the file are, empty where for none."""
    for uid, section in zip(uids, read.sections, strict=True):
        if _named_by(section, read.title):
            original = source.by_uid.get(uid)
            return original is None or not _named_by(original, source.title)
    return False


def _named_by(section: Section, title: str) -> bool:
    return is_heading(title, section.text.label, section.text.heading)


def is_heading(title: str, label: str, heading: str) -> bool:
    """Whether a title is a section's heading, with its number or without."""
    return bool(_plain(heading)) and _plain(title) in (_plain(heading), _plain(f"{label} {heading}"))


def _plain(words: str) -> str:
    return APART.sub(" ", words).strip().casefold()
