"""Changes of words in a line that are one: with nothing but blanks between them, and of a number in words with its figures in brackets
behind it. Pure, knows no Django."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.word.source_patch.cells import Cell, Edit

FIGURES = re.compile(r"\W*\d[\d.,/]*\W*")
TO_BRACKET = re.compile(r"(\W?\w+){0,3}\W*\(\W*")
"""Between a word of a number and its figures: the other words of that number ("twenty-five (25)")."""
BETWEEN = re.compile(r"\W*(\w+\W+)?")
"""Between two words of a number: another word at most."""


def joined_edits(found: Sequence[Edit], cells: Sequence[Cell]) -> list[Edit]:
    """The edits of a line, those that are one put together. Of "six (6) months" either alone would leave "three (6)" in a law."""
    made: list[Edit] = []
    for edit in found:
        if made and not _said(cells[made[-1].end : edit.start]).strip():
            made[-1] = _both(made[-1], edit, cells)
        else:
            made.append(edit)
    numbers: list[Edit] = []
    for edit in made:
        if numbers and _are_figures(edit, cells) and _to_figures(numbers[-1], edit, cells):
            edit = _both(numbers.pop(), edit, cells)
            while numbers and _is_word(numbers[-1], cells) and _only_words(numbers[-1], edit, cells):
                edit = _both(numbers.pop(), edit, cells)
        numbers.append(edit)
    return numbers


def _both(first: Edit, last: Edit, cells: Sequence[Cell]) -> Edit:
    return Edit(first.start, last.end, [*first.cells, *cells[first.end : last.start], *last.cells])


def _are_figures(edit: Edit, cells: Sequence[Cell]) -> bool:
    old, new = _said(cells[edit.start : edit.end]), _said(edit.cells)
    return any((old, new)) and all(FIGURES.fullmatch(said) for said in (old, new) if said.strip())


def _to_figures(words: Edit, figures: Edit, cells: Sequence[Cell]) -> bool:
    """Whether a bracket opens between a word and the figures, and no more than the rest of the number stands before it."""
    if not _is_word(words, cells):
        return False
    start = re.match(r"\W*", _said(cells[figures.start : figures.end]) or _said(figures.cells))
    between = _said(cells[words.end : figures.start]) + (start.group() if start else "")
    return TO_BRACKET.fullmatch(between) is not None


def _only_words(first: Edit, last: Edit, cells: Sequence[Cell]) -> bool:
    return BETWEEN.fullmatch(_said(cells[first.end : last.start])) is not None


def _is_word(edit: Edit, cells: Sequence[Cell]) -> bool:
    """Whether it changes one word into another, neither of them figures."""
    said = _said(cells[edit.start : edit.end]).split(), _said(edit.cells).split()
    return all(0 < len(words) <= 4 and not any(map(str.isdigit, "".join(words))) for words in said)


def _said(cells: Sequence[Cell]) -> str:
    """Their letters; what is none as a sign that no word has."""
    return "".join(cell.text or "\ufffc" for cell in cells)
