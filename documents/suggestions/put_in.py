"""Puts a suggestion into another state of the text than the one that it was made from. Pure, knows no Django."""

from __future__ import annotations

from typing import cast

from documents.suggestions.alike import what_is_left
from documents.suggestions.blocks import keyed_blocks, uncounted_keys, without_word
from documents.suggestions.finding import (
    Place,
    becomes_of,
    behind,
    found_in,
    here_among,
    may_be,
    places_now,
    with_blocks,
)
from documents.suggestions.in_parts import with_its_part
from documents.suggestions.into_lists import parted, with_paragraph_of
from documents.suggestions.merge import part_keys, three_way
from documents.suggestions.merged_words import merged_cells
from documents.suggestions.notes import named_as, named_by_words
from documents.suggestions.put_in_ends import instead, put_ends, stand_at
from documents.suggestions.standing import NONE, Standing, split
from documents.suggestions.suggestion import (
    ADDED,
    CHANGED,
    COPY,
    HEADING,
    REMOVED,
    SHIFTED,
    Json,
    has_ends,
    part,
    within_block,
)
from documents.text import InvalidText, canonical_json, normalise_body
from documents.word.source_patch.cells import flatten
from documents.word.source_patch.patching import inlines


def put_in(
    current: Json, kind: str, before: Json, after: Json, place: str, *, force: bool = False
) -> Json | None:
    """The text with the suggestion in it; None where what it speaks of is another text by now, or where that would be none that
    can be kept.

    ``force``: then put the suggested text in place of what is most like it, or beside it."""
    now, before, after = named_by_words(current), named_by_words(before), named_by_words(after)
    made = _put(now, kind, before, after, split(place), force)
    if made is None or made is now:
        return None if made is None else current
    try:
        return cast(Json, normalise_body(named_as(made, now, current)))
    except InvalidText:  # Nested too deeply, or too long, beside what the text holds by now.
        return None


def _put(now: Json, kind: str, before: Json, after: Json, place: Place, force: bool) -> Json | None:
    if kind == HEADING:
        return _heading(now, before, after, force)
    if kind == ADDED:
        return _add(now, after, place)
    if has_ends(before, after):
        return put_ends(now, before, after, place, force)
    if kind == SHIFTED and not within_block(before, after):
        return _shift(now, before, after, place, force)
    blocks, standing = list(now["blocks"]), place[0]
    at, fits = found_in(now, before, place)
    if kind == REMOVED and at is not None:
        # A list may have other numbers by now, as the one that it goes on from got an item.
        fits = fits or uncounted_keys(now)[at] == uncounted_keys(before)[0]
    if fits and at is not None:
        return with_blocks(now, blocks[:at], after, blocks[at + 1 :])
    other = may_be(now, before, place) if at is None and (force or kind == REMOVED) else at
    pieces = _pieces(now, before, standing)
    if force and pieces:
        return instead(now, after, pieces)
    if kind == REMOVED and (force or other is None):
        return now if other is None else with_blocks(now, blocks[:other], after, blocks[other + 1 :])
    if kind == REMOVED:
        return None
    like = before["blocks"][0]
    left = None if force or (at is not None and standing is not None) else what_is_left(blocks, like)
    for index in dict.fromkeys(found for found in (at, left) if found is not None):
        merged = _merged(like, blocks[index], after["blocks"][0], place, force)
        if merged is not None and not (pieces and without_word(merged) == without_word(blocks[index])):
            whole = {"heading": [], "blocks": [merged], "notes": after["notes"] | now["notes"]}
            return with_blocks(now, blocks[:index], whole, blocks[index + 1 :])
    if not force:
        return None
    head, tail = (blocks, []) if other is None else (blocks[:other], blocks[other + 1 :])
    return with_blocks(now, head, after, tail)


def _pieces(now: Json, before: Json, standing: Standing | None) -> list[int]:
    """Where the pieces of a paragraph stand that was divided meanwhile."""
    if standing is None or before["blocks"][0]["type"] != "paragraph":
        return []
    found = stand_at(now, before, standing)
    return found if len(found) > 1 else []


