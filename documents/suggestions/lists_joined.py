"""Two lists one behind the other, between which nothing stands any more, are one list to Word: that is nobody's change. Pure, knows
no Django."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from documents.comparison.sequences import matches
from documents.text import Section, SectionTree, block_text

Json = dict[str, Any]


def as_sent_in_two(read: SectionTree, sent: SectionTree) -> SectionTree:
    """A text of a file that came back, in which lists that were ``sent`` out as two are two again. New items between the two stay
    with the first."""
    known = sent.by_uid
    return replace(read, sections=tuple(_section(one, known.get(one.uid)) for one in read))


def _section(section: Section, sent: Section | None) -> Section:
    pairs = list(_neighbours(sent.text.body["blocks"])) if sent is not None and sent.text.body else []
    if not pairs:
        return section
    body = section.text.body
    blocks: list[Json] = []
    for block in body["blocks"]:
        blocks += _parted(block, pairs) if block["type"] == "list" else [block]
    return replace(section, text=replace(section.text, body=body | {"blocks": blocks}))


def _neighbours(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """One that begins anew is a list of its own to Word too: as one with the other it would be somebody's change."""
    for one, other in pairwise(blocks):
        if one["type"] == other["type"] == "list":
            ordered = (other.get("attrs") or {}).get("ordered")
            if not ordered or _first_label(one) != _first_label(other):
                yield one, other


def _first_label(block: Json) -> object:
    return (block["content"][0].get("attrs") or {}).get("label")


def _parted(block: Json, pairs: Sequence[tuple[Json, Json]]) -> list[Json]:
    items = block["content"]
    for one, other in pairs:
        first, second = list(map(block_text, one["content"])), list(map(block_text, other["content"]))
        at = _seam([block_text(item) for item in items], first, second)
        if at is not None:
            rest = block | {"content": items[at:]}
            return [
                block | {"content": items[:at]},
                *_parted(rest, [pair for pair in pairs if pair[0] is not one]),
            ]
    return [block]


def _seam(items: Sequence[str], first: Sequence[str], second: Sequence[str]) -> int | None:
    """At which item the second list begins in one of both; None where most of either is not there."""
    found = [
        (there + n, here + n) for there, here, size in matches([*first, *second], items) for n in range(size)
    ]
    of_second = [here for there, here in found if there >= len(first)]
    of_first = len(found) - len(of_second)
    if 2 * of_first < len(first) or 2 * len(of_second) < len(second) or not of_first or not of_second:
        return None
    return of_second[0]
