"""The labels of lists whose items were put in, taken out, split, joined or moved by hand: those that counted count on. Pure.

A list is known again by its items. Lists that went on from one another ("4." behind a table) count together still; each deeper list
counts for itself, with the number of the item that it stands in where its labels name it ("2.1"). Labels that do not count stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from documents.word.list_labels import PLAIN, SIGN, counts, label_at, label_of, labelled, rule_of, under
from documents.word.list_matching import Chain, TextList, inside, lists_in, match
from documents.word.write.lists import TYPED, Rule

Json = dict[str, Any]
SHORT = 3
"""Up to so many labels, those that go on from them may tell another way to read them ("h", "i")."""
LOOKED_BACK = 12
"""So many lists before one are asked whether it goes on from them."""


def counted_on(old: Any, new: Any) -> Any:
    """The body ``new``, which was made of ``old``, with the labels that its items have now."""
    before, after = list(lists_in(old["blocks"])), list(lists_in(new["blocks"]))
    if [one.seen for one in before] == [one.seen for one in after]:
        return new
    _chain(before)
    match(before, after)
    for one in after:
        if one.was is None:
            _tell_kind(one, before)
    known = {id(one.block): one for one in after}
    return new | {"blocks": [_made(block, known, before, "") for block in new["blocks"]]}


def labels_in(body: Any) -> list[str]:
    """The labels of all items of a text, in reading order."""
    found: list[str] = []

    def walk(block: Json) -> None:
        if block["type"] == "item":
            found.append(label_of(block))
        for child in inside(block):
            walk(child)

    for block in body["blocks"]:
        walk(block)
    return found


def kinds_in(body: Any) -> list[bool]:
    """Whether each list of a text is a numbered one, in reading order."""
    return [one.ordered for one in lists_in(body["blocks"])]


def _chain(lists: Sequence[TextList]) -> None:
    """Tells which lists of a text count together."""
    by_depth: dict[int, list[Chain]] = {}
    for one in lists:
        rule = rule_of(one.labels, one.ordered)
        chains = by_depth.setdefault(one.depth, [])
        if counts(rule):
            one.chain = next(
                (chain for chain in reversed(chains[-LOOKED_BACK:]) if _goes_on(chain, one.labels)), None
            )
        if one.chain is None:
            one.chain = Chain(rule)
            chains += [one.chain] if counts(rule) else []
        one.offset = one.chain.size
        one.chain.size += len(one.labels)
        one.chain.lists += 1
        one.chain.labels = (one.chain.labels + one.labels)[: SHORT + 1]


def _goes_on(chain: Chain, labels: Sequence[str]) -> bool:
    if all(label == label_at(chain.rule, chain.size + index) for index, label in enumerate(labels)):
        return True
    if chain.size > SHORT:
        return False
    rule = rule_of([*chain.labels, *labels], True)
    if counts(rule):
        chain.rule = rule
    return counts(rule)


def _made(block: Json, known: dict[int, TextList], before: Sequence[TextList], around: str) -> Json:
    """The block with its lists counted; ``around`` is the label of the item that it stands in, as it is now."""
    if not inside(block):
        return block
    if block["type"] != "list":
        content = [_made(child, known, before, around) for child in inside(block)]
        return block | {"content": content}
    items = []
    for item, label in zip(block["content"], _labels(known[id(block)], before, around), strict=True):
        content = [_made(child, known, before, label) for child in item.get("content") or []]
        items.append(labelled(item, label) | {"content": content})
    return _of_kind(block, known[id(block)].ordered) | {"content": items}


def _of_kind(block: Json, ordered: bool) -> Json:
    if bool((block.get("attrs") or {}).get("ordered")) == ordered:
        return block
    attrs = {key: value for key, value in (block.get("attrs") or {}).items() if key != "ordered"}
    return block | {"attrs": attrs | ({"ordered": True} if ordered else {})}


def _labels(one: TextList, before: Sequence[TextList], around: str) -> list[str]:
    was = one.was
    if was is None or was.chain is None:
        return _of_new(one, before, around)
    rule = was.chain.rule
    if rule.fmt in ("", "bullet"):
        return _by(rule, len(one.labels))
    if not counts(rule):
        alike = was.labels[0] if len(set(was.labels)) == 1 else ""
        return [label or alike for label in one.labels]
    if one.depth and was.goes_on_in not in (-1, one.parent):
        was.chain.counted = was.offset  # the rest of it stands in another item now, where it begins anew
    was.goes_on_in = one.parent
    rule = under(rule, was.parent_label, around)
    made = [label_at(rule, was.chain.counted + index) for index in range(len(one.labels))]
    was.chain.counted += len(made)
    return made


def _tell_kind(one: TextList, before: Sequence[TextList]) -> None:
    """Tells how a list that was none is labelled, where its items were set in or out, or are to have signs instead of numbers now, or
    numbers instead of signs."""
    here = set(one.keys)
    origin = next((x for x in before if here & set(x.keys)), None)
    if origin is None or origin.chain is None or not any(one.labels):
        return
    counted = origin.ordered and counts(origin.chain.rule)
    if counted and origin.depth != one.depth:
        # The editor's command makes the inner list one with signs.
        one.like = _rule_there(one, origin, before)
        one.ordered = one.like[0].fmt != "bullet"
    elif counted and not one.ordered:
        signs = (x.chain.rule for x in before if x.depth == one.depth and x.chain)
        one.like = next((rule for rule in signs if rule.fmt == "bullet"), Rule("bullet", SIGN)), ""
    elif one.ordered and origin.chain.rule.fmt == "bullet" and not counts(rule_of(one.labels, True)):
        one.like = _rule_there(one, origin, [x for x in before if x.ordered])


def _rule_there(one: TextList, origin: TextList, before: Sequence[TextList]) -> tuple[Rule, str]:
    """How the lists at that depth are labelled, those within lists of the same kind first; plain numbers where there are none."""
    kin = {id(item) for x in before if x.chain is origin.chain for item in x.block["content"]}
    there = [x for x in before if x.depth == one.depth and x.chain and x.chain.rule.fmt not in ("none", "")]
    of_kin = [x for x in there if x.parent in kin]
    found = next(iter(of_kin or [x for x in there if x.ordered]), None)
    if found is None or found.chain is None:
        return PLAIN, ""
    return replace(found.chain.rule, start=1), found.parent_label


def _of_new(one: TextList, before: Sequence[TextList], around: str) -> list[str]:
    """The labels of a list that was none: its own where they count; else by the rule of one that they came from, or of one as deep."""
    if one.like is not None:
        return _by(under(*one.like, around), len(one.labels))
    rule = rule_of(one.labels, one.ordered)
    if not one.ordered or not any(one.labels):
        return one.labels
    here = set(one.keys)
    origin = next((x for x in before if here & set(x.keys) and x.ordered), None)
    if rule == TYPED and origin is not None and origin.chain and counts(origin.chain.rule):
        start = rule_of(one.labels[:1], True)
        rule = origin.chain.rule
        rule = start if replace(start, start=1) == replace(rule, start=1) else rule
        return _by(rule, len(one.labels))
    return one.labels


def _by(rule: Rule, count: int) -> list[str]:
    return [label_at(rule, at) if counts(rule) else rule.before for at in range(count)]
