"""The labels of lists whose items were put in, taken out, split, joined or moved by hand: those that counted count on. Pure.

A list is known again by its items. Lists that went on from one another ("4." behind a table) count together still; each deeper list
counts for itself, with the number of the item that it stands in where its labels name it ("2.1"). Labels that do not count stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from documents.docx.reader.definitions.number_format import FORMATS, format_number
from documents.docx.writer.lists import TYPED, Rule, find_rule
from documents.tree import canonical_json
from documents.tree.numerals import readings, written

Json = dict[str, Any]
NO_LABELS = Rule("")
"""Of a list without labels, which whoever shows it counts."""
SHORT = 3
"""Up to so many labels, those that go on from them may tell another way to read them ("h", "i")."""
LOOKED_BACK = 12


def label_of(item: Json) -> str:
    return str((item.get("attrs") or {}).get("label", ""))


def labelled(item: Json, label: str) -> Json:
    """The item with that label, or with none."""
    attrs = {key: value for key, value in (item.get("attrs") or {}).items() if key != "label"}
    attrs |= {"label": label} if label else {}
    return {key: value for key, value in item.items() if key != "attrs"} | ({"attrs": attrs} if attrs else {})


def rule_of(labels: Sequence[str], ordered: bool) -> Rule:
    """How labels that are there were made: as Word makes them, or by another alphabet's letters; TYPED where they don't count."""
    if not any(labels):
        return NO_LABELS
    rule = find_rule(labels, ordered)
    if rule != TYPED or not ordered:
        return rule
    for number in readings(labels[0], "sr"):
        lead = "".join(f"{sign}." for sign in number.lead)
        rule = Rule(number.last.style, number.word + lead, number.tail + number.end, number.last.value)
        if all(label == label_at(rule, index) for index, label in enumerate(labels)):
            return rule
    return TYPED


def counts(rule: Rule) -> bool:
    return rule.fmt not in ("none", "bullet", "")


def label_at(rule: Rule, index: int) -> str:
    """The label of the item of that index, where labels count."""
    number = rule.start + index
    sign = format_number(number, rule.fmt)[0] if rule.fmt in FORMATS else written(rule.fmt, number)
    return f"{rule.before}{sign or number}{rule.after}"


def counted_on(old: Json, new: Json) -> Json:
    """The body ``new``, which was made of ``old``, with the labels that its items have now."""
    before, after = list(_lists(old["blocks"])), list(_lists(new["blocks"]))
    if [(one.depth, one.labels) for one in before] == [(one.depth, one.labels) for one in after]:
        return new
    _chain(before)
    _match(before, after)
    known = {id(one.block): one for one in after}
    return new | {"blocks": [_made(block, known, before, "") for block in new["blocks"]]}


def labels_in(body: Json) -> list[str]:
    """The labels of all items of a text, in reading order."""
    found: list[str] = []

    def walk(block: Json) -> None:
        if block["type"] == "item":
            found.append(label_of(block))
        for child in _inside(block):
            walk(child)

    for block in body["blocks"]:
        walk(block)
    return found


@dataclass
class _Chain:
    """Lists of a text that count together, and how far they are counted in the new one."""

    rule: Rule
    size: int = 0
    lists: int = 0
    labels: list[str] = field(default_factory=list)
    counted: int = 0


@dataclass(eq=False)
class _List:
    block: Json
    depth: int
    parent: int
    """Which item it stands in."""
    parent_label: str
    labels: list[str] = field(default_factory=list)
    keys: list[bytes] = field(default_factory=list)
    left: Counter[bytes] = field(default_factory=Counter)
    chain: _Chain | None = None
    offset: int = 0
    """How many items of its chain are before it."""
    was: _List | None = None
    """The list of the old text that it was."""
    goes_on_in: int = -1
    """Of an old one, in which item its last piece of the new text stands."""

    @property
    def ordered(self) -> bool:
        return bool((self.block.get("attrs") or {}).get("ordered"))


def _inside(block: Json) -> list[Json]:
    if block["type"] in ("paragraph", "figure", "opaque"):
        return []
    return block.get("content") or []


def _lists(blocks: Sequence[Json], depth: int = 0, parent: Json | None = None) -> Iterator[_List]:
    for block in blocks:
        if block["type"] != "list":
            yield from _lists(_inside(block), 0 if block["type"] == "cell" else depth, parent)
            continue
        made = _List(block, depth, id(parent), label_of(parent) if parent else "")
        made.labels = [label_of(item) for item in block["content"]]
        made.keys = [_key(item) for item in block["content"]]
        made.left = Counter(made.keys)
        yield made
        for item in block["content"]:
            yield from _lists(item.get("content") or [], depth + 1, item)


def _key(item: Json) -> bytes:
    """What an item is known by: its first words."""
    content = item.get("content") or [{}]
    return canonical_json([content[0].get("type", ""), content[0].get("content") or []])


def _chain(lists: Sequence[_List]) -> None:
    """Tells which lists of a text count together."""
    by_depth: dict[int, list[_Chain]] = {}
    for one in lists:
        rule = rule_of(one.labels, one.ordered)
        chains = by_depth.setdefault(one.depth, [])
        if counts(rule):
            one.chain = next(
                (chain for chain in reversed(chains[-LOOKED_BACK:]) if _goes_on(chain, one.labels)), None
            )
        if one.chain is None:
            one.chain = _Chain(rule)
            chains += [one.chain] if counts(rule) else []
        one.offset = one.chain.size
        one.chain.size += len(one.labels)
        one.chain.lists += 1
        one.chain.labels = (one.chain.labels + one.labels)[: SHORT + 1]


def _goes_on(chain: _Chain, labels: Sequence[str]) -> bool:
    if all(label == label_at(chain.rule, chain.size + index) for index, label in enumerate(labels)):
        return True
    if chain.size > SHORT:
        return False
    rule = rule_of([*chain.labels, *labels], True)
    if counts(rule):
        chain.rule = rule
    return counts(rule)


def _match(before: Sequence[_List], after: Sequence[_List]) -> None:
    """Tells which list each one was."""
    waiting: dict[bytes, list[_List]] = {}
    last: dict[bytes, _List] = {}
    for one in before:
        waiting.setdefault(_whole(one), []).append(one)
    for one in after:
        if there := waiting.get(_whole(one)):
            one.was = last[_whole(one)] = there.pop(0)
    taken = {id(one.was) for one in after}
    rest = [one for one in before if id(one) not in taken]
    for one in after:
        fit = [other for other in rest if (other.depth, other.ordered) == (one.depth, one.ordered)]
        if one.was is None and fit:
            best = max(fit, key=lambda other: (one.left & other.left).total())
            if (shared := one.left & best.left).total():
                one.was, best.left = best, best.left - shared
    taken = {id(one.was) for one in after}
    rest = [one for one in before if id(one) not in taken]
    for one in after:
        if one.was is None:
            # All its words are others: what the editor left of its labels tells.
            one.was = next((other for other in rest if _has_labels_of(one, other)), None)
            rest = [other for other in rest if other is not one.was]
        if one.was is None and (copied := last.get(_whole(one))) and copied.chain and copied.chain.lists > 1:
            one.was = copied  # a row of a table that is counted, put in once more


def _whole(one: _List) -> bytes:
    return canonical_json([one.depth, one.ordered, one.block["content"]])


def _has_labels_of(one: _List, other: _List) -> bool:
    own = set(filter(None, one.labels))
    same = (one.depth, one.ordered) == (other.depth, other.ordered)
    return same and bool(own) and own <= set(other.labels)


def _made(block: Json, known: dict[int, _List], before: Sequence[_List], around: str) -> Json:
    """The block with its lists counted; ``around`` is the label of the item that it stands in, as it is now."""
    if not _inside(block):
        return block
    if block["type"] != "list":
        inside = [_made(child, known, before, around) for child in _inside(block)]
        return block | {"content": inside}
    items = []
    for item, label in zip(block["content"], _labels(known[id(block)], before, around), strict=True):
        content = [_made(child, known, before, label) for child in item.get("content") or []]
        items.append(labelled(item, label) | {"content": content})
    return block | {"content": items}


def _labels(one: _List, before: Sequence[_List], around: str) -> list[str]:
    was = one.was
    if was is None or was.chain is None:
        return _of_new(one, before, around)
    rule = was.chain.rule
    if rule.fmt == "":
        return [""] * len(one.labels)
    if rule.fmt == "bullet":
        return [rule.before] * len(one.labels)
    if not counts(rule):
        alike = was.labels[0] if len(set(was.labels)) == 1 else ""
        return [label or alike for label in one.labels]
    if one.depth and was.goes_on_in not in (-1, one.parent):
        was.chain.counted = was.offset  # the rest of it stands in another item now, where it begins anew
    was.goes_on_in = one.parent
    rule = _under(rule, was.parent_label, around)
    made = [label_at(rule, was.chain.counted + index) for index in range(len(one.labels))]
    was.chain.counted += len(made)
    return made


def _of_new(one: _List, before: Sequence[_List], around: str) -> list[str]:
    """The labels of a list that was none: its own where they count; else by the rule of one that they came from, or of one as deep."""
    rule = rule_of(one.labels, one.ordered)
    if not one.ordered or not any(one.labels):
        return one.labels
    here = set(one.keys)
    origin = next((x for x in before if here & set(x.keys) and x.ordered), None)
    if origin is not None and origin.depth != one.depth and origin.chain and counts(origin.chain.rule):
        like = next((x for x in before if (x.depth, x.ordered) == (one.depth, True)), None)
        if like is None or like.chain is None or not counts(like.chain.rule):
            return [""] * len(one.labels)
        rule = replace(_under(like.chain.rule, like.parent_label, around), start=1)
        return [label_at(rule, index) for index in range(len(one.labels))]
    if rule == TYPED and origin is not None and origin.chain and counts(origin.chain.rule):
        start = rule_of(one.labels[:1], True)
        rule = origin.chain.rule
        rule = start if replace(start, start=1) == replace(rule, start=1) else rule
        return [label_at(rule, index) for index in range(len(one.labels))]
    return one.labels


def _under(rule: Rule, was: str, now: str) -> Rule:
    """The rule where the labels name the item that their list stands in, which has another number now."""
    stem, made = _stem(was), _stem(now)
    if not stem or not made or not rule.before.startswith(stem) or rule.before[len(stem) :][:1].isalnum():
        return rule
    return replace(rule, before=made + rule.before[len(stem) :])


def _stem(label: str) -> str:
    """A label without the signs at its end."""
    while label and not label[-1].isalnum():
        label = label[:-1]
    return label
