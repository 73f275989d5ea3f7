"""Numbers that say where a thing stands and not which it is: typed at the start of a paragraph or alone in a row's first cell
("(2)", "3.1.", "4"), or counted before an item. One that is put in or taken out gives all behind it another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]

_CHAIN = r"\d{1,3}(?:\.\d{1,3})*"
_TYPED = re.compile(
    rf"\s*(?:[(\[]?(?:{_CHAIN}|[^\W\d_])[)\]]|{_CHAIN}\.|\d{{1,3}}(?:\.\d{{1,3}})+)[\s\u00a0]+(?=\S)"
)
_FIRST_CELL = re.compile(rf"\s*[(\[]?{_CHAIN}[)\].]?\s*\n(?=\s*\S)")
_LEAD = re.compile(r"(?<!\w)(?:(?:\d{1,3}|[^\W\d_])\.)+(?=\w)")


def number_and_words(kind: str, text: str) -> tuple[str, str]:
    """The running number that the text of a node of this type begins with, empty where it has none, and the rest."""
    found = (_FIRST_CELL if kind == "row" else _TYPED).match(text)
    return (found.group().strip(), text[found.end() :]) if found else ("", text)


def labels_follow(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the items of two lists with these labels are counted alike, so that one with another number only stands at another
    place. Of a number such as "2.1." only the last part is looked at: the rest is that of the item in which the list stands."""
    return all(_LEAD.sub("", one) == _LEAD.sub("", other) for one, other in zip(old, new, strict=False))


def label_of(node: Json) -> str:
    return (node.get("attrs") or {}).get("label") or ""


def without_label(node: Json) -> Json:
    attrs = node.get("attrs")
    if node["type"] != "item" or not attrs or "label" not in attrs:
        return node
    return {**node, "attrs": {name: value for name, value in attrs.items() if name != "label"}}
