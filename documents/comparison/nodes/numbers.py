"""Lists whose items have other numbers than they had, told once for the list: "2.1.", "2.2." that are "9.1.", "9.2.", or "a)", "b)".

Numbers that only run on are none: those behind an item that came or went, and those of a list whose item or section got another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from documents.comparison.context import Context
from documents.comparison.model import FieldChange, NodeChange
from documents.comparison.nodes.running import label_of, labels_follow

Json = dict[str, Any]
Renumbered = tuple[str, str]

NUMBERS = "numbers"
"""The name of the field of a list that holds the first of its numbers that is another one."""
_LETTER = re.compile(r"\W*[^\W\d_]\W*\Z")
_NUMBER = re.compile(r"\w+(?:\.\w+)*(?=\W*\Z)")


def other_numbers(
    old: Json, new: Json, items: Sequence[NodeChange], context: Context
) -> tuple[FieldChange, ...]:
    """What is told of a list whose items have other numbers; nothing where they are the same or count on."""
    before, after = _labels(old), _labels(new)
    if labels_follow(*([context.folded(label) for label in labels.values()] for labels in (before, after))):
        pairs = list(zip(before.values(), after.values(), strict=False))
    else:
        pairs = [
            (before[id(item.old)], after[id(item.new)])
            for item in items
            if item.op in ("same", "format", "changed")
        ]
    others = ((was, now) for was, now in pairs if not _is_one(was, now, context))
    return next((_field(was, now) for was, now in others), ())


def _is_one(was: str, now: str, context: Context) -> bool:
    """Whether two labels are one; of a text in two scripts the third letter is "в" and "c"."""
    in_two_scripts = context.fold is not None and bool(_LETTER.match(was) and _LETTER.match(now))
    return in_two_scripts or context.folded(was) == context.folded(now)


def _labels(node: Json) -> dict[int, str]:
    """The labels of a list's items, by item. One without labels is counted by whoever shows it."""
    ordered = (node.get("attrs") or {}).get("ordered")
    return {
        id(item): label_of(item) or (f"{number}." if ordered else "")
        for number, item in enumerate(node.get("content") or [], 1)
    }


def _field(was: str, now: str) -> tuple[FieldChange, ...]:
    return (FieldChange(NUMBERS, was or None, now or None),)


def without_led(blocks: Sequence[NodeChange], old_label: str, new_label: str) -> tuple[NodeChange, ...]:
    """The blocks of a section, without the other numbers of lists that are led by a number which is another one: that of the section,
    or of an item."""
    if not any(_numbers(node) for node in _lists(blocks)):
        return tuple(blocks)
    led = [_bare(old_label, new_label)]
    for node in _lists(blocks):
        led += [_bare(label_of(item.old or {}), label_of(item.new or {})) for item in node.children]
    known = {(was, now) for was, now in led if was and now and was != now}
    return tuple(_settled(node, known) for node in blocks)


def _settled(node: NodeChange, known: set[Renumbered]) -> NodeChange:
    if not node.children:
        return node
    fields = tuple(field for field in node.fields if field.name != NUMBERS or not _is_led(field, known))
    children = tuple(_settled(child, known) for child in node.children)
    if node.op == "format" and not fields and all(child.op == "same" for child in children):
        return NodeChange("same", node.type, node.old, node.new)
    return node._replace(fields=fields, children=children)


def _is_led(field: FieldChange, known: set[Renumbered]) -> bool:
    was, now = str(field.old or ""), str(field.new or "")
    return any(
        was.startswith(f"{old}.") and now == new + was[len(old) :] and was[len(old) :].strip("., )")
        for old, new in known
    )


def _bare(old: str, new: str) -> Renumbered:
    """Two labels without their words and signs: of "Article 5." it is 5."""
    was, now = _NUMBER.search(old), _NUMBER.search(new)
    return (was.group() if was else "", now.group() if now else "")


def _lists(nodes: Sequence[NodeChange]) -> Iterator[NodeChange]:
    for node in nodes:
        if node.type == "list":
            yield node
        yield from _lists(node.children)


def _numbers(node: NodeChange) -> bool:
    return any(field.name == NUMBERS for field in node.fields)
