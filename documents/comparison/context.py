"""What two texts need to be compared: how words are folded, and which notes, images and sections are the
same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from marshal import dumps

from documents.comparison.inlines import Inlines, Json, Side
from documents.text.align import FoldingInterner, Interner
from documents.translation.scripts import to_latin, word_to_latin

# Private characters of the last plane stand for notes: those that both texts have, then those of one side
# alone.
NOTE_PAIR, NOTE_OLD, NOTE_NEW, NOTES = 0x100000, 0x105000, 0x10A000, 0x4FFF
# Those of the plane before it stand for images.
IMAGE, IMAGES = 0xF0000, 0xFFF0
STEP_TEXTS = ("title", "who", "limit")


@dataclass(frozen=True)
class Context:
    """One comparison. ``fold`` brings a word to the form in which it is compared, or is None."""

    fold: Callable[[str], str] | None = None
    vocabulary: Interner = field(default_factory=Interner)
    images: dict[tuple[str, str], str] = field(default_factory=dict)
    _inlines: dict[int, tuple[Json, Inlines]] = field(default_factory=dict)
    _bytes: dict[int, tuple[Json, bytes]] = field(default_factory=dict)

    @staticmethod
    def make(*, one_text_in_two_scripts: bool) -> Context:
        if not one_text_in_two_scripts:
            return Context()
        return Context(fold=to_latin, vocabulary=FoldingInterner(word_to_latin))

    def folded(self, text: str) -> str:
        return self.fold(text) if self.fold else text

    def bytes(self, node: Json) -> bytes:
        """Equal only for nodes that are equal to the last letter; made once, in C."""
        found = self._bytes.get(id(node))
        if found is None:
            # With the node, so that no other one can have its id.
            found = self._bytes[id(node)] = (node, dumps(node, 2))
        return found[1]

    def inlines(self, node: Json, side: Side) -> Inlines:
        """The content of a paragraph, a caption or an opaque block; made once."""
        found = self._inlines.get(id(node))
        if found is None or found[1].side is not side:
            content = content_of(node)
            found = self._inlines[id(node)] = (node, self.inlines_of(content, side))
        return found[1]

    def inlines_of(self, content: list[Json], side: Side) -> Inlines:
        return Inlines(content, side, self._character_of, self.vocabulary)

    def _character_of(self, node: Json, side: Side) -> str:
        """The character for a note or an image of one side."""
        attrs = node["attrs"]
        if node["type"] == "note":
            return side.notes.get(attrs["id"], chr(NOTE_PAIR + NOTES))
        key = (attrs["sha256"], attrs.get("alt", ""))
        if key not in self.images:
            self.images[key] = chr(IMAGE + len(self.images) % IMAGES)
        return self.images[key]

    def words(self, node: Json, side: Side) -> str:
        """The words of a node, one character each."""
        kind = node["type"]
        if kind in ("paragraph", "figure", "opaque"):
            return self.inlines(node, side).words
        inner = "".join([self.words(child, side) for child in node.get("content") or ()])
        if kind != "step":
            return inner
        attrs = node.get("attrs") or {}
        return "".join([self.string(attrs[name]) for name in STEP_TEXTS if attrs.get(name)]) + inner

    def string(self, text: str) -> str:
        """The words of a text, one character each."""
        return self.vocabulary.string(text.split())


def content_of(node: Json) -> list[Json]:
    if node["type"] == "opaque":
        text = (node.get("attrs") or {}).get("text")
        return [{"type": "text", "text": text}] if text else []
    return node.get("content") or []
