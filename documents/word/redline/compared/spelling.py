"""What programs spell each in its own way with the same meaning: blanks between elements, and switches (on or
off).

Spelled one way before two files are compared. Else nearly every word of a file from another program would
count as changed in look.
"""

from __future__ import annotations

import re

from documents.word.file.ns import VAL, Element, is_on, w
from documents.word.file.refusal import Refused
from documents.word.redline.compared.comparand import Comparand

SPELLINGS = {"true": "1", "on": "1", "false": "0", "off": "0"}
SWITCHES = (
    *("b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss"),
    *("imprint", "noProof", "snapToGrid", "vanish", "webHidden", "rtl", "cs", "specVanish", "oMath"),
    *("keepNext", "keepLines", "pageBreakBefore", "widowControl", "suppressLineNumbers"),
    *("suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE"),
    *("autoSpaceDN", "bidi", "adjustRightInd", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
    *("cantSplit", "tblHeader", "hidden", "noWrap", "tcFitText", "hideMark", "bidiVisual", "formProt"),
    *("noEndnote", "titlePg", "rtlGutter", "isLgl"),
)  # fmt: skip
"""The elements that are on where they stand and say no value."""
SWITCHED = ("spacing", "tblLook", "cnfStyle", "cols", "lvl")
"""The elements with attributes that are on or off, and none with words."""
SWITCH = re.compile(rb":(?:" + b"|".join(name.encode() for name in SWITCHES) + rb")\s+\w+:val\s*=")
SPELLED = re.compile(rb"=\s*[\"'](?:true|false|on|off)[\"']", re.IGNORECASE)
BETWEEN = re.compile(rb"[^?]>\s+<\w")
W, BLANKS = w(""), " \t\r\n"
TEXTS = frozenset(w(name) for name in ("t", "delText", "instrText", "delInstrText"))


def settle_spelling(side: Comparand) -> None:
    """Spells all that is compared of a file one way."""
    for name in (*side.file.stories(), *side.file.looks()):
        data = side.file.package.read(name)
        wide = b"\x00" in data[:200]
        blanks = wide or BETWEEN.search(data)
        switches = wide or SWITCH.search(data) or SPELLED.search(data)
        if not (blanks or switches):
            continue
        try:
            root = side.file.root(name)
        except Refused:
            continue  # Who needs the part refuses it.
        if blanks:
            _drop_blanks(root)
        if switches:
            _settle_switches(root)


def _drop_blanks(root: Element) -> None:
    """Takes out the blanks between elements, which no program shows; those in words stay."""
    for node in root.iter("*"):
        if node.tail and not node.tail.strip(BLANKS):
            node.tail = None
        if node.text and not node.text.strip(BLANKS) and (len(node) or _is_empty(node)):
            node.text = None


def _is_empty(node: Element) -> bool:
    """Whether an element that has no other one in it holds no words either, whatever is in it."""
    return str(node.tag).startswith(W) and node.tag not in TEXTS


def _settle_switches(root: Element) -> None:
    for node in root.iter(*(w(name) for name in SWITCHES)):
        if node.get(VAL) is not None:
            if is_on(node):
                del node.attrib[VAL]
            else:
                node.set(VAL, "0")
    for node in root.iter(*(w(name) for name in SWITCHED)):
        for key, value in node.attrib.items():
            node.set(key, SPELLINGS.get(str(value).lower(), str(value)))
