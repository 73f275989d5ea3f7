"""Indents and other measures, which Word writes in twentieths of a point, or with a unit."""

from __future__ import annotations

from documents.word.ns import Element, number, w

UNITS = {"pt": 20.0, "in": 1440.0, "cm": 1440 / 2.54, "mm": 144 / 2.54, "pc": 240.0, "pi": 240.0}

LEFT, START, HANGING, FIRST_LINE = w("left"), w("start"), w("hanging"), w("firstLine")


def read_indent(node: Element | None) -> tuple[int | None, int | None]:
    """Left indent and hanging (negative first line) that a ``w:ind`` says, in twentieths of a point, None
    where nothing is said."""
    if node is None:
        return None, None
    left = node.get(LEFT) or node.get(START)
    hanging = node.get(HANGING)
    first = node.get(FIRST_LINE)
    return (
        None if left is None else twips(left, -30000),
        twips(hanging, 0) if hanging is not None else (0 if first is not None else None),
    )


def twips(text: str, low: int) -> int:
    """A measure in twentieths of a point; Word's strict form writes "36pt"."""
    unit = UNITS.get(text[-2:])
    if unit is None:
        return number(text, 0, low, 30000)
    try:
        return max(low, min(30000, round(float(text[:-2]) * unit)))
    except (ValueError, OverflowError):
        return 0
