"""The labels of lists in a text that was edited by hand: those that counted count on. Pure.

A list is known again by its items. Lists that continued one another ("4." after a table) still count
together. A deeper list counts separately in each item. It has the number of the item around it where its
labels show that ("2.1"). Labels that do not count stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from documents.text import canonical_json
from documents.text.types import Block
from documents.word.lists.labels import PLAIN, SIGN, counts, label_at, label_of, labelled, rule_of, under
from documents.word.write.lists import Rule

LOOKED_BACK = 12
"""So many lists before one are asked whether it goes on from them."""


@dataclass(eq=False)
class Chain:
    """Lists of a text that count together. ``counted``: how far in the new text, by the item that they are
    in."""

    rule: Rule
    size: int = 0
    lists: int = 0
    counted: Counter[int] = field(default_factory=Counter)


@dataclass(eq=False)
class TextList:
    """A list of a text; ``parent`` is the item that it is in."""

    block: Block
    depth: int
    parent: Block | None
    chain: Chain | None = None

    def __post_init__(self) -> None:
        self.ordered = bool((self.block.get("attrs") or {}).get("ordered"))
        self.labels = [label_of(item) for item in self.block["content"]]
        self.keys = Counter(map(_first_words, self.block["content"]))
        self.kind = self.depth, self.ordered

    @property
    def around(self) -> str:
        return label_of(self.parent) if self.parent else ""


def count_on(old: Any, new: Any) -> Any:
    """The body ``new``, which was made of ``old``, with the labels that its items have now."""
    before, after = list(_lists(old["blocks"])), list(_lists(new["blocks"]))
    if [(one.kind, one.labels) for one in before] == [(one.kind, one.labels) for one in after]:
        return new
    _chain(before)
    matched = _match(before, after)
    items = sum((one.keys for one in before), Counter[bytes]())
    examples = {one.kind: one for one in reversed(before)}
    labels = {
        id(one.block): _Labels(one, matched.get(one), examples.get(one.kind), bool(one.keys & items))
        for one in after
    }
    return new | {"blocks": [_relabelled(block, labels, "") for block in new["blocks"]]}


def labels_in(body: Any) -> list[str]:
    """The labels of all items of a text, in reading order."""
    found: list[str] = []

    def walk(block: Block) -> None:
        if block["type"] == "item":
            found.append(label_of(block))
        for child in _children(block):
            walk(child)

    for block in body["blocks"]:
        walk(block)
    return found


def kinds_in(body: Any) -> list[bool]:
    """Whether each list of a text is a numbered one, in reading order."""
    return [one.ordered for one in _lists(body["blocks"])]


def _children(block: Block) -> list[Block]:
    return [] if block["type"] in ("paragraph", "figure", "opaque") else block.get("content") or []


def _lists(blocks: Sequence[Block], depth: int = 0, parent: Block | None = None) -> Iterator[TextList]:
    for block in blocks:
        if block["type"] != "list":
            yield from _lists(_children(block), 0 if block["type"] == "cell" else depth, parent)
            continue
        yield TextList(block, depth, parent)
        for item in block["content"]:
            yield from _lists(item.get("content") or [], depth + 1, item)


def _first_words(item: Block) -> bytes:
    content = item.get("content") or [{}]
    return canonical_json([content[0].get("type", ""), content[0].get("content") or []])


def _chain(lists: Sequence[TextList]) -> None:
    """Tells which lists of a text count together."""
    by_depth: dict[int, list[Chain]] = {}
    for one in lists:
        chains = by_depth.setdefault(one.depth, [])
        one.chain = next((chain for chain in reversed(chains[-LOOKED_BACK:]) if _goes_on(chain, one)), None)
        if one.chain is None:
            one.chain = Chain(rule_of(one.labels, one.ordered))
            chains.append(one.chain)
        one.chain.size += len(one.labels)
        one.chain.lists += 1


def _goes_on(chain: Chain, one: TextList) -> bool:
    wanted = (label_at(chain.rule, chain.size + at) for at in range(len(one.labels)))
    return counts(chain.rule) and all(a == b for a, b in zip(one.labels, wanted, strict=True))


def _match(before: Sequence[TextList], after: Sequence[TextList]) -> dict[TextList, TextList]:
    """The old list of each one: an unused one with the most of its items. Else one with its labels."""
    found = _match_items(before, after)
    rest = [one for one in before if one not in found.values()]
    for one in (one for one in after if one not in found):
        alike = next((other for other in (*rest, *before) if _has_labels_of(other, one)), None)
        if alike is not None:
            found[one] = alike
            rest = [other for other in rest if other is not alike]
    return found


def _match_items(before: Sequence[TextList], after: Sequence[TextList]) -> dict[TextList, TextList]:
    """By items in common; a list that has those of one alone comes first."""
    found: dict[TextList, TextList] = {}
    left = {one: Counter(one.keys) for one in before}
    origins = {one: [x for x in before if x.kind == one.kind and x.keys & one.keys] for one in after}
    for one in sorted(after, key=lambda one: len(origins[one]) > 1):
        taken = set(found.values())
        shares = [(other not in taken, (one.keys & left[other]).total(), other) for other in origins[one]]
        if shares:
            best = max(shares, key=lambda share: share[:2])[2]
            found[one] = best
            left[best] -= one.keys
    return found


def _has_labels_of(old: TextList, new: TextList) -> bool:
    own = set(filter(None, new.labels))
    return old.kind == new.kind and bool(own) and own <= {*old.labels}


@dataclass(frozen=True, eq=False)
class _Labels:
    """How a list of the new text is labelled. As the old one (``was``), else as an ``example`` of its
    kind."""

    one: TextList
    was: TextList | None
    example: TextList | None
    from_others: bool
    """Whether it has items of other lists."""

    def under(self, around: str) -> list[str]:
        """The labels within the item that is labelled so now."""
        count = len(self.one.labels)
        if self.was is None or self.was.chain is None:
            return self._as_new(around)
        chain = self.was.chain
        if chain.rule.fmt in ("", "bullet"):
            return [chain.rule.before] * count
        if not counts(chain.rule):
            sign = self.was.labels[0] if len(set(self.was.labels)) == 1 else ""
            return [label or sign for label in self.one.labels]
        place = id(self.one.parent) if chain.lists == 1 else 0
        rule = under(chain.rule, self.was.around, around)
        start = chain.counted[place]
        chain.counted[place] += count
        return [label_at(rule, start + at) for at in range(count)]

    def _as_new(self, around: str) -> list[str]:
        """Its own labels where they count; else as the example, or plain ones."""
        one, example = self.one, self.example
        if not self.from_others and (not one.ordered or counts(rule_of(one.labels, True))):
            return one.labels
        rule = PLAIN if one.ordered else Rule("bullet", SIGN)
        if example is not None and example.chain is not None and example.chain.rule.fmt not in ("none", ""):
            rule = under(replace(example.chain.rule, start=1), example.around, around)
        return [label_at(rule, at) if counts(rule) else rule.before for at in range(len(one.labels))]


def _relabelled(block: Block, labels: dict[int, _Labels], around: str) -> Block:
    """The block with its lists counted; ``around`` is the label that the item around it has now."""
    if not _children(block):
        return block
    if block["type"] != "list":
        return {**block, "content": [_relabelled(child, labels, around) for child in _children(block)]}
    items = []
    for item, label in zip(block["content"], labels[id(block)].under(around), strict=True):
        content = [_relabelled(child, labels, label) for child in item.get("content") or []]
        items.append({**labelled(item, label), "content": content})
    return {**block, "content": items}
