"""What a program wrote anew by itself in a file that came back (:mod:`documents.word.editors.made_anew`) is nobody's change. Pure, knows
no Django."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz

from documents.suggestions.merge import with_line
from documents.text import Section, SectionTree
from documents.word.editors.made_anew import CONTROL, FIELD, heading_key
from documents.word.source_patch.cells import WORD, Cell, flatten
from documents.word.source_patch.leaves import leaves
from documents.word.source_patch.patching import inlines

Json = dict[str, Any]
LIKE = 60.0
"""From 100: below this, a line is not the one that was sent out."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word, or all that a field shows. ``open``: which of the cells have no look of their own to tell."""

    cells: Sequence[Cell]
    field: bool
    open: Sequence[bool]

    @property
    def said(self) -> str:
        return "".join(cell.text or cell.key for cell in self.cells)


def as_sent_where_anew(
    read: SectionTree, sent: SectionTree, signed: Mapping[str, Json], values: Collection[str]
) -> SectionTree:
    """A text of a file that came back, in which fields show what they showed when they were ``sent`` out, and words in content
    controls look as they looked. ``signed``: the blocks that have any, with their signs; ``values``: what the fields of the file
    that was sent out showed. What a person changed beside them stays."""
    if not signed:
        return read
    known = sent.by_uid
    sections = (_section(one, known[one.uid], signed, values) if one.uid in known else one for one in read)
    return replace(read, sections=tuple(sections))


def _section(section: Section, sent: Section, signed: Mapping[str, Json], values: Collection[str]) -> Section:
    body, was = section.text.body, sent.text.body
    lines = [line.cells for block in was["blocks"] for line in leaves(block)]
    blocks = []
    for block in body["blocks"]:
        with_signs = signed.get((block.get("attrs") or {}).get("ooxml", ""))
        for index, line in enumerate(leaves(with_signs) if with_signs is not None else ()):
            made = _line(line.cells, lines, values)
            block = with_line(block, index, inlines(made)) if made is not None else block
        blocks.append(block)
    heading = body["heading"]
    with_signs = signed.get(heading_key(heading))
    if with_signs is not None:
        made = _line(flatten(with_signs["content"]), [flatten(was["heading"])], values)
        heading = inlines(made) if made is not None else heading
    return replace(section, text=replace(section.text, body=body | {"heading": heading, "blocks": blocks}))


def _line(
    line: Sequence[Cell], lines: Sequence[Sequence[Cell]], values: Collection[str]
) -> list[Cell] | None:
    """The line without its signs, as it was sent out where that is nobody's; None where it has none, or was not sent out."""
    new = _pieces(line)
    if not any(piece.field or any(piece.open) for piece in new):
        return None
    said = "".join("" if piece.field else piece.said for piece in new)
    like = [(fuzz.ratio(said, "".join(cell.text or cell.key for cell in one)), one) for one in lines]
    best, was = max(like, key=lambda one: one[0], default=(0.0, []))
    if best < LIKE and not (new and all(piece.field for piece in new)):
        return None
    if best < LIKE:  # Nothing but a field: it is known by what it showed.
        was = next((one for one in lines if "".join(cell.text for cell in one).strip() in values), [])
    old = _pieces(was)
    a = [piece.said for piece in old]
    b = ["\0" if piece.field else piece.said for piece in new]
    made: list[Cell] = []
    for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        showed = [cell for piece in old[i:j] for cell in piece.cells]
        if op == "equal":
            for here, there in zip(new[k:m], old[i:j], strict=True):
                pairs = zip(here.cells, there.cells, here.open, strict=True)
                made += [_looking(cell, twin) if is_open else cell for cell, twin, is_open in pairs]
        elif m == k + 1 and new[k].field and "".join(cell.text for cell in showed) in values:
            made += showed
        else:
            made += [cell for piece in new[k:m] for cell in piece.cells]
    return made


def _looking(cell: Cell, twin: Cell) -> Cell:
    """A cell with the look of another one; links, which are no looks, stay."""
    links = [mark for mark in cell.node or [] if mark["type"] == "link"]
    theirs = [mark for mark in twin.node or [] if mark["type"] == "link"]
    return twin if cell.text == twin.text and links == theirs else cell


def _pieces(line: Sequence[Cell]) -> list[_Piece]:
    """The words of a line, without the signs."""
    made: list[_Piece] = []
    plain: list[tuple[Cell, bool]] = []
    field: list[Cell] | None = None
    is_open = False

    def finish() -> None:
        text = "".join(cell.text if cell.text and not cell.key else "\0" for cell, _ in plain)
        for match in WORD.finditer(text):
            part = plain[match.start() : match.end()]
            made.append(_Piece([cell for cell, _ in part], False, [one for _, one in part]))
        plain.clear()

    for cell in line:
        if cell.text == FIELD[0]:
            finish()
            field = []
        elif cell.text == FIELD[1]:
            made.append(_Piece(field or [], True, [False] * len(field or [])))
            field = None
        elif cell.text in CONTROL:
            is_open = cell.text == CONTROL[0]
        elif field is not None:
            field.append(cell)
        else:
            plain.append((cell, is_open))
    finish()
    return made
