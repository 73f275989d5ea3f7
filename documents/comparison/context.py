"""What two texts need to be compared with each other: how words are folded, which notes and sections belong together."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.translation.scripts import to_latin, word_to_latin

Json = dict[str, Any]

# An address without a path is the same as with "/" for one (RFC 3986, 6.2.3): LibreOffice writes the one for the other.
_NO_PATH = re.compile(r"https?://[^/?#]+\Z", re.IGNORECASE)
# Private characters of the last plane stand for notes: those that both texts have, then those of one side alone.
NOTE_PAIR, NOTE_OLD, NOTE_NEW, NOTES = 0x100000, 0x105000, 0x10A000, 0x4FFF
# Those of the plane before it stand for images, and for words when whole texts are compared as strings of words.
IMAGE = 0xF0000
FIRST_WORD, SURROGATES, AFTER_SURROGATES = 0x100, 0xD800, 0xE000
LAST_CHARACTER = 0x10FFFF


class Interner(dict[Hashable, str]):
    """Gives each thing one character, so that rapidfuzz can compare sequences of things as strings."""

    def __missing__(self, thing: Hashable) -> str:
        number = FIRST_WORD + len(self)
        if number >= SURROGATES:
            number += AFTER_SURROGATES - SURROGATES
        # More different words than characters: no natural text has a million.
        character = self[thing] = chr(min(number, LAST_CHARACTER))
        return character

    def string(self, things: Iterable[Hashable]) -> str:
        return "".join(map(self.__getitem__, things))


class Folding(Interner):
    """The same for words of which several forms count as one; each form is folded once."""

    def __init__(self, fold: Callable[[str], str]) -> None:
        super().__init__()
        self.fold, self.folded = fold, Interner()

    def __missing__(self, thing: Hashable) -> str:
        character = self[thing] = self.folded[self.fold(str(thing))]
        return character


@dataclass(frozen=True)
class Side:
    """One of the two texts within a section: its notes by character, and its uids as the new text knows them."""

    notes: Mapping[str, str]
    uids: Mapping[str, str]


@dataclass(frozen=True)
class Context:
    """One comparison. ``fold`` brings a word to the form in which it is compared, or is None."""

    fold: Callable[[str], str] | None = None
    words: Interner = field(default_factory=Interner)
    nodes: Interner = field(default_factory=Interner)
    images: dict[tuple[str, str], str] = field(default_factory=dict)

    @staticmethod
    def make(*, one_text_in_two_scripts: bool) -> Context:
        return Context(fold=to_latin, words=Folding(word_to_latin)) if one_text_in_two_scripts else Context()

    def folded(self, text: str) -> str:
        return self.fold(text) if self.fold else text

    def word_string(self, words: Iterable[str]) -> str:
        """A string with one character a word, equal for equal words."""
        return self.words.string(words)

    def comparable(self, words: Sequence[str]) -> Sequence[Hashable]:
        """What a comparer is given for words, equal for equal ones: where no form is folded, the words themselves."""
        return self.words.string(words) if self.fold else words

    def character_of(self, side: Side) -> Callable[[Json], str]:
        """The character for a note or an image of one side."""

        def character(node: Json) -> str:
            attrs = node["attrs"]
            if node["type"] == "note":
                return side.notes.get(attrs["id"], chr(NOTE_PAIR + NOTES))
            key = (attrs["sha256"], attrs.get("alt", ""))
            if key not in self.images:
                self.images[key] = chr(IMAGE + len(self.images) % 0xFFF0)
            return self.images[key]

        return character


def mark_key(mark: Json, side: Side) -> tuple[str, str]:
    """What makes a mark equal to another: its type and where it leads."""
    attrs = mark.get("attrs")
    if not attrs:
        return (mark["type"], "")
    if "uid" in attrs:
        return (mark["type"], side.uids.get(attrs["uid"], attrs["uid"]))
    href = attrs["href"]
    return (mark["type"], f"{href}/" if _NO_PATH.match(href) else href)


def marks_key(node: Json, side: Side) -> tuple[tuple[str, str], ...]:
    marks = node.get("marks")
    return tuple(mark_key(mark, side) for mark in marks) if marks else ()


def signature(node: Json, side: Side, context: Context) -> Hashable:
    """A value that is equal for nodes that a reader takes for the same: Word's own XML and the ids of notes left out."""
    kind = node["type"]
    if kind == "text":
        return (context.folded(node["text"]), marks_key(node, side))
    attrs = node.get("attrs")
    if kind == "note" or kind == "image":
        return (kind, context.character_of(side)(node))
    listed = (
        tuple(sorted((key, _plain(value, context)) for key, value in attrs.items() if key != "ooxml"))
        if attrs
        else ()
    )
    content = node.get("content")
    return (kind, listed, tuple([signature(child, side, context) for child in content]) if content else ())


def _plain(value: Any, context: Context) -> Any:
    return context.folded(value) if context.fold and isinstance(value, str) else value
