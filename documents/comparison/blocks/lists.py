"""Numbers that say where a thing is and not which it is, and lists that were cut in two.

A running number ("(2)", "3.1.", "4") is typed at a paragraph's start or alone in a row's first cell. Or it is
counted before an item. An added or removed one changes all the numbers after it. Only a list that is counted
differently is reported, once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from documents.comparison.context import Context
from documents.comparison.inlines import Json, Side
from documents.comparison.model import FieldChange, NodeChange

NUMBERS = "numbers"
"""The field of a list that holds the first of its numbers that is another one."""

_CHAIN = r"\d{1,3}(?:\.\d{1,3})*"
_TYPED = re.compile(
    rf"\s*(?:[(\[]?(?:{_CHAIN}|[^\W\d_])[)\]]|{_CHAIN}\.|\d{{1,3}}(?:\.\d{{1,3}})+)[\s\u00a0]+(?=\S)"
)
_FIRST_CELL = re.compile(rf"\s*[(\[]?{_CHAIN}[)\].]?\s*\n(?=\s*\S)")
_LEAD = re.compile(r"(?<!\w)(?:(?:\d{1,3}|[^\W\d_])\.)+(?=\w)")
_LETTER = re.compile(r"\W*[^\W\d_]\W*\Z")
_NUMBER = re.compile(r"\w+(?:\.\w+)*(?=\W*\Z)")


def number_length(kind: str, text: str) -> int:
    """How many characters the running number takes that the text of a node of this type begins with."""
    if kind != "row" and text[:1].isalpha() and text[1:2] not in (")", "]"):
        return 0
    found = (_FIRST_CELL if kind == "row" else _TYPED).match(text)
    return found.end() if found else 0


def label_of(node: Json) -> str:
    return (node.get("attrs") or {}).get("label") or ""


def items_of(node: Json) -> list[Json]:
    return node.get("content") or []


def other_numbers(
    old: Json, new: Json, items: Sequence[NodeChange], context: Context
) -> tuple[FieldChange, ...]:
    """The report on a list with other item numbers. None where they are the same or only count on."""
    before, after = _labels(old), _labels(new)
    folded = ([context.folded(label) for label in labels.values()] for labels in (before, after))
    if all(_LEAD.sub("", one) == _LEAD.sub("", other) for one, other in zip(*folded, strict=False)):
        pairs = list(zip(before.values(), after.values(), strict=False))
    else:
        stayed = [item for item in items if item.op in ("same", "format", "changed")]
        pairs = [(before[id(item.old)], after[id(item.new)]) for item in stayed]
    other = next(((was, now) for was, now in pairs if _is_other(was, now, context)), None)
    return () if other is None else (FieldChange(NUMBERS, other[0] or None, other[1] or None),)


def _is_other(was: str, now: str, context: Context) -> bool:
    # Of a text in two scripts the third letter is "в" and "c".
    letters = context.fold is not None and bool(_LETTER.match(was) and _LETTER.match(now))
    return not letters and context.folded(was) != context.folded(now)


def _labels(node: Json) -> dict[int, str]:
    """The labels of a list's items, by item. One without labels is counted by the page that shows it."""
    ordered = (node.get("attrs") or {}).get("ordered")
    return {
        id(item): label_of(item) or (f"{n}." if ordered else "") for n, item in enumerate(items_of(node), 1)
    }


def without_led(blocks: Sequence[NodeChange], old_label: str, new_label: str) -> tuple[NodeChange, ...]:
    """The blocks of a section without number changes of lists that only follow from a changed section or item
    number."""
    lists = list(_lists(blocks))
    if not any(field.name == NUMBERS for node in lists for field in node.fields):
        return tuple(blocks)
    items = [item for node in lists for item in node.children]
    labels = [(old_label, new_label)]
    labels += [(label_of(item.old or {}), label_of(item.new or {})) for item in items]
    bare = [(_bare_number(was), _bare_number(now)) for was, now in labels]
    leads = [(was, now) for was, now in bare if was and now and was != now]
    return tuple(_without(node, leads) for node in blocks)


def _bare_number(label: str) -> str:
    found = _NUMBER.search(label)
    return found.group() if found else ""


def _lists(nodes: Sequence[NodeChange]) -> Iterator[NodeChange]:
    for node in nodes:
        if node.type == "list":
            yield node
        yield from _lists(node.children)


def _without(node: NodeChange, leads: Sequence[tuple[str, str]]) -> NodeChange:
    if not node.children:
        return node
    fields = tuple(field for field in node.fields if field.name != NUMBERS or not _follows(field, leads))
    children = tuple(_without(child, leads) for child in node.children)
    if node.op == "format" and not fields and all(child.op == "same" for child in children):
        return NodeChange("same", node.type, node.old, node.new)
    return node._replace(fields=fields, children=children)


def _follows(field: FieldChange, leads: Sequence[tuple[str, str]]) -> bool:
    was, now = str(field.old or ""), str(field.new or "")
    return any(
        was.startswith(f"{old}.") and now == new + was[len(old) :] and was[len(old) :].strip("., )")
        for old, new in leads
    )


def split_lists(
    old: Sequence[Json], new: Sequence[Json], old_side: Side, new_side: Side, context: Context
) -> Sequence[Json]:
    """The old blocks, with each list cut where a paragraph or a table is now between its items. So each piece
    is compared with its own."""
    if sum(map(_is_list, new)) <= sum(map(_is_list, old)) or not any(map(_is_list, old)):
        return old
    keys_old, keys_new = _words_by_list(old, old_side, context), _words_by_list(new, new_side, context)
    there, here = _list_of_item(keys_new), _list_of_item(keys_old)
    result: list[Json] = []
    for at, block in enumerate(old):
        known = [(place, there[key]) for place, key in enumerate(keys_old.get(at, ())) if key in there]
        owners = {owner for _, owner in known}
        alike = all(_ordered(new[owner]) == _ordered(block) for owner in owners)
        alone = all(here.get(key, at) == at for owner in owners for key in keys_new[owner])
        result += _parts(block, _cuts(known) if alike and alone else [])
    return result


def _is_list(block: Json) -> bool:
    return bool(block["type"] == "list")


def _words_by_list(blocks: Sequence[Json], side: Side, context: Context) -> dict[int, list[str]]:
    """By the place of each list the words of its items."""
    lists = {at: block for at, block in enumerate(blocks) if _is_list(block)}
    return {at: [context.words(item, side) for item in items_of(block)] for at, block in lists.items()}


def _cuts(known: Sequence[tuple[int, int]]) -> list[int]:
    """The places of a list where another one begins now; none where these are not in order. ``known``: the
    place of an item, and its list now."""
    steps = [(one, other, place) for (_, one), (place, other) in pairwise(known)]
    return [place for one, other, place in steps if one != other] if all(a <= b for a, b, _ in steps) else []


def _parts(block: Json, cuts: Sequence[int]) -> list[Json]:
    if not cuts:
        return [block]
    edges = [0, *cuts, len(items_of(block))]
    return [{**block, "content": items_of(block)[a:b]} for a, b in pairwise(edges)]


def _list_of_item(lists: dict[int, list[str]]) -> dict[str, int]:
    """In which list each item is; those that are twice in none."""
    counts = Counter(key for keys in lists.values() for key in keys)
    return {key: at for at, keys in lists.items() for key in keys if counts[key] == 1}


def _ordered(block: Json) -> bool:
    return bool((block.get("attrs") or {}).get("ordered"))
