"""The notes of a text, named by what they say. Pure, knows no Django.

A note has an id in its section ("n1"), and another one in a Word file that comes back. Named by their words, two texts name
the same note alike, and a paragraph with notes can be compared word by word like any other. Notes that say the same are then
one, as words that stand twice are; so one that moved may stand at both places until the other change is made.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from documents.suggestions.blocks import without_word
from documents.text import canonical_json

Json = dict[str, Any]


def named_by_words(body: Json) -> Json:
    """The same body; notes that say the same have one name."""
    notes = body.get("notes") or {}
    names = {
        key: f"w{hashlib.sha256(canonical_json(without_word(notes.get(key, [])))).hexdigest()[:16]}"
        for key in noted(body)
    }
    return _with_names(body, lambda key: names[key])


def each_named(body: Json) -> Json:
    """A body whose notes are named by their words, with a name for each: the second and later ones that say the same are
    numbered."""
    seen = Counter[str]()

    def name(key: str) -> str:
        seen[key] += 1
        return key + (f"-{seen[key]}" if seen[key] > 1 else "")

    return _with_names(body, name)


def named_as(body: Json, now: Json, like: Json) -> Json:
    """A body whose notes are named by their words, with the ids of another one (``like``, of which it was made as ``now``, named
    alike) where that has these notes, else with free ids. What is the very same yet keeps its own."""
    was = zip(_pieces(now), _pieces(like), strict=True)
    kept = {id(piece): piece_was for piece, piece_was in was}
    pieces = [kept.get(id(piece)) for piece in _pieces(body)]
    stay = set(_noted([piece for piece in pieces if piece is not None]))
    left: dict[str, deque[str]] = defaultdict(deque)
    for name, key in zip(noted(now), noted(like), strict=True):
        if key not in stay:
            left[name].append(key)
    known = like.get("notes") or {}
    notes: Json = {key: known[key] for key in noted(like) if key in stay}
    taken = set(noted(like))

    def name_of(name: str) -> str:
        key = left[name].popleft() if left[name] else _free(taken)
        taken.add(key)
        notes[key] = known.get(key, body["notes"][name])
        return key

    made = [
        _renamed(piece, name_of) if piece_was is None else piece_was
        for piece, piece_was in zip(_pieces(body), pieces, strict=True)
    ]
    return {"heading": made[0], "blocks": made[1:], "notes": notes}


def _pieces(body: Json) -> list[Any]:
    return [body["heading"], *body["blocks"]]


def _free(taken: Collection[str]) -> str:
    number = len(taken) + 1
    while f"n{number}" in taken:
        number += 1
    return f"n{number}"


def noted(body: Json) -> list[str]:
    """The ids of the notes in the order in which the text names them."""
    return [*_noted([body["heading"], body["blocks"]])]


def _noted(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from _noted(part)
    elif isinstance(value, Mapping):
        if value.get("type") == "note":
            yield value["attrs"]["id"]
        yield from _noted(value.get("content") or [])


def _with_names(body: Json, name: Callable[[str], str]) -> Json:
    """The body with other names, asked for in the order in which the text names its notes."""
    source = body.get("notes") or {}
    notes: Json = {}

    def named(key: str) -> str:
        new = name(key)
        if key in source:
            notes.setdefault(new, source[key])
        return new

    heading, blocks = _renamed(body["heading"], named), _renamed(body["blocks"], named)
    return body | {"heading": heading, "blocks": blocks, "notes": notes}


def _renamed(value: Any, name: Callable[[str], str]) -> Any:
    if isinstance(value, list):
        return [_renamed(part, name) for part in value]
    if isinstance(value, Mapping):
        if value.get("type") == "note":
            return {"type": "note", "attrs": {"id": name(value["attrs"]["id"])}}
        return {key: _renamed(part, name) if key == "content" else part for key, part in value.items()}
    return value
