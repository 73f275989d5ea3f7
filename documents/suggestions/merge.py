"""One block in three texts: what one person made of it and what another one did, put together. Pure, knows no Django.

Notes are named by their words (:mod:`documents.suggestions.notes`). Rows of a table and items of a list are merged one by one.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from rapidfuzz import fuzz

from documents.suggestions import pairing
from documents.suggestions.alike import is_within
from documents.suggestions.blocks import without_word
from documents.suggestions.list_kinds import kind_for_all, with_parts
from documents.suggestions.merged_words import merged_cells
from documents.text import block_text, canonical_json
from documents.word.list_labels import counts, label_of
from documents.word.source_patch.leaves import leaves, shape
from documents.word.source_patch.patching import inlines
from documents.word.write.lists import find_rule

Json = dict[str, Any]
LIKE_PART = 50.0
"""From 100: below this, a row or an item is another one."""


def three_way(base: Json, mine: Json, theirs: Json, *, force: bool = False) -> Json | None:
    """The block with the changes of both, where they touch different words, rows or items; else None.

    ``force``: where both touch the same ones, theirs stand; None only where nothing can be told apart."""
    if _key(mine) == _key(base):
        return theirs
    if _key(theirs) in (_key(base), _key(mine)):
        return mine
    if alike_outside(base, mine) and alike_outside(base, theirs):
        return _inside(base, mine, theirs, force)
    made = None
    if has_parts(base, mine, theirs):
        made = _parts(base, mine, theirs, force)
    if made is None and shape(base) == shape(mine) == shape(theirs):
        made = _lines(base, mine, theirs, force)
    return made


def alike_outside(one: Json, other: Json) -> bool:
    """Whether two items or steps have the same kinds of blocks in them, so that each of these can be compared by itself."""
    kinds = [[part["type"] for part in block.get("content") or []] for block in (one, other)]
    marks = [(block.get("attrs") or {}) for block in (unnumbered(one), unnumbered(other))]
    return (
        one["type"] == other["type"]
        and one["type"] in ("item", "step")
        and kinds[0] == kinds[1]
        and marks[0] == marks[1]
    )


def _inside(base: Json, mine: Json, theirs: Json, force: bool) -> Json | None:
    parts = zip(base["content"], mine["content"], theirs["content"], strict=True)
    made = [three_way(*each, force=force) for each in parts]
    return None if any(part is None for part in made) else mine | {"content": made}


def has_parts(*blocks: Json) -> bool:
    """Whether the rows or items of a block, or of several, can come and go one by one: none reaches into another one, and all rows
    have as many columns."""
    if {block["type"] for block in blocks} != {"table"}:
        return all(block["type"] == "list" for block in blocks)
    rows = [row for block in blocks for row in block["content"]]
    cells = [cell for row in rows for cell in row["content"]]
    widths = {sum((c.get("attrs") or {}).get("colspan", 1) for c in row["content"]) for row in rows}
    return len(widths) == 1 and not any((c.get("attrs") or {}).get("rowspan", 1) > 1 for c in cells)


def with_line(block: Json, index: int, content: list[Json]) -> Json:
    """The block with other content in its line of that number (as ``leaves`` counts)."""
    made = copy.deepcopy(block)
    wanted = [line.content for line in leaves(made)][index]

    def walk(node: Json) -> bool:
        if node.get("content") is wanted:
            node["content"] = content
            return True
        return any(walk(child) for child in node.get("content") or [] if isinstance(child, dict))

    walk(made)
    return made


def only_counts_on(old: Json, new: Json) -> bool:
    """Whether two lists differ in nothing but the number that they begin with: a program that saves a file lets one go on
    from the list before it, and nobody changed anything."""
    if (old["type"], new["type"]) != ("list", "list"):
        return False
    parts = [[part_key(item) for item in one["content"]] for one in (old, new)]
    rules = [
        find_rule([label_of(item) for item in one["content"]], bool((one.get("attrs") or {}).get("ordered")))
        for one in (old, new)
    ]
    counted = all(counts(rule) for rule in rules)
    return parts[0] == parts[1] and counted and replace(rules[0], start=1) == replace(rules[1], start=1)


def paired(old: Sequence[Json], new: Sequence[Json]) -> pairing.Pairs:
    """Which rows or items became which, in the order of the new ones; what has no partner stands alone."""
    texts = [block_text(part) for part in old], [block_text(part) for part in new]
    return pairing.paired(
        [part_key(part) for part in old],
        [part_key(part) for part in new],
        lambda i, j: _part_likeness(texts[0][i], texts[1][j]),
        lambda rows, columns: list(zip_longest(rows, columns)),
    )


def pictures(block: Json) -> list[Mapping[str, Any]]:
    """The pictures within a block's lines."""
    if block.get("type") == "image":
        return [block]
    return [found for child in block.get("content") or [] for found in pictures(child)]


