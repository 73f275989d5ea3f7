"""The notes of a text, named by what they say. Pure, knows no Django.

A note has an id in its section ("n1"), and another one in a Word file that comes back. Named by their words, two texts name
the same note alike, and a paragraph with notes can be compared word by word like any other.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from documents.suggestions.blocks import without_word
from documents.tree import canonical_json

Json = dict[str, Any]


def named_by_words(body: Json) -> Json:
    """The same body; of several notes that say the same, the second and later ones are numbered."""
    notes, names, seen = body.get("notes") or {}, {}, Counter[str]()
    for key in noted(body):
        said = hashlib.sha256(canonical_json(without_word(notes.get(key, [])))).hexdigest()[:16]
        seen[said] += 1
        names[key] = f"w{said}" + (f"-{seen[said]}" if seen[said] > 1 else "")
    return _with_names(body, lambda key: names[key])


def named_as(body: Json, like: Json) -> Json:
    """A body whose notes are named by their words, with the ids of another one where it has these notes, else with free ids."""
    known = dict(zip(noted(named_by_words(like)), noted(like), strict=True))
    names: dict[str, str] = {}
    taken = set(known.values())
    for key in noted(body):
        name = known.get(key, "")
        if not name:
            number = len(taken) + 1
            while f"n{number}" in taken:
                number += 1
            name = f"n{number}"
            taken.add(name)
        names[key] = name
    return _with_names(body, lambda key: names[key])


def noted(body: Json) -> list[str]:
    """The ids of the notes in the order in which the text names them."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, list | tuple):
            for part in value:
                walk(part)
        elif isinstance(value, Mapping):
            if value.get("type") == "note":
                found.append(value["attrs"]["id"])
            walk(value.get("content") or [])

    walk(body["heading"])
    walk(body["blocks"])
    return found


def _with_names(body: Json, name: Callable[[str], str]) -> Json:
    def renamed(value: Any) -> Any:
        if isinstance(value, list):
            return [renamed(part) for part in value]
        if isinstance(value, Mapping):
            if value.get("type") == "note":
                return {"type": "note", "attrs": {"id": name(value["attrs"]["id"])}}
            return {key: renamed(part) if key == "content" else part for key, part in value.items()}
        return value

    source = body.get("notes") or {}
    notes = {name(key): source[key] for key in noted(body) if key in source}
    return body | {"heading": renamed(body["heading"]), "blocks": renamed(body["blocks"]), "notes": notes}
