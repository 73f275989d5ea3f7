"""Spans of time and dates that changed: a step's limit, a whole cell, or one that stands in the place of another in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from documents.comparison.durations import hours, is_date, of_working_days, spans_in, unit_at
from documents.comparison.fact_kinds import Fact, FactKind
from documents.comparison.inline import text_of
from documents.comparison.model import NodeChange, WordOp
from documents.tree import block_text

MOST_BESIDE = 4
"""So many words that changed with a span ("at least 90 days") leave no doubt that it stands in the other's place."""
AROUND = " .,;:"


def limits_of(node: NodeChange) -> Iterator[Fact]:
    """Those of a node, without what stands in it."""
    for field in node.fields:
        if field.name == "limit":
            old, new = str(field.old or ""), str(field.new or "")
            known = [fact for fact in _limit(old, new) if fact.kind is not FactKind.DATE_CHANGED]
            if not known and old and new and not _alike(old, new):
                known = [Fact(FactKind.LIMIT_CHANGED, old=old, new=new)]
            yield from known
        elif field.name == "who":
            yield Fact(FactKind.RESPONSIBLE_CHANGED, old=str(field.old or ""), new=str(field.new or ""))
    if node.type == "cell" and node.op == "changed":
        yield from _limit(block_text(node.old or {}), block_text(node.new or {}))
    yield from limits_among(node.words)


def limits_among(words: Sequence[WordOp]) -> Iterator[Fact]:
    """Those among the words of a paragraph or a heading."""
    for place, (op, following) in enumerate(pairwise(words)):
        if op.op == "del" and following.op == "ins":
            old, new = text_of(op.old), text_of(following.new)
            if place + 2 < len(words) and not spans_in(old) and not spans_in(new):
                # Of a number the unit may stand behind, and be the same.
                unit = unit_at(text_of(words[place + 2].new))
                if spans_in(old + unit) and spans_in(new + unit):
                    old, new = old + unit, new + unit
            yield from _limit(old, new)


def _alike(old: str, new: str) -> bool:
    """Whether two limits say the same in another spelling."""
    span = hours(old)
    return old.casefold().split() == new.casefold().split() or (
        span is not None and span == hours(new) and of_working_days(old) == of_working_days(new)
    )


def _limit(old: str, new: str) -> Iterator[Fact]:
    if is_date(old) and is_date(new) and old.split() != new.split():
        yield Fact(FactKind.DATE_CHANGED, old=old.strip(), new=new.strip())
        return
    was, now = spans_in(old), spans_in(new)
    if len(was) != 1 or len(now) != 1:
        return
    before, after = hours(was[0]), hours(now[0])
    assert before is not None and after is not None  # noqa: S101 - they are spans
    if of_working_days(was[0]) != of_working_days(now[0]):
        kind = FactKind.LIMIT_CHANGED
    elif before != after:
        kind = FactKind.LIMIT_SHORTENED if after < before else FactKind.LIMIT_LENGTHENED
    else:
        return
    # What both say beside their span is no part of the change.
    beside = zip(_beside(old, was[0]), _beside(new, now[0]), strict=True)
    lead, tail = ((one, other) if one != other else ([], []) for one, other in beside)
    if max(map(len, (*lead, *tail))) <= MOST_BESIDE:
        olds, news = ([*lead[k], (was, now)[k][0], *tail[k]] for k in (0, 1))
        yield Fact(kind, old=" ".join(olds).strip(AROUND), new=" ".join(news).strip(AROUND))


def _beside(text: str, span: str) -> tuple[list[str], list[str]]:
    """The words before a span and behind it."""
    before, _, behind = " ".join(text.split()).partition(span)
    return before.split(), behind.split()
