"""One fact about a section that changed: its kind and what it carries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What a fact says; in brackets what it carries."""

    NEW = "new"  # count: words
    REMOVED = "removed"  # count: words
    MOVED_FROM = "moved_from"  # old, new: label or heading of the places
    MOVED_WITH = "moved_with"  # new: label or heading of what it stands in now
    SPLIT_FROM = "split_from"  # old: label or heading of the other section, and so on for the next three
    JOINED_INTO = "joined_into"  # new
    SPLIT_INTO = "split_into"  # new
    JOINED_FROM = "joined_from"  # old
    RETITLED = "retitled"  # old, new
    RENUMBERED = "renumbered"  # old, new
    STEPS_ADDED = "steps_added"  # count, and so on for all below but the limits
    STEPS_REMOVED = "steps_removed"
    LIMIT_SHORTENED = "limit_shortened"  # old, new
    LIMIT_LENGTHENED = "limit_lengthened"  # old, new
    LIMIT_CHANGED = "limit_changed"  # old, new: where it can't be told which is longer
    DATE_CHANGED = "date_changed"  # old, new
    DATES_CHANGED = "dates_changed"  # count: more than two
    RESPONSIBLE_CHANGED = "responsible_changed"  # old, new: who a step falls to
    TABLES_ADDED = "tables_added"
    TABLES_REMOVED = "tables_removed"
    ITEMS_ADDED = "items_added"
    ITEMS_REMOVED = "items_removed"
    LISTS_RENUMBERED = "lists_renumbered"  # count; old, new: a number of the first
    ROWS_ADDED = "rows_added"
    ROWS_REMOVED = "rows_removed"
    COLUMNS_ADDED = "columns_added"
    COLUMNS_REMOVED = "columns_removed"
    CELLS_CHANGED = "cells_changed"
    PARAGRAPHS_ADDED = "paragraphs_added"
    PARAGRAPHS_REMOVED = "paragraphs_removed"
    PARAGRAPHS_PARTED = "paragraphs_parted"
    PARAGRAPHS_JOINED = "paragraphs_joined"
    BLOCKS_MOVED = "blocks_moved"
    NOTES_ADDED = "notes_added"
    NOTES_REMOVED = "notes_removed"
    NOTES_CHANGED = "notes_changed"
    IMAGES_CHANGED = "images_changed"
    LINKS_ADDED = "links_added"  # of words that stayed, and so on for the next two
    LINKS_REMOVED = "links_removed"
    LINKS_CHANGED = "links_changed"  # one that leads elsewhere
    WORDS_CHANGED = "words_changed"
    LOOK_LOST = "look_lost"  # old: the mark ("bold")
    LOOK_GOT = "look_got"  # new: the mark
    LOOK_ONLY = "look_only"


NAMES = {
    FactKind.MOVED_FROM,
    FactKind.MOVED_WITH,
    FactKind.SPLIT_FROM,
    FactKind.SPLIT_INTO,
    FactKind.JOINED_FROM,
    FactKind.JOINED_INTO,
    FactKind.RETITLED,
}
"""Of these the words are names of sections."""


@dataclass(frozen=True, slots=True)
class Fact:
    kind: FactKind
    count: int = 0
    old: str = ""
    new: str = ""