def _merged(before: Json, now: Json, after: Json, place: Place, force: bool) -> Json | None:
    told = False
    merged = None
    standing = place[0]
    if standing is not None and standing.parts is not None:
        told, merged = with_its_part(before, now, after, standing.parts, becomes_of(place[1]), force=force)
    if not told:
        merged = three_way(before, now, after)
    return three_way(before, now, after, force=True) if merged is None and force else merged


def _add(now: Json, after: Json, place: Place, *, surely: bool = False) -> Json:
    """``surely``: though it seems to stand there, because it was just taken from another place."""
    standing, near = place
    blocks, keys = list(now["blocks"]), uncounted_keys(now)
    wanted, copied, near = uncounted_keys(after)[0], near.startswith(COPY), near.removeprefix(COPY)
    if standing is None:
        if not copied and len(after["blocks"]) == 1 and wanted in keys:
            return now
        here = behind(blocks, near)
        if len(after["blocks"]) > 1:
            return _with_those_left(now, after, here)
    else:
        index = standing.own[-1]
        places = places_now(now, standing)
        there = standing.has_come(index, keys, places)
        stands = wanted in standing.keys_of_its_own(keys, places) and not standing.knows(wanted)
        if not surely and (there or stands):
            return now
        goes = standing.place_left(index, places)
        here = here_among(blocks, standing, goes, places, near if goes == index else "")
    return with_blocks(now, blocks[:here], after, blocks[here:])


def _with_those_left(now: Json, after: Json, here: int) -> Json:
    """Puts several blocks at a place, but those of them that stand just there already."""
    blocks, keys, wanted = now["blocks"], uncounted_keys(now), uncounted_keys(after)
    if here == 0 or keys[here - 1] not in wanted:
        there = keys[here : here + len(wanted)] == wanted
        return now if there else with_blocks(now, blocks[:here], after, blocks[here:])
    start, end = wanted.index(keys[here - 1]), wanted.index(keys[here - 1]) + 1
    first, last = here - 1, here
    while start > 0 and first > 0 and keys[first - 1] == wanted[start - 1]:
        start, first = start - 1, first - 1
    while end < len(wanted) and last < len(keys) and keys[last] == wanted[end]:
        end, last = end + 1, last + 1
    come = after["blocks"]
    whole = after | {"blocks": [*come[:start], *blocks[first:last], *come[end:]]}
    return with_blocks(now, blocks[:first], whole, blocks[last:])


def _shift(now: Json, before: Json, after: Json, place: Place, force: bool) -> Json | None:
    standing, near = place
    if len(after["blocks"]) == 2:
        return _out_of_list(now, before, after, place, force)
    if len(before["blocks"]) == 2 and _stand_in(now, after):
        return now
    at, _same = found_in(now, before, (standing.only(0) if standing else None, near))
    if at is None:
        if standing is not None and _has_come(now, after, standing):
            return now
        if not force:
            return None
        other = may_be(now, before, (standing.only(0) if standing else None, near))
        if other is not None and len(before["blocks"]) == len(after["blocks"]) == 1:
            now = with_blocks(now, now["blocks"][:other], after | {"blocks": []}, now["blocks"][other + 1 :])
        kind = ADDED if len(before["blocks"]) == 1 else CHANGED
        return _put(
            now, kind, _only(before, 1), after, (standing.only(-1) if standing else None, near), force
        )
    blocks = list(now["blocks"])
    pieces = _pieces(now, before, standing) if len(before["blocks"]) == len(after["blocks"]) == 1 else []
    if pieces and not force:
        return None
    rest = now | {"blocks": [block for index, block in enumerate(blocks) if index not in (pieces or [at])]}
    moved = now | {"blocks": [blocks[at]]}
    if pieces:
        moved = after
    elif len(before["blocks"]) == len(after["blocks"]) == 1:
        words = three_way(before["blocks"][0], blocks[at], after["blocks"][0], force=force)
        if words is None:
            return None
        moved = {"heading": [], "blocks": [words], "notes": after["notes"] | now["notes"]}
    if len(before["blocks"]) == 2:
        if len(after["blocks"]) == 1 and not force:
            kept = with_paragraph_of(before, moved, after)
            if kept is None:
                return None
            after = kept
        return _into_list(rest, moved, _only(before, 1), after, standing, force)
    if standing is None:
        here = behind(rest["blocks"], near)
    else:
        index, places = standing.own[-1], places_now(rest, standing)
        goes = standing.place_left(index, places)
        here = here_among(rest["blocks"], standing, goes, places, near if goes == index else "")
    return with_blocks(now, rest["blocks"][:here], moved, rest["blocks"][here:])


