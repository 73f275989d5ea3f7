"""Formulas in one line, as one types them: a fraction with its stroke, a power with its sign (ECMA-376 part 1, 22.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from documents.docx.ns import Element, M, w

NAMES = f"{{{M}}}"
SIMPLE = re.compile(r"[\w.,%°′″]*")
BARE = re.compile(r"[°′″*†‡]+")
"""Signs that stand raised as they are: a degree is no power."""
INTEGRAL, BEGIN, END, BETWEEN, HAT = "∫", "(", ")", "|", "\u0302"


def linear(node: Element, gone: Collection[Element] = ()) -> str:
    """The words of a formula in reading order, without the text nodes in ``gone``."""

    def inner(part: Element | None) -> str:
        return "".join(map(one, part)) if part is not None else ""

    def child(of: Element, name: str) -> str:
        return inner(of.find(NAMES + name))

    def several(of: Element, name: str, between: str) -> str:
        return between.join(inner(part) for part in of.iterchildren(NAMES + name))

    def said(of: Element, name: str, default: str) -> str:
        found = of.find(f"{NAMES}{of.tag.removeprefix(NAMES)}Pr/{NAMES}{name}")
        return default if found is None else (found.get(NAMES + "val") or "")

    def fraction(of: Element) -> str:
        stroke = "¦" if said(of, "type", "bar") == "noBar" else "/"
        return _held(child(of, "num")) + stroke + _held(child(of, "den"))

    def root(of: Element) -> str:
        return child(of, "deg") + "√" + (_held(child(of, "e")) or "( )")

    def limits(of: Element) -> str:
        return _low(child(of, "sub")) + _high(child(of, "sup"))

    def delimited(of: Element) -> str:
        return (
            said(of, "begChr", BEGIN)
            + several(of, "e", said(of, "sepChr", BETWEEN))
            + said(of, "endChr", END)
        )

    kinds: dict[str, Callable[[Element], str]] = {
        "f": fraction,
        "rad": root,
        "d": delimited,
        "sSup": lambda of: child(of, "e") + limits(of),
        "sSub": lambda of: child(of, "e") + limits(of),
        "sSubSup": lambda of: child(of, "e") + limits(of),
        "sPre": lambda of: limits(of) + child(of, "e"),
        "nary": lambda of: said(of, "chr", INTEGRAL) + limits(of) + " " + child(of, "e"),
        "func": lambda of: f"{child(of, 'fName')} {child(of, 'e')}",
        "limLow": lambda of: child(of, "e") + _low(child(of, "lim")),
        "limUpp": lambda of: child(of, "e") + _high(child(of, "lim")),
        "acc": lambda of: child(of, "e") + said(of, "chr", HAT),
        "eqArr": lambda of: several(of, "e", "; "),
        "m": lambda of: "; ".join(several(row, "e", ", ") for row in of.iterchildren(NAMES + "mr")),
    }

    def one(part: Element) -> str:
        if part.tag in (NAMES + "t", w("t")):
            return "" if part in gone else part.text or ""
        if not isinstance(part.tag, str) or part.tag.endswith("Pr"):
            return ""
        kind = kinds.get(part.tag.removeprefix(NAMES)) if part.tag.startswith(NAMES) else None
        return kind(part) if kind is not None else inner(part)

    return one(node)


def _held(text: str) -> str:
    """Held together by brackets where it is more than one number or name."""
    return text if SIMPLE.fullmatch(text) or _bracketed(text) else f"({text})"


def _bracketed(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == BEGIN) - (sign == END)
        if not depth:
            return text[0] == BEGIN and place == len(text) - 1
    return False


def _low(text: str) -> str:
    return f"_{_held(text)}" if text else ""


def _high(text: str) -> str:
    return text if BARE.fullmatch(text) else f"^{_held(text)}" if text else ""
