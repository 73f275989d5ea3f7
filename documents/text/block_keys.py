"""Keys by which the blocks of two texts of one section are compared, and blocks put into another text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from documents.text.canonical import canonical_json
from documents.text.types import Json


def keyed_blocks(body: Json) -> list[tuple[bytes, Json]]:
    """The blocks of a text, each with what it is compared by."""
    return [(block_key(block, body), block) for block in body["blocks"]]


def block_key(block: Json, body: Json) -> bytes:
    """The block with its notes' texts in place of their ids, and without what only Word knows."""
    return canonical_json(_plain(block, body.get("notes") or {}))


def _plain(value: Any, notes: Json | None) -> Any:
    """``notes``: what is in place of the ids of notes; None leaves the ids."""
    if isinstance(value, list):
        return [_plain(part, notes) for part in value]
    if isinstance(value, dict):
        if value.get("type") == "note" and notes is not None:
            return {"type": "note", "text": _plain(notes.get(value["attrs"]["id"], []), {})}
        made = {key: _plain(part, notes) for key, part in value.items() if key != "ooxml"}
        return {key: part for key, part in made.items() if key != "attrs" or part}
    return value


def without_word(value: Any) -> Any:
    """A block or blocks without what only Word knows."""
    return _plain(value, None)


def with_links_of(body: Json, sent: Json) -> Json:
    """The text with the exported addresses of links, where another program only spelled them differently.
    Examples are a slash at the end and signs as %20."""
    known: dict[str, list[str]] = {}
    for href in _addresses([sent["heading"], sent["blocks"], sent["notes"]]):
        known.setdefault(_address(href), []).append(href)
    # One address may stand in several ways; then the first is the first as it was sent out.
    times = Counter(map(_address, _addresses([body["heading"], body["blocks"], body["notes"]])))
    passed: Counter[str] = Counter()

    def as_sent(href: str) -> str:
        ways = known.get(_address(href))
        if not ways:
            return href
        if times[_address(href)] != len(ways):
            return href if href in ways else ways[0]
        passed[_address(href)] += 1
        return ways[passed[_address(href)] - 1]

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(part) for part in value]
        if not isinstance(value, dict):
            return value
        if value.get("type") == "link":
            href = value["attrs"]["href"]
            made = {key: walk(part) for key, part in value.items() if key != "attrs"}
            return made | {"attrs": {**value["attrs"], "href": as_sent(href)}}
        return {key: walk(part) for key, part in value.items()}

    made: Json = body | {key: walk(body[key]) for key in ("heading", "blocks", "notes")} if known else body
    return made


def _addresses(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _addresses(part)
    elif isinstance(value, dict):
        if value.get("type") == "link":
            yield value["attrs"]["href"]
        for part in value.values():
            yield from _addresses(part)


def _address(href: str) -> str:
    return unquote(href).rstrip("/")


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
