"""Puts paragraphs that were joined or divided into another state of the text. Pure, knows no Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from documents.suggestions.alike import goes_on_in, is_like
from documents.suggestions.blocks import keyed_blocks, uncounted_keys
from documents.suggestions.finding import Place, found_in, places_now, with_blocks
from documents.suggestions.paragraph_ends import arranged, merged_parts
from documents.suggestions.standing import NONE, Standing, digest
from documents.suggestions.suggestion import Json
from documents.text import block_text


def put_ends(now: Json, before: Json, after: Json, place: Place, force: bool) -> Json | None:
    """The text with the paragraphs of ``before`` as those of ``after``; what was changed in their words since stays. None where the
    same words were changed, or where one of them is gone, moved, or was joined or divided, meanwhile. By ``force`` those of
    ``after`` stand then instead of all that :func:`stand_at` finds."""
    blocks, standing = now["blocks"], place[0]
    places = _all_places(now, before, standing)
    if standing is not None and standing.all_come(uncounted_keys(now), places):
        return now
    at = _side_by_side(now, before, standing)
    if standing is None and at is None and _side_by_side(now, after, None) is not None:
        return now
    rows = None
    if at is not None:
        # Unchanged, wherever the draft has them by now.
        rows = [*blocks[:at], *after["blocks"], *blocks[at + len(before["blocks"]) :]]
    elif standing is not None:
        rows = _in_their_places(now, before, after, standing, places)
    else:
        rows = _in_a_row(now, before, after)
    if rows is None and force:
        return instead(now, after, stand_at(now, before, standing), _goes(standing, places, len(blocks)))
    return None if rows is None else with_blocks(now, rows, after | {"blocks": []}, ())


def instead(now: Json, after: Json, of: Sequence[int], goes: int = 0) -> Json:
    """The text with the blocks of ``after`` instead of those; where there is none of them, before the one at ``goes``."""
    at = min(of, default=goes)
    stay = [(index, block) for index, block in enumerate(now["blocks"]) if index not in of]
    head, tail = ([block for index, block in stay if (index < at) == first] for first in (True, False))
    return with_blocks(now, head, after, tail)


def stand_at(now: Json, before: Json, standing: Standing | None) -> list[int]:
    """Where paragraphs stand that are those, as they were or as they became since, whole or in pieces."""
    if standing is None:
        alone = (before | {"blocks": [block]} for block in before["blocks"])
        return sorted({at for one in alone if (at := found_in(now, one, (None, ""))[0]) is not None})
    keys, wanted = uncounted_keys(now), uncounted_keys(before)
    unknown = standing.unknown(keys)
    found: set[int] = set()
    aligned = _aligned(now, before, standing, _all_places(now, before, standing))
    for at, key in zip(aligned, wanted, strict=True):
        same = [other for other in unknown if keys[other] == key]
        found |= {*same[:1]} if at is None else {at}
    said = "\n".join(map(block_text, before["blocks"]))
    left = "\n".join(block_text(now["blocks"][at]) for at in sorted(found))
    pieces = [
        at
        for at in unknown
        if at not in found
        and (block := now["blocks"][at])["type"] == "paragraph"
        and goes_on_in(block, said)
        and not goes_on_in(block, left)
    ]
    # Behind one another, as a few words stand elsewhere by chance.
    for at in [*pieces, *reversed(pieces)]:
        found |= {at} if not found or {at - 1, at + 1} & found else set()
    return sorted(found)


def _goes(standing: Standing | None, places: Mapping[int, int], length: int) -> int:
    return standing.gap(standing.own[0], places, length).start if standing else length


def _in_their_places(
    now: Json, before: Json, after: Json, standing: Standing, places: Mapping[int, int]
) -> list[Json] | None:
    """The blocks where all of the paragraphs stand among the others as they did; None where they do not, or the same words were
    changed."""
    found = _aligned(now, before, standing, places)
    here = [at for at in found if at is not None]
    if len(here) < len(found):
        return None
    blocks = now["blocks"]
    keys = [key for key, _ in keyed_blocks(now)]
    made: list[Json] | None = after["blocks"]
    if [keys[at] for at in here] != [key for key, _ in keyed_blocks(before)]:
        made = merged_parts(before["blocks"], [blocks[at] for at in here], after["blocks"])
    return None if made is None else arranged(blocks, made, standing, places)


def _in_a_row(now: Json, before: Json, after: Json) -> list[Json] | None:
    """The blocks of a text of which nothing else is known, where the paragraphs stand right behind one another, with words that
    were changed in them since."""
    blocks, here = now["blocks"], stand_at(now, before, None)
    if len(here) != len(before["blocks"]) or here != [*range(here[0], here[0] + len(here))]:
        return None
    made = merged_parts(before["blocks"], [blocks[at] for at in here], after["blocks"])
    return None if made is None else [*blocks[: here[0]], *made, *blocks[here[-1] + 1 :]]


def _aligned(now: Json, before: Json, standing: Standing, places: Mapping[int, int]) -> list[int | None]:
    """Where each of the paragraphs stands among the others; None of one that is gone, or is another text by now."""
    keys = uncounted_keys(now)
    olds = (index for index in standing.own if standing.entries[index].old != NONE)
    found: list[int | None] = []
    for index, block in zip(olds, before["blocks"], strict=True):
        at = places.get(index)
        if at is not None and digest(keys[at]) != standing.entries[index].old:
            at = at if is_like(block_text(now["blocks"][at]), block_text(block)) else None
        found.append(at)
    return found


def _side_by_side(now: Json, before: Json, standing: Standing | None) -> int | None:
    """Where the paragraphs of ``before`` stand as they were, right behind one another; None where they do not, or where more tells
    which they are: others with the same words, or a part that goes elsewhere."""
    if standing is not None:
        behind = [*standing.own] == [*range(min(standing.own), max(standing.own) + 1)]
        if not behind or not _alone(standing):
            return None
    keys, wanted = uncounted_keys(now), uncounted_keys(before)
    found = [at for at in range(len(keys)) if keys[at : at + len(wanted)] == wanted]
    return found[0] if len(found) == 1 else None


def _alone(standing: Standing) -> bool:
    """Whether no other paragraph has, or gets, the words of one of these."""
    signs = Counter(sign for one in standing.entries for sign in {one.old, one.new})
    olds = (standing.entries[index].old for index in standing.own)
    return all(signs[old] == 1 for old in olds if old != NONE)


def _all_places(now: Json, before: Json, standing: Standing | None) -> Mapping[int, int]:
    if standing is None:
        return {}
    return places_now(now, standing, *map(block_text, before["blocks"]))