def _lines(base: Json, mine: Json, theirs: Json, force: bool) -> Json | None:
    lines = [list(leaves(block)) for block in (base, mine, theirs)]
    seen = [pictures(block) for block in (base, mine, theirs)]
    if len({len(found) for found in lines}) != 1 or seen[0] != seen[1] or seen[0] != seen[2]:
        return None
    made = mine
    for index, (a, b, c) in enumerate(zip(*lines, strict=True)):
        merged = merged_cells(a.cells, b.cells, c.cells, force=force)
        if merged is None:
            return None
        made = with_line(made, index, inlines(merged))
    return made


def _parts(base: Json, mine: Json, theirs: Json, force: bool) -> Json | None:
    old = base["content"]
    ours, others = _by_place(old, mine["content"]), _by_place(old, theirs["content"])
    moved = _moved_otherwise(old, *ours, *others)
    like = kind_for_all(base, mine, theirs, force)
    if like is None or (moved and not force):
        return None
    made: list[Json] = []
    for place in range(-1, len(old)):
        if place >= 0:
            fits, part = _part(old[place], ours[0].get(place), others[0].get(place), force)
            if not fits:
                return None
            made += [part] if part is not None else []
        come = [part for part in ours[1].get(place, []) if part_key(part) not in moved]
        known = {part_key(part) for part in come}
        made += come + [part for part in others[1].get(place, []) if part_key(part) not in known]
    return with_parts(like, made, mine, theirs, base) if made else None


def _moved_otherwise(
    old: Sequence[Json],
    mine: Mapping[int, Json],
    come_mine: Mapping[int, Sequence[Json]],
    theirs: Mapping[int, Json],
    come_theirs: Mapping[int, Sequence[Json]],
) -> set[bytes]:
    """What they moved that I took out or moved to another place: put in as theirs, it would stand there again or twice."""
    gone = {part_key(part) for at, part in enumerate(old) if at not in mine and at not in theirs}
    found: set[bytes] = set()
    for place, parts in come_theirs.items():
        there = {part_key(part) for part in come_mine.get(place, ())}
        found |= {part_key(part) for part in parts} & gone - there
    return found


def _part(old: Json, mine: Json | None, theirs: Json | None, force: bool) -> tuple[bool, Json | None]:
    """Whether the changes of both go together, and the row or item with them; None where it was taken out."""
    if mine is not None and theirs is not None:
        # The number of each is that of its place in its own list; all are counted anew in the end.
        made = three_way(unnumbered(old), unnumbered(mine), unnumbered(theirs), force=force)
        return (True, theirs) if made is None and force else (made is not None, made)
    if force:
        return True, theirs if theirs is None or part_key(theirs) != part_key(old) else None
    left = mine if mine is not None else theirs
    return left is None or part_key(left) == part_key(old), None


def _by_place(old: Sequence[Json], new: Sequence[Json]) -> tuple[dict[int, Json], dict[int, list[Json]]]:
    """What became of each part, and what was put in behind it (-1: before all)."""
    became: dict[int, Json] = {}
    come: dict[int, list[Json]] = {}
    last = -1
    for i, j in paired(old, new):
        if i is not None and j is not None:
            became[i] = new[j]
        elif j is not None:
            come.setdefault(last, []).append(new[j])
        last = i if i is not None else last
    return became, come


def _part_likeness(old: str, new: str) -> float:
    """A row or an item whose words were all taken out is still the same one."""
    if old == new:
        return 100.0
    found = fuzz.ratio(old, new) if old.strip() and new.strip() else LIKE_PART
    return found if found >= LIKE_PART else LIKE_PART * is_within(old, new)


def _key(block: Json) -> bytes:
    return canonical_json(without_word(block))


def unnumbered(part: Json) -> Json:
    """A row or item without the number that its place gives it."""
    attrs = {key: value for key, value in (part.get("attrs") or {}).items() if key not in ("label", "ooxml")}
    return part | {"attrs": attrs}


def part_key(part: Json) -> bytes:
    """What a row or item is compared by."""
    return canonical_json({"attrs": {}, **without_word(unnumbered(part))})


def part_keys(block: Json) -> list[bytes]:
    """What the rows or items of a block are compared by; nothing where it has none that come and go one by one."""
    return [part_key(part) for part in block["content"]] if has_parts(block) else []
