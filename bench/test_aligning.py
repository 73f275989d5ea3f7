"""How well sections of a second language are put beside the first's, where sections are left out, joined and
split.

The pairs are made of the demonstration's documents in their languages; what was done to them is known. The
peer puts them side by side by order alone.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest

from bench.edited_pairs import DEMO
from documents.demo.markdown import read_markdown
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.text.numbering import number_sections
from documents.text.types import Body
from documents.translation.alignment import Pair, in_order, propose

DOCUMENTS = ("mk-sop", "mk-nrm", "mk-strategy")
LANGUAGES = (("mk", "sq"), ("mk", "en"), ("sq", "en"))
LEFT_OUT, PUT_IN, JOINED, SPLIT = 0.06, 0.03, 0.05, 0.05
SEEDS = range(5)


@dataclass(frozen=True)
class MadePair:
    """Two texts and what stands for what: each section of the first with the places of its text in the
    second."""

    first: SectionTree
    second: SectionTree
    partners: list[frozenset[int]]


def whole(language: str) -> list[Section]:
    found: list[Section] = []
    for name in DOCUMENTS:
        text = (DEMO / name / "edition-2" / f"{language}.md").read_text()
        found += read_markdown(text, name, language).sections
    return found


def made(first: str, second: str, labels: str, seed: int) -> MadePair:
    """The second language's text as somebody may have brought it in Word."""
    chance = random.Random(f"{first}{second}{seed}")
    ours, theirs = whole(first), whole(second)
    assert len(ours) == len(theirs)
    kept: list[Section] = []
    result: list[Section] = []
    partners: list[frozenset[int]] = []
    for one, other in zip(ours, theirs, strict=True):
        draw = chance.random()
        blocks = other.text.body["blocks"]
        if draw < LEFT_OUT:
            kept.append(one)
            partners.append(frozenset())
            continue
        if draw < LEFT_OUT + PUT_IN:
            result.append(other)
            continue
        kept.append(one)
        if draw < LEFT_OUT + PUT_IN + JOINED and result and partners[-2:-1]:
            last = result[-1]
            heading = [{"type": "paragraph", "content": other.text.body["heading"]}]
            body = last.text.body
            joined = {**body, "blocks": [*body["blocks"], *heading, *blocks], "notes": {**body["notes"]}}
            result[-1] = replace(last, text=SectionText(last.text.label, _body(joined)))
            partners.append(frozenset({len(result) - 1}))
        elif draw < LEFT_OUT + PUT_IN + JOINED + SPLIT and len(blocks) > 1:
            middle = len(blocks) // 2
            head = {**other.text.body, "blocks": blocks[:middle]}
            rest = {"heading": [], "blocks": blocks[middle:], "notes": {}}
            result.append(replace(other, text=SectionText(other.text.label, _body(head))))
            result.append(replace(other, text=SectionText("", _body(rest))))
            partners.append(frozenset({len(result) - 2, len(result) - 1}))
        else:
            result.append(other)
            partners.append(frozenset({len(result) - 1}))
    return MadePair(
        SectionTree(first, "", tuple(_labelled(kept, labels, first))),
        SectionTree(second, "", tuple(_labelled(result, labels, second))),
        partners,
    )


def _body(body: Mapping[str, object]) -> Body:
    """A body without notes, whose numbers would meet those of another section."""

    def walk(node: object) -> object:
        if isinstance(node, list):
            return [
                walk(each) for each in node if not (isinstance(each, dict) and each.get("type") == "note")
            ]
        return {key: walk(value) for key, value in node.items()} if isinstance(node, dict) else node

    return normalise_body({"heading": walk(body["heading"]), "blocks": walk(body["blocks"]), "notes": {}})


def _labelled(sections: list[Section], labels: str, language: str) -> list[Section]:
    if labels == "kept":
        return sections
    anew = number_sections([(s.level, s.kind) for s in sections], language)
    names = anew if labels == "anew" else [""] * len(sections)
    return [
        replace(section, text=SectionText(name, section.text.body))
        for section, name in zip(sections, names, strict=True)
    ]


def right(pair: MadePair, found: list[Pair]) -> int:
    """How many sections of the first text stand beside exactly what stands for them."""
    beside = {place: frozenset(each.second) for each in found for place in each.first}
    return sum(beside.get(place, frozenset()) == wanted for place, wanted in enumerate(pair.partners))


@pytest.mark.parametrize("labels", ["kept", "anew", "none"])
def test_pairs_found(labels: str) -> None:
    for first, second in LANGUAGES:
        counts = {"proposed": 0, "by order": 0, "sure": 0, "sure and right": 0}
        every = 0
        for seed in SEEDS:
            pair = made(first, second, labels, seed)
            ways: dict[str, Callable[[SectionTree, SectionTree], list[Pair]]] = {
                "proposed": propose,
                "by order": in_order,
            }
            every += len(pair.partners)
            for name, way in ways.items():
                counts[name] += right(pair, way(pair.first, pair.second))
            for each in propose(pair.first, pair.second):
                if each.sure:
                    counts["sure"] += 1
                    counts["sure and right"] += pair.partners[each.first[0]] == frozenset(each.second)
        shares = "; ".join(f"{name} {count / every:.3f}" for name, count in counts.items())
        print(f"{first} and {second}, numbers {labels}: {every} sections; {shares}")
        assert counts["proposed"] / every >= 0.93
        assert counts["proposed"] > counts["by order"]
        assert counts["sure and right"] >= 0.97 * counts["sure"]


def test_time_for_a_long_text() -> None:
    ours, theirs = whole("mk") * 12, whole("sq") * 12
    del theirs[50:90]
    began = time.process_time()
    pairs = propose(SectionTree("mk", "", tuple(ours)), SectionTree("sq", "", tuple(theirs)))
    spent = time.process_time() - began
    print(f"{len(ours)} sections beside {len(theirs)}: {spent:.2f} s, {len(pairs)} pairs")
    assert spent < 20