def _has_come(now: Json, after: Json, standing: Standing) -> bool:
    """Whether a paragraph that was moved stands where it was to go already, alone or in the list."""
    places = places_now(now, standing)
    index = standing.own[-1]
    if standing.parts is None:
        return standing.entries[index].old == NONE and standing.has_come(index, uncounted_keys(now), places)
    keys = part_keys(now["blocks"][places[index]]) if index in places else []
    there = standing.parts.places(keys, [after["blocks"][0]["type"][0]] * len(keys))
    return all(standing.parts.has_come(each, keys, there) for each in standing.parts.own)


def _stand_in(now: Json, piece: Json) -> bool:
    """Whether the blocks of a piece stand in the text already, one behind the other."""
    keys, wanted = [key for key, _ in keyed_blocks(now)], [key for key, _ in keyed_blocks(piece)]
    return any(keys[at : at + len(wanted)] == wanted for at in range(len(keys)))


def _into_list(
    rest: Json, moved: Json, before: Json, after: Json, standing: Standing | None, force: bool
) -> Json | None:
    """A paragraph put into a list, between its items or as a part of them."""
    place = standing.only(-1) if standing else None, ""
    if len(after["blocks"]) == 1:
        return _put(rest, CHANGED, before, after, place, force)
    at, _same = found_in(rest, before, place)
    if at is None:
        return None
    first, second = parted(rest["blocks"][at], before["blocks"][0], len(after["blocks"][0]["content"]))
    blocks = [first, *moved["blocks"], second]
    made = moved | {"blocks": [block for block in blocks if block is not None]}
    return with_blocks(rest, rest["blocks"][:at], made, rest["blocks"][at + 1 :])


def _out_of_list(now: Json, before: Json, after: Json, place: Place, force: bool) -> Json | None:
    """A paragraph that stood in a list put behind or before it."""
    standing, near = place
    first, last = (standing.only(0), standing.only(-1)) if standing else (None, None)
    made = _put(now, CHANGED, before, _only(after, 0), (first, ""), force)
    if made is None:
        return None
    surely = uncounted_keys(made) != uncounted_keys(now)
    return _add(made, _only(after, 1), (last, near), surely=surely)


def _only(body: Json, index: int) -> Json:
    """The body with that one of its blocks, the last one where there are fewer."""
    return body | {"blocks": [body["blocks"][min(index, len(body["blocks"]) - 1)]]}


def nearest(current: Json, before: Json, place: str = "") -> Json | None:
    """The part of the text as it is that the suggestion speaks of, for showing it beside."""
    if not before["blocks"]:
        return part(current, (), current["heading"])
    now, like, where = named_by_words(current), named_by_words(before), split(place)
    ends = len(before["blocks"]) > 1 or (where[0] is not None and where[0].ends)
    lines = {block["type"] for block in before["blocks"]} == {"paragraph"}
    places = stand_at(now, like, where[0]) if ends and lines else _pieces(now, like, where[0])
    if places or (ends and lines):
        return part(current, tuple(current["blocks"][at] for at in places)) if places else None
    at, _same = found_in(now, like, where)
    at = may_be(now, like, where) if at is None else at
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
