"""The bookmarks of a text: which begin in it, and what stands in each from its beginning to its end."""

from __future__ import annotations

from collections.abc import Iterable

from documents.word.ns import Element, w
from documents.word.source_patch.atoms import LETTERS, NOTES, T, letters_in

P, BEGIN, END = w("p"), w("bookmarkStart"), w("bookmarkEnd")
NOTE = "\ufffc"
"""Stands for the sign of a note."""


class Places:
    """What they show as the text is at the moment at which this is made."""

    def __init__(self, pieces: Iterable[Element]) -> None:
        """``pieces``: the children of the body, as they come in the file."""
        self.begun: set[str] = set()
        self.whole: dict[str, tuple[int, int]] = {}
        """Where each of those that also end stands in the words."""
        opened: dict[str | None, list[tuple[str, int]]] = {}
        found: list[str] = []
        at = 0
        for piece in pieces:
            for node in piece.iter(BEGIN, END, P, T, *LETTERS, *NOTES):
                number = node.get(w("id"))
                if node.tag == BEGIN:
                    name = node.get(w("name")) or ""
                    self.begun.add(name)
                    opened.setdefault(number, []).append((name, at))
                elif node.tag == END:
                    if opened.get(number):
                        name, start = opened[number].pop()
                        self.whole.setdefault(name, (start, at))
                else:
                    found.append(_shown(node))
                    at += len(found[-1])
        self._text = "".join(found)

    def words(self, name: str) -> str | None:
        """The words in a bookmark, each paragraph on a line of its own; None for one that is not whole."""
        span = self.whole.get(name)
        return None if span is None else self._text[slice(*span)]


def _shown(node: Element) -> str:
    if node.tag == T:
        return letters_in(node)
    return "\n" if node.tag == P else NOTE if node.tag in NOTES else LETTERS[node.tag]
