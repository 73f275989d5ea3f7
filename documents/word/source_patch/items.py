"""Makes the numbers of an own file's items those of the text, where Word would count others: behind a piece of a list that was written
anew, over the border of a section. What was written is read again, and where the counting is off, a list counts from another number on
(a ``w:num`` of its own with ``startOverride``, as Word makes it itself)."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from documents.text import SectionTree, canonical_json
from documents.word import ns
from documents.word.file.package import Package
from documents.word.list_labels import label_of
from documents.word.markup import e
from documents.word.ns import Element, w
from documents.word.read.context import Trace
from documents.word.source_patch.levels import put_number
from documents.word.source_patch.looks import PPR
from documents.word.source_patch.numbers import Counts, Place
from documents.word.source_patch.parts import top_of
from documents.word.source_patch.relations import serialise
from documents.word.source_patch.slices import cut, to_strict

Json = Mapping[str, Any]
P = w("p")


@dataclass(frozen=True, slots=True)
class _Number:
    """A paragraph that counts, what it shows and what it is to show; ``block`` is the same for those of one block."""

    paragraph: Element
    place: Place
    shown: str
    wanted: str
    block: int


def counted_right(tree: SectionTree, read: SectionTree, trace: Trace, package: Package) -> dict[str, bytes]:
    """The parts of a file that was written (``read``, with its ``trace`` and ``package``) in which the items show the numbers of the
    text (``tree``); none where they do already, or can't."""
    numbers = _numbers(tree, read, trace, package)
    if all(one.shown == one.wanted for one in numbers):
        return {}
    found = _restarts(numbers, package)
    return _parts(found, numbers, package) if found else {}


def _numbers(tree: SectionTree, read: SectionTree, trace: Trace, package: Package) -> list[_Number]:
    wanted: dict[Element, str] = {}
    blocks: dict[Element, int] = {}
    known = set(trace.counted)
    queues = {sha256: deque(found) for sha256, found in trace.blocks.items()}
    for section in read:
        there = section.text.body["blocks"]
        ours = tree.by_uid.get(section.uid)
        here = _beside(ours.text.body["blocks"] if ours else [], there)
        for block, mine in zip(there, here, strict=True):
            queue = queues.get((block.get("attrs") or {}).get("ooxml", ""))
            elements = list(queue.popleft()) if queue else []
            lines = [node for element in elements for node in element.iter(P) if node in known]
            labels = list(_labels(mine if mine is not None else block))
            if len(lines) == len(labels):
                wanted.update(zip(lines, labels, strict=True))
            blocks.update(dict.fromkeys(lines, len(blocks)))
    counts = Counts(package)
    places = ((line, shown, counts.place([line])) for line, shown in trace.counted.items())
    return [
        _Number(line, place, shown, wanted.get(line, shown), blocks.get(line, -1))
        for line, shown, place in places
        if place
    ]


def _beside(ours: Sequence[Json], read: Sequence[Json]) -> list[Json | None]:
    """For each block that was read the one of the text that says the same, but for its numbers."""
    if len(ours) != len(read):
        return [None] * len(read)
    pairs = zip(ours, read, strict=True)
    return [mine if _unnumbered(mine) == _unnumbered(other) else None for mine, other in pairs]


def _unnumbered(block: Json) -> bytes:
    def bare(value: Any) -> Any:
        if isinstance(value, list):
            return [bare(part) for part in value]
        if not isinstance(value, Mapping):
            return value
        if value.get("type") == "note":
            return {"type": "note"}
        kept = {key: bare(part) for key, part in value.items() if key not in ("label", "ordered", "ooxml")}
        return {key: part for key, part in kept.items() if key != "attrs" or part}

    return canonical_json(bare(block))


def _labels(block: Json) -> Iterator[str]:
    if block["type"] == "item":
        yield label_of(dict(block))
    if block["type"] not in ("paragraph", "figure", "opaque"):
        for child in block.get("content") or []:
            yield from _labels(child)


def _restarts(numbers: Sequence[_Number], package: Package) -> dict[int, int]:
    """By the place among them, from which number on one counts."""
    counts = Counts(package)
    value = cache(counts.value)
    found: dict[int, int] = {}
    ahead: dict[tuple[str, int], int] = {}
    """By list and level, how far the numbers before were off."""
    begun: set[Place] = set()
    for at, one in enumerate(numbers):
        abstract, ilvl = counts.list_of(one.place)
        for deeper in range(ilvl + 1, 9):
            ahead.pop((abstract, deeper), None)
        if one.place not in begun and ilvl in counts.numbering.nums[one.place[0]].starts:
            ahead.pop((abstract, ilvl), None)
        begun.add(one.place)
        now, then = value(one.place, one.shown), value(one.place, one.wanted)
        if not now or not then:
            continue
        if ahead.get((abstract, ilvl), 0) != then - now:
            found[at] = then
        ahead[abstract, ilvl] = then - now
    return found


def _parts(found: Mapping[int, int], numbers: Sequence[_Number], package: Package) -> dict[str, bytes]:
    """The text and the definitions of numbers with the lists that begin there."""
    part = package.related(package.main, "numbering")
    if part is None:
        return {}
    slices = cut(package.read(package.main))
    root, definitions = package.xml(package.main), package.xml(part)
    nums = {node.get(w("numId")) or "": node for node in definitions.findall(w("num"))}
    free = max(ns.number(name, 0, 0, 2**30) for name in nums) + 1
    body = ns.child(root, "body")
    assert body is not None  # noqa: S101 (it was read)
    touched: set[Element] = set()
    raw = {child: index for index, child in enumerate(body)}
    for at, start in found.items():
        first = numbers[at]
        new = _restarted(nums[first.place[0]], first.place[1], start, free)
        definitions.findall(w("num"))[-1].addnext(new)
        for later in range(at, len(numbers)):
            one = numbers[later]
            if one.block != first.block or (later != at and (later in found or one.block < 0)):
                break
            top = top_of(body, one.paragraph)
            if one.place == first.place and top is not None:
                _wear(one.paragraph, one.place[1], free)
                touched.add(top)
        free += 1
    if slices is None or len(slices.children) != len(raw):
        return {package.main: serialise(root), part: serialise(definitions)}
    pieces = [child if child in touched else slices.children[raw[child]] for child in body]
    data = serialise(definitions)
    return {package.main: slices.join(pieces), part: to_strict(data) if slices.strict else data}


def _restarted(num: Element, ilvl: int, start: int, number: int) -> Element:
    """The ``w:num`` that counts as another one does, but from that number on."""
    made = copy.deepcopy(num)
    made.set(w("numId"), str(number))
    for node in list(made.iter(w("startOverride"))):
        node.getparent().remove(node)  # type: ignore[union-attr]
    same = [node for node in made.findall(w("lvlOverride")) if node.get(w("ilvl")) == str(ilvl)]
    if not same:
        same = [e("lvlOverride", ilvl=ilvl)]
        made.append(same[0])
    same[0].insert(0, e("startOverride", val=start))
    for node in made.findall(w("lvlOverride")):
        if not len(node):
            made.remove(node)
    return made


def _wear(paragraph: Element, ilvl: int, number: int) -> None:
    ppr = paragraph.find(PPR)
    if ppr is None:
        paragraph.insert(0, ppr := e("pPr"))
    said = ppr.find(w("numPr"))
    kept = [] if said is None else [node for node in said if node.tag not in (w("ilvl"), w("numId"))]
    for node in ppr.findall(w("numPr")):
        ppr.remove(node)
    put_number(ppr, e("numPr", e("ilvl", val=ilvl), e("numId", val=number), *kept))
