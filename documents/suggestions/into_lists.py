"""A paragraph that went into a list, or came out of one, is one move and not two changes. Pure, knows no Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from documents.suggestions.blocks import block_key, keyed_blocks
from documents.suggestions.merge import paired, part_key
from documents.suggestions.standing import both, split
from documents.suggestions.suggestion import ADDED, CHANGED, REMOVED, SHIFTED, Json, Suggested, part
from documents.text import block_text, canonical_json
from documents.text.extraction import block_lines


def moved_into_lists(found: Sequence[Suggested]) -> list[Suggested]:
    """The suggestions, with those of a paragraph that was taken out and put into a list, or the other way round, made one."""
    made = list(found)
    for one in found:
        if one.kind not in (REMOVED, ADDED) or not (one.old + one.new).strip():
            continue
        paragraph = (one.before if one.kind == REMOVED else one.after)["blocks"][0]
        if paragraph["type"] != "paragraph":
            continue
        for other in made:
            move = _move(one, other, paragraph)
            if move is not None:
                # Paragraphs that leave a list come out in the order in which they stand now: one may follow another.
                stays, goes = (one, other) if one.kind == ADDED else (other, one)
                made[made.index(stays)] = move
                made.remove(goes)
                break
    return made


def _move(one: Suggested, other: Suggested, paragraph: Json) -> Suggested | None:
    if other.kind != CHANGED or other.before["blocks"][0]["type"] != "list":
        return None
    old, new = other.before["blocks"][0], other.after["blocks"][0]
    words = block_text(paragraph)
    if one.kind == REMOVED:
        at = _gained(old, new, words)
        if at is None:
            return None
        place = both(one.place, other.place) + (list(block_lines(new))[at - 1] if at else "")
        return Suggested(SHIFTED, _both(one.before, other.before), other.after, words, words, place)
    if _gained(new, old, words) is None:
        return None
    place = both(other.place, one.place) + split(one.place)[1]
    return Suggested(SHIFTED, other.before, _both(other.after, one.after), words, words, place)


def _gained(less: Json, more: Json, words: str) -> int | None:
    """At which line the one list has these words and the other has not, all else the same; None where there is more to it."""
    lines, longer = list(block_lines(less)), list(block_lines(more))
    if len(longer) != len(lines) + 1:
        return None
    return next(
        (at for at in range(len(longer)) if longer[at] == words and longer[:at] + longer[at + 1 :] == lines),
        None,
    )


def _both(one: Json, other: Json) -> Json:
    return one | {"blocks": one["blocks"] + other["blocks"], "notes": one["notes"] | other["notes"]}


def lists_whole_again(old: Json, new: Json) -> tuple[Json, list[Suggested]]:
    """The new text with paragraphs taken back that were moved between two items of a list, which parted the list in two; and
    these moves. The notes of both texts are named by their words."""
    moves: list[Suggested] = []
    left = keyed_blocks(old)
    lists = {_items(block): (key, block) for key, block in left if block["type"] == "list"}
    times = Counter(key for key, _ in left)
    right = keyed_blocks(new)
    index = 0
    while lists and index + 2 < len(right):
        first, (moved, paragraph), second = right[index : index + 3]
        index += 1
        if (first[1]["type"], paragraph["type"], second[1]["type"]) != ("list", "paragraph", "list"):
            continue
        keys = [key for key, _ in right]
        key, whole = lists.get(_items(first[1]) + _items(second[1]), (b"", None))
        if whole is None or key in keys or times[moved] != 1 or keys.count(moved) != 1:
            continue
        words = block_text(paragraph)
        follows = block_text(first[1]["content"][-1])
        parts = part(new, (first[1], paragraph, second[1]))
        moves.append(Suggested(SHIFTED, part(old, (paragraph, whole)), parts, words, words, follows))
        at = index - 1
        blocks = [*new["blocks"][:at], whole, *new["blocks"][at + 3 :]]
        keys = [*keys[:at], key, *keys[at + 3 :]]
        old_keys = [each for each, _ in left]
        before = old_keys[: old_keys.index(moved)]
        behind = next((keys.index(each) for each in reversed(before) if each in keys), at)
        blocks.insert(behind + 1, paragraph)
        new = new | {"blocks": blocks}
        right = keyed_blocks(new)
    return new, moves


def _items(block: Json) -> tuple[bytes, ...]:
    return tuple(part_key(item) for item in block["content"])


def parted(now: Json, whole: Json, items: int) -> tuple[Json | None, Json | None]:
    """A list as it is now, in two: what stands behind the first ``items`` items of the ``whole`` list is the second part."""
    pairs = paired(whole["content"], now["content"])
    cut = max((j + 1 for i, j in pairs if i is not None and j is not None and i < items), default=0)
    return (
        now | {"content": now["content"][:cut]} if cut else None,
        now | {"content": now["content"][cut:]} if cut < len(now["content"]) else None,
    )


def with_paragraph_of(before: Json, now: Json, after: Json) -> Json | None:
    """``after``, a list that a paragraph went into, with the words of that paragraph as it is ``now``; None where they are others
    than ``before`` and their place in the list can't be told."""
    was, mine = before["blocks"][0], now["blocks"][0]
    if block_key(was, before) == block_key(mine, now):
        return after
    wanted, places = canonical_json(was["content"]), 0

    def walk(value: Any) -> Any:
        nonlocal places
        if isinstance(value, list):
            return [walk(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value.get("type") == "paragraph" and canonical_json(value["content"]) == wanted:
            places += 1
            return value | {"content": mine["content"]}
        return {key: walk(one) for key, one in value.items()}

    made: Json = after | {"blocks": walk(after["blocks"]), "notes": after["notes"] | now["notes"]}
    return made if places == 1 else None
