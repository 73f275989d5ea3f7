"""Find words in a text and replace them where they are within one run, so that marks and notes stay."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

from documents.text.extraction import body_lines
from documents.text.replace_words import FIXED, Piece, lines_of, piece_length
from documents.text.schema import normalise_body
from documents.text.types import Body, Json

CONTEXT = 60


@dataclass(frozen=True)
class Query:
    """What is looked for. A blank stands for any blanks: a text from Word has many that don't break."""

    find: str
    whole_words: bool = False
    match_case: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        words = unicodedata.normalize("NFC", self.find).split()
        found = r"\s+".join(map(re.escape, words)) or r"(?!)"
        if self.whole_words:
            found = rf"(?<!\w)(?:{found})(?!\w)"
        return re.compile(found, 0 if self.match_case else re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place, by its number in the text. ``by_hand``: it runs over formatting, a note, a line break or an
    opaque part from Word."""

    number: int
    before: str
    found: str
    after: str
    by_hand: bool


def find(body: Json, query: Query) -> list[Hit]:
    """Every place, in the order of the text: the heading, the blocks, the notes."""
    hits: list[Hit] = []
    for text, start, pieces in _lines(body):
        for match in query.pattern.finditer(text):
            first, last = match.span()
            hits.append(
                Hit(
                    len(hits),
                    text[max(0, first - CONTEXT) : first],
                    match[0],
                    text[last : last + CONTEXT],
                    _run(pieces, start + first, start + last) is None,
                )
            )
    return hits


def replace(body: Json, query: Query, wanted: Collection[int], words: str) -> Body:
    """The body with ``words`` in the wanted places; those to be done by hand stay as they are."""
    made = deepcopy(body)
    number = 0
    for text, start, pieces in _lines(made):
        matches = list(query.pattern.finditer(text))
        for offset, match in reversed(list(enumerate(matches))):
            run = _run(pieces, start + match.start(), start + match.end())
            if run is not None and number + offset in wanted:
                begins, holder, member = run
                old: str = holder[member]
                at, end = start + match.start() - begins, start + match.end() - begins
                holder[member] = old[:at] + words + old[end:]
        number += len(matches)
    return normalise_body(made)


def _lines(body: Json) -> Iterator[tuple[str, int, list[Piece]]]:
    lines = zip(body_lines(body, heading=True), list(lines_of(body)), strict=True)
    for text, (start, pieces) in lines:
        yield text, start, pieces


def _run(pieces: list[Piece], start: int, end: int) -> Piece | None:
    """The run of text that has the whole place; None where it is more than one, or none."""
    for piece in pieces:
        begins, holder, member = piece
        if begins <= start and end <= begins + piece_length(holder, member):
            return piece if member != FIXED else None
    return None
