"""Spans of time and dates that changed: a step's limit, a whole cell, or one that stands in the place of another in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.comparison.durations import Span, is_date, longer_by, span_of, spans_in
from documents.comparison.facts.directions import direction_of
from documents.comparison.facts.kinds import Fact, FactKind
from documents.comparison.model import NodeChange, WordOp
from documents.comparison.words.inline import text_of
from documents.text import block_text
from documents.translation.scripts import to_latin

MOST_BESIDE = 4
"""So many words that changed with a span ("at least 90 days") leave no doubt that it stands in the other's place."""
AROUND = " .,;:"
BESIDE = 200
"""So many letters before a span say whether it is the most or the least."""
NEXT_TO = 4
"""So many words before and behind may say so too, in words that nobody knows ("30 days or more", "under the age of 18 years")."""
SENTENCE_END = re.compile(r"[.!?;](?=\s|\Z)")
WORD = re.compile(r"[^\s.,;:!?()\"'„“”«»]+")
BLANKS = re.compile(r"[^\S\u00a0\u202f]+")
"""Those that may be several, or the end of a line; a fixed one parts thousands."""
BRACKETED = re.compile(r"\A\((\d+)\)")


def limits_of(node: NodeChange) -> Iterator[Fact]:
    """Those of a node, without what stands in it."""
    for field in node.fields:
        if field.name == "limit":
            old, new = str(field.old or ""), str(field.new or "")
            known = [fact for fact in _between(old, new) if fact.kind is not FactKind.DATE_CHANGED]
            if not known and old and new and not _alike(old, new):
                known = [Fact(FactKind.LIMIT_CHANGED, old=old, new=new)]
            yield from known
        elif field.name == "who":
            yield Fact(FactKind.RESPONSIBLE_CHANGED, old=str(field.old or ""), new=str(field.new or ""))
    if node.type == "cell" and node.op == "changed":
        yield from _between(block_text(node.old or {}), block_text(node.new or {}))
    yield from limits_among(node.words)


def limits_among(words: Sequence[WordOp]) -> Iterator[Fact]:
    """Those among the words of a paragraph or a heading."""
    stretches: list[_Stretch] = []
    for op in words:
        kept = op.op in ("keep", "format")
        if not stretches or stretches[-1].kept is not kept:
            stretches.append(_Stretch(kept))
        stretches[-1].texts[0] += text_of(op.old)
        stretches[-1].texts[1] += text_of(op.new)
    if any(not stretch.kept for stretch in stretches):
        yield from _changed(stretches)


class _Stretch:
    """Words that stayed, or others in the place of others: the old text and the new one."""

    __slots__ = ("kept", "texts")

    def __init__(self, kept: bool, old: str = "", new: str = "") -> None:
        self.kept, self.texts = kept, [old, new]


@dataclass(frozen=True, slots=True)
class _Span:
    """A span of time in one of the texts. ``start`` and ``end``: from which stretch to which it reaches, and how far into them; of
    those that changed, always the whole. ``before`` and ``behind``: what stands there; ``lead`` and ``tail``: the words that changed
    with it."""

    long: Span
    text: str
    start: float
    end: float
    before: str
    behind: str
    lead: list[str]
    tail: list[str]

    def meets(self, other: _Span) -> bool:
        return self.start < other.end and other.start < self.end

    def next_to(self) -> tuple[list[str], list[str]]:
        """The words right before it and behind it, in the same sentence."""
        before = to_latin(SENTENCE_END.split(self.before)[-1]).lower()
        behind = to_latin(SENTENCE_END.split(self.behind)[0]).lower()
        return WORD.findall(before)[-NEXT_TO:], WORD.findall(behind)[:NEXT_TO]


def _between(old: str, new: str) -> Iterator[Fact]:
    yield from _changed([_Stretch(False, old, new)])


def _changed(stretches: Sequence[_Stretch]) -> Iterator[Fact]:
    """Of dates, where one stands alone in the place of another; of spans, where one meets one other alone."""
    for stretch in stretches:
        old, new = stretch.texts
        if not stretch.kept and is_date(old) and is_date(new) and old.split() != new.split():
            yield Fact(FactKind.DATE_CHANGED, old=old.strip(), new=new.strip())
    olds, news = _spans(stretches, 0), _spans(stretches, 1)
    for was in olds:
        met = [now for now in news if now.meets(was)]
        if len(met) == 1 and sum(other.meets(met[0]) for other in olds) == 1:
            yield from _limit(was, met[0])


def _spans(stretches: Sequence[_Stretch], side: int) -> list[_Span]:
    whole = "".join(stretch.texts[side] for stretch in stretches)
    found: list[_Span] = []
    for long in spans_in(whole):
        start, end = long.start, long.end
        place = 0
        reach: list[float] = []
        lead: list[str] = []
        tail: list[str] = []
        for number, stretch in enumerate(stretches):
            text = stretch.texts[side]
            first, last = start - place, end - place
            place += len(text)
            if not text or last <= 0 or first >= len(text):
                continue
            reach += [number + max(first, 0) / len(text), number + min(last, len(text)) / len(text)]
            if not stretch.kept:
                reach[-2:] = number, number + 1
                lead = text[: max(first, 0)].split() or lead
                tail = text[last:].split() if last < len(text) else []
        found.append(
            _Span(
                long,
                BLANKS.sub(" ", whole[start:end]),
                reach[0],
                reach[-1],
                whole[max(start - BESIDE, 0) : start],
                whole[end : end + BESIDE],
                lead,
                tail,
            )
        )
    return found


def _alike(old: str, new: str) -> bool:
    """Whether two limits say the same in another spelling."""
    was, now = span_of(old), span_of(new)
    return old.casefold().split() == new.casefold().split() or bool(was and now and longer_by(was, now) == 0)


def _limit(was: _Span, now: _Span) -> Iterator[Fact]:
    longer = longer_by(was.long, now.long)
    (most, said), (still, says) = direction_of(was.before), direction_of(now.before)
    turned = most is not None and still is not None and most is not still
    if longer == 0 and not turned:
        return
    known = most is not None and most is still
    if longer is None or turned or not (known or was.next_to() == now.next_to()):
        kind = FactKind.LIMIT_CHANGED
    else:
        kind = FactKind.LIMIT_SHORTENED if longer < 0 else FactKind.LIMIT_LENGTHENED
    # What both say beside their span is no part of the change.
    lead = ([], []) if was.lead == now.lead else (was.lead, now.lead)
    tail = ([], []) if was.tail == now.tail else (was.tail, now.tail)
    if max(map(len, (*lead, *tail))) > MOST_BESIDE:
        return
    if turned:
        lead = (said.split(), says.split())
    old, new = (
        BRACKETED.sub(r"\1", " ".join([*lead[side], span.text, *tail[side]]).strip(AROUND))
        for side, span in enumerate((was, now))
    )
    yield Fact(kind, old=old, new=new)
