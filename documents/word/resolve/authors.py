"""The tracked changes of one author: those of all others are put aside while these are resolved."""

from __future__ import annotations

from documents.word.ns import Element, w
from documents.word.resolve.ranges import MOVES, WRAPPED_BEFORE, WRAPPED_LATER

AUTHOR, ID = w("author"), w("id")
KEPT_TEXT = (w("delText"), w("delInstrText"))
RANGE_ENDS = tuple(w(f"{name}End") for name in (*MOVES, *WRAPPED_BEFORE, *WRAPPED_LATER))
ASIDE = "{urn:kodeks:aside}"


def put_aside(root: Element, author: str) -> list[tuple[Element, str]]:
    """Gives the tracked changes of other authors, and the deleted words in them, names that nobody knows;
    what gives them back is (element, name)."""
    names: list[tuple[Element, str]] = []
    others = [
        node
        for node in root.iter("{*}*")
        if node.get(AUTHOR) not in (None, author) and node.tag != w("comment")
    ]
    ids = {node.get(ID) for node in others}
    ends = [node for node in root.iter(*RANGE_ENDS) if node.get(ID) in ids]
    texts = [text for node in others for text in node.iter(*KEPT_TEXT)]
    for node in {id(node): node for node in (*others, *ends, *texts)}.values():
        names.append((node, str(node.tag)))
        node.tag = ASIDE + str(node.tag).rpartition("}")[2]
    return names


def give_back(names: list[tuple[Element, str]]) -> None:
    for node, name in names:
        node.tag = name
