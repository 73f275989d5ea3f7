"""Formulas in one line, as one types them: a fraction with its stroke, a power raised (ECMA-376 part 1,
22.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from documents.word.file.ns import OFF, Element, M, w

NAMES = f"{{{M}}}"
SIMPLE = re.compile(r"[\w.,%°′″]*")
BARE = re.compile(r"[°′″*†‡]+")
"""Signs that are raised as they are: a degree is no power."""
HIGH, LOW = "superscript", "subscript"
SWITCHES = {
    "phant": {"e": ("show", False)},
    "rad": {"deg": ("degHide", True)},
    "nary": {"sub": ("subHide", True), "sup": ("supHide", True)},
}
"""By the kind of a formula's part, what in it is not shown, where which switch says what."""
Piece = tuple[str, str]
"""Words, and whether they are raised or lowered."""
INTEGRAL, BEGIN, END, BETWEEN, HAT = "∫", "(", ")", "|", "\u0302"


def linear(node: Element, left_out: Collection[Element] = ()) -> list[Piece]:
    """The words of a formula in reading order, without the text nodes in ``left_out``. Raised and lowered
    words are marked."""

    def inner(part: Element | None) -> list[Piece]:
        return [piece for child in part for piece in one(child)] if part is not None else []

    def child(of: Element, name: str) -> list[Piece]:
        return inner(of.find(NAMES + name))

    def several(of: Element, name: str, between: str) -> list[Piece]:
        parts = [inner(part) for part in of.iterchildren(NAMES + name)]
        return [piece for at, part in enumerate(parts) for piece in ([(between, "")] if at else []) + part]

    def property_value(of: Element, name: str, default: str) -> list[Piece]:
        found = of.find(f"{NAMES}{of.tag.removeprefix(NAMES)}Pr/{NAMES}{name}")
        return [(default if found is None else found.get(NAMES + "val") or "", "")]

    def fraction(of: Element) -> list[Piece]:
        stroke = "¦" if property_value(of, "type", "bar") == [("noBar", "")] else "/"
        return [*_in_brackets(child(of, "num")), (stroke, ""), *_in_brackets(child(of, "den"))]

    def limits(of: Element) -> list[Piece]:
        return _set(child(of, "sub"), LOW) + _set(child(of, "sup"), HIGH)

    def delimited(of: Element) -> list[Piece]:
        between = property_value(of, "sepChr", BETWEEN)[0][0]
        return (
            property_value(of, "begChr", BEGIN)
            + several(of, "e", between)
            + property_value(of, "endChr", END)
        )

    def matrix(of: Element) -> list[Piece]:
        rows = [several(row, "e", ", ") for row in of.iterchildren(NAMES + "mr")]
        return [piece for at, row in enumerate(rows) for piece in ([("; ", "")] if at else []) + row]

    kinds: dict[str, Callable[[Element], list[Piece]]] = {
        "f": fraction,
        "rad": lambda of: [*_set(child(of, "deg"), HIGH), ("√", ""), *_in_brackets(child(of, "e"))],
        "d": delimited,
        "sSup": lambda of: child(of, "e") + limits(of),
        "sSub": lambda of: child(of, "e") + limits(of),
        "sSubSup": lambda of: child(of, "e") + limits(of),
        "sPre": lambda of: limits(of) + child(of, "e"),
        "nary": lambda of: property_value(of, "chr", INTEGRAL) + limits(of) + child(of, "e"),
        "func": lambda of: [*child(of, "fName"), (" ", ""), *child(of, "e")],
        "limLow": lambda of: child(of, "e") + _set(child(of, "lim"), LOW),
        "limUpp": lambda of: child(of, "e") + _set(child(of, "lim"), HIGH),
        "acc": lambda of: child(of, "e") + property_value(of, "chr", HAT),
        "eqArr": lambda of: several(of, "e", "; "),
        "m": matrix,
    }

    def one(part: Element) -> list[Piece]:
        if part.tag in (NAMES + "t", w("t")):
            return [] if part in left_out else [(part.text or "", "")]
        if not isinstance(part.tag, str) or part.tag.endswith("Pr"):
            return []
        kind = kinds.get(part.tag.removeprefix(NAMES)) if part.tag.startswith(NAMES) else None
        return kind(part) if kind is not None else inner(part)

    return [piece for piece in one(node) if piece[0]]


def unseen(node: Element) -> Iterator[Element]:
    """The parts of a formula that contain words and are not shown. These are mere spacing (22.1.2.81), and
    the hidden degree of a root or limits of a sum."""
    for part in node.iter(*(NAMES + kind for kind in SWITCHES)):
        kind = part.tag.removeprefix(NAMES)
        for name, (switch, when) in SWITCHES[kind].items():
            found = part.find(f"{NAMES}{kind}Pr/{NAMES}{switch}")
            on = found is not None and (found.get(NAMES + "val") or "1").lower() not in OFF
            inner = part.find(NAMES + name)
            if found is not None and on == when and inner is not None:
                yield inner


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone."""
    return "".join(text for text, _ in pieces)


def _in_brackets(pieces: list[Piece]) -> list[Piece]:
    """Put brackets around more than one number or name."""
    text = plain(pieces)
    return pieces if SIMPLE.fullmatch(text) or _bracketed(text) else [(BEGIN, ""), *pieces, (END, "")]


def _bracketed(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == BEGIN) - (sign == END)
        if not depth:
            return text[0] == BEGIN and place == len(text) - 1
    return False


def _set(pieces: list[Piece], where: str) -> list[Piece]:
    """Raised or lowered, all of it; a sign that is raised by itself stays as it is."""
    return pieces if BARE.fullmatch(plain(pieces)) else [(text, where) for text, _ in pieces]
