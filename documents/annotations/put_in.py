"""Puts a suggestion into another state of the text than the one that it was made from. Pure, knows no Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz

from documents.annotations.blocks import keyed_blocks, with_notes
from documents.annotations.into_lists import parted, with_paragraph_of
from documents.annotations.merge import merged_cells, three_way
from documents.annotations.notes import named_as, named_by_words
from documents.annotations.standing import Standing, split
from documents.annotations.suggestion import (
    ADDED,
    CHANGED,
    COPY,
    HEADING,
    LIKE,
    NEXT,
    REMOVED,
    SHIFTED,
    Json,
    part,
)
from documents.docx.own.cells import flatten
from documents.docx.own.patching import inlines
from documents.tree import block_text, canonical_json, normalise_body


def put_in(
    current: Json, kind: str, before: Json, after: Json, place: str, *, force: bool = False
) -> Json | None:
    """The text with the suggestion in it; None where what it speaks of is another text by now.

    ``force``: then put the suggested text in place of what is most like it, or beside it."""
    now, before, after = named_by_words(current), named_by_words(before), named_by_words(after)
    made = _put(now, kind, before, after, place, force)
    if made is None or made is now:
        return None if made is None else current
    return normalise_body(named_as(made, current))


def _put(now: Json, kind: str, before: Json, after: Json, place: str, force: bool) -> Json | None:
    if kind == HEADING:
        return _heading(now, before, after, force)
    if kind == ADDED:
        return _add(now, after, place)
    if kind == SHIFTED:
        return _shift(now, before, after, place, force)
    blocks = list(now["blocks"])
    at, fits = _found(now, before, place)
    if fits and at is not None:
        return _with_blocks(now, blocks[:at], after, blocks[at + 1 :])
    if kind == REMOVED:
        if at is None:
            return now
        return _with_blocks(now, blocks[:at], after, blocks[at + 1 :]) if force else None
    like = before["blocks"][0]
    sure = at is not None and split(place)[0] is not None
    left = None if force or sure else _what_is_left(blocks, like)
    for index in dict.fromkeys(found for found in (at, left) if found is not None):
        three = like, blocks[index], after["blocks"][0]
        merged = three_way(*three)
        if merged is None and force:
            merged = three_way(*three, force=True)
        if merged is not None:
            whole = {"heading": [], "blocks": [merged], "notes": after["notes"] | now["notes"]}
            return _with_blocks(now, blocks[:index], whole, blocks[index + 1 :])
    if not force:
        return None
    head, tail = (blocks, []) if at is None else (blocks[:at], blocks[at + 1 :])
    return _with_blocks(now, head, after, tail)


def _add(now: Json, after: Json, place: str) -> Json:
    standing, rest = split(place)
    blocks, keys = list(now["blocks"]), [key for key, _ in keyed_blocks(now)]
    wanted, copied, rest = keyed_blocks(after)[0][0], rest.startswith(COPY), rest.removeprefix(COPY)
    if not copied and wanted in keys:
        return now
    if standing is None:
        here = _behind(blocks, rest)
    else:
        gap = standing.gap(keys)
        if keys[gap.start : gap.end].count(wanted) >= standing.count:
            return now
        here = _here(blocks, standing, rest, keys)
    return _with_blocks(now, blocks[:here], after, blocks[here:])


def _found(now: Json, before: Json, place: str) -> tuple[int | None, bool]:
    """Which block it is that the suggestion speaks of, and whether it is the same; else the most like it."""
    keys, wanted = [key for key, _ in keyed_blocks(now)], keyed_blocks(before)[0][0]
    like = before["blocks"][0]
    text = block_text(like)
    standing, _rest = split(place)
    if standing is not None and standing.index >= 0:
        scores = [
            fuzz.ratio(block_text(block), text) if block["type"] == like["type"] else 0.0
            for block in now["blocks"]
        ]
        at = standing.at(keys, lambda index: scores[index])
        if at is not None and (
            keys[at] == wanted or scores[at] >= LIKE or (scores[at] and _is_left_of(now["blocks"][at], like))
        ):
            return at, keys[at] == wanted
        # Of equal ones behind one another that all go, it is any that is left.
        left = [index for index in standing.around(keys) if keys[index] == wanted]
        if standing.count > 1 and left:
            return left[-1], True
        if standing.equals > keys.count(wanted):
            return None, False
    if wanted in keys:
        return keys.index(wanted), True
    return _most_like(now["blocks"], text, like["type"]), False


def _shift(now: Json, before: Json, after: Json, place: str, force: bool) -> Json | None:
    if len(after["blocks"]) == 2:
        return _out_of_list(now, before, after, place, force)
    if len(before["blocks"]) == 2 and _stand_in(now, after):
        return now
    at, _same = _found(now, before, place)
    if at is None:
        if not force:
            return None
        kind = ADDED if len(before["blocks"]) == 1 else CHANGED
        return _put(now, kind, _only(before, 1), after, place, force)
    blocks = list(now["blocks"])
    rest = now | {"blocks": blocks[:at] + blocks[at + 1 :]}
    if len(before["blocks"]) == 2:
        moved = now | {"blocks": [blocks[at]]}
        if len(after["blocks"]) == 1 and not force:
            kept = with_paragraph_of(before, moved, after)
            if kept is None:
                return None
            after = kept
        return _into_list(rest, moved, _only(before, 1), after, force)
    standing, words = split(place)
    keys = [key for key, _ in keyed_blocks(rest)]
    if standing is None:
        here = _behind(rest["blocks"], words)
    else:
        here = _here(rest["blocks"], standing.without_it(), words, keys)
    return _with_blocks(now, rest["blocks"][:here], now | {"blocks": [blocks[at]]}, rest["blocks"][here:])


def _stand_in(now: Json, piece: Json) -> bool:
    """Whether the blocks of a piece stand in the text already, one behind the other."""
    keys, wanted = [key for key, _ in keyed_blocks(now)], [key for key, _ in keyed_blocks(piece)]
    return any(keys[at : at + len(wanted)] == wanted for at in range(len(keys)))


def _into_list(rest: Json, moved: Json, before: Json, after: Json, force: bool) -> Json | None:
    """A paragraph put into a list, between its items or as a part of them."""
    if len(after["blocks"]) == 1:
        return _put(rest, CHANGED, before, after, "", force)
    at, _same = _found(rest, before, "")
    if at is None:
        return None
    first, second = parted(rest["blocks"][at], before["blocks"][0], len(after["blocks"][0]["content"]))
    blocks = [first, *moved["blocks"], second]
    made = moved | {"blocks": [block for block in blocks if block is not None]}
    return _with_blocks(rest, rest["blocks"][:at], made, rest["blocks"][at + 1 :])


def _out_of_list(now: Json, before: Json, after: Json, place: str, force: bool) -> Json | None:
    """A paragraph that stood in a list put behind or before it."""
    made = _put(now, CHANGED, before, _only(after, 0), "", force)
    if made is None:
        return None
    standing, near = split(place)
    blocks = made["blocks"]
    if (
        standing is None
        and near
        and all(_most_like(blocks, text) is None for text in near.split(NEXT) if text)
    ):
        # What it follows is still in the list; so it stood before that.
        at = _most_like(blocks, block_text(after["blocks"][0]), "list")
        if at is not None:
            return _with_blocks(made, blocks[:at], _only(after, 1), blocks[at:])
    return _add(made, _only(after, 1), place)


def _only(body: Json, index: int) -> Json:
    """The body with that one of its blocks, the last one where there are fewer."""
    return body | {"blocks": [body["blocks"][min(index, len(body["blocks"]) - 1)]]}


def _here(blocks: Sequence[Json], standing: Standing, place: str, keys: Sequence[bytes]) -> int:
    """Where a block goes that follows one of those texts, among the blocks between which it stood."""
    gap = standing.gap(keys)
    inside = blocks[gap.start : gap.end]
    near = (_most_like(inside, text) for text in place.split(NEXT) if text)
    at = next((found for found in near if found is not None), None)
    return gap.here if at is None else gap.start + at + 1


def _behind(blocks: Sequence[Json], place: str) -> int:
    """Where a block goes that follows one of those texts, the first that is there."""
    near = (_most_like(blocks, text) for text in place.split(NEXT) if text)
    at = next((found for found in near if found is not None), len(blocks) - 1 if place else -1)
    return at + 1


def nearest(current: Json, before: Json, place: str = "") -> Json | None:
    """The part of the text as it is that the suggestion speaks of, for showing it beside."""
    if not before["blocks"]:
        return part(current, (), current["heading"])
    at, _same = _found(named_by_words(current), named_by_words(before), place)
    return None if at is None else part(current, (current["blocks"][at],))


def _heading(current: Json, before: Json, after: Json, force: bool) -> Json | None:
    if canonical_json(current["heading"]) != canonical_json(before["heading"]):
        if canonical_json(current["heading"]) == canonical_json(after["heading"]):
            return current
        merged = merged_cells(
            flatten(before["heading"]), flatten(current["heading"]), flatten(after["heading"])
        )
        if merged is not None:
            heading = inlines(merged)
            return current | {"heading": heading, "notes": current["notes"] | after["notes"]}
        if not force:
            return None
    return current | {"heading": after["heading"], "notes": current["notes"] | after["notes"]}


def _with_blocks(current: Json, head: Sequence[Json], after: Json, tail: Sequence[Json]) -> Json:
    notes: Json = {}
    heading = with_notes({"content": current["heading"]}, current, notes)["content"]
    made = [with_notes(block, current, notes) for block in head]
    made += [with_notes(block, after, notes) for block in after["blocks"]]
    made += [with_notes(block, current, notes) for block in tail]
    return {"heading": heading, "blocks": made, "notes": notes}


def _what_is_left(blocks: Sequence[Json], like: Json) -> int | None:
    """The block of the same kind that has the most of another one's words, and most of its own from there: what was accepted
    before may have left little of it. Whether it is the one, a merge tells."""
    lines, words = (Counter(parts) for parts in _said(like))
    best, found = (0, 0), None
    for index, block in enumerate(blocks):
        if block["type"] != like["type"]:
            continue
        own_lines, own = (Counter(parts) for parts in _said(block))
        common = (lines & own_lines).total(), (words & own).total()
        if common[1] * 2 > own.total() and common > best:
            best, found = common, index
    return found


def _is_left_of(block: Json, like: Json) -> bool:
    """Whether most words of a block are those of another one."""
    words, own = Counter(_said(like)[1]), Counter(_said(block)[1])
    return (words & own).total() * 2 > own.total()


def _said(block: Json) -> tuple[list[str], list[str]]:
    text = block_text(block)
    return text.split("\n"), text.split()


def _most_like(blocks: Sequence[Json], text: str, kind: str = "") -> int | None:
    scores = [
        (fuzz.ratio(block_text(block), text), -index)
        for index, block in enumerate(blocks)
        if not kind or block["type"] == kind
    ]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= LIKE else None
