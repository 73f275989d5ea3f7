"""The numbers or signs of a list's items, where these come and go, and where the list gets others. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.text import block_text
from documents.word.list_labels import counts, label_at, label_of, labelled, rule_of
from documents.word.write.lists import TYPED, Rule, find_rule

Json = dict[str, Any]


def with_parts(block: Json, parts: Sequence[Json], *like: Json) -> Json:
    """The block of other rows or items; the items of a list are numbered as in the longest of the lists of its kind that it is
    like. What is left of one that was torn goes on behind the gap, as in ``like``: the list that it becomes, or that with the change
    and that without."""
    if block["type"] != "list":
        return block | {"content": list(parts)}
    alike = [one for one in like if same_kind(block, one)]
    known = max(([label_of(item) for item in one["content"]] for one in (block, *alike)), key=len)
    rule = rule_of(known, _ordered(block))
    behind = _rule_behind_a_gap(block, like)
    if behind is not None:
        rule, known = behind, []
    made = []
    for index, item in enumerate(parts):
        label = known[index] if index < len(known) else ""
        if not label and counts(rule):
            label = label_at(rule, index)
        elif not label:
            label = rule.before or label_of(item)
        made.append(labelled(item, label))
    return block | {"content": made}


def _rule_behind_a_gap(block: Json, like: Sequence[Json]) -> Rule | None:
    """How the rest of a torn list is counted ("2. B", where "1. A" stands in a list of its own before it now): its first item has the
    number that it had."""
    if not like or not all(
        one["type"] == "list" and one["content"] and same_kind(block, one) for one in like
    ):
        return None
    rule = rule_of([label_of(item) for item in like[0]["content"]], _ordered(like[0]))
    first = like[0]["content"][0]
    if not counts(rule):
        return None
    if len(like) == 1:
        before = [(block_text(item), label_of(item)) for item in block["content"]]
        goes_on = (block_text(first), label_of(first)) in before[1:] and label_of(first) != before[0][1]
    else:
        goes_on = label_of(first) != label_of(like[1]["content"][0])
    return rule if goes_on else None


def same_kind(one: Json, other: Json) -> bool:
    """Whether two blocks are no lists of different kinds: one with numbers and one with signs, or with letters, or with other
    signs. From where a list counts, and of what number around it, does not matter; numbers that do not count tell it only where
    no items come, go or move."""
    if (one["type"], other["type"]) != ("list", "list"):
        return True
    labels = [[label_of(item) for item in block["content"]] for block in (one, other)]
    if _ordered(one) != _ordered(other):
        return False
    if all(first == second for first, second in zip(*labels, strict=False)):
        return True
    rules = [_rule(said, _ordered(one)) for said in labels]
    if TYPED in rules:
        return rules[0] != rules[1] or _typed_alike(one["content"], other["content"])
    return _sign(rules[0]) == _sign(rules[1])


def _typed_alike(one: Sequence[Json], other: Sequence[Json]) -> bool:
    """Whether two lists whose items have typed numbers have the same ones, where none came, went or moved."""
    texts = [[block_text(item) for item in items] for items in (one, other)]
    if len(one) != len(other) or any(
        first != second and (first in texts[1] or second in texts[0])
        for first, second in zip(*texts, strict=True)
    ):
        return True
    return [label_of(item) for item in one] == [label_of(item) for item in other]


def kind_for_all(base: Json, mine: Json, theirs: Json, force: bool) -> Json | None:
    """Of a block in three texts the one that it is to be like: theirs where that alone is of another kind; None where both are."""
    if same_kind(base, theirs):
        return mine
    return theirs if force or same_kind(base, mine) or same_kind(mine, theirs) else None


def _rule(labels: Sequence[str], ordered: bool) -> Rule:
    return rule_of(labels, ordered) if any(labels) else find_rule(labels, ordered)


def _sign(rule: Rule) -> tuple[str, str, str]:
    return rule.fmt, rule.before if rule.fmt == "bullet" else str(bool(rule.before)), rule.after


def _ordered(block: Json) -> bool:
    return bool((block.get("attrs") or {}).get("ordered"))
