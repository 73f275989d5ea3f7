"""References to sections that a file that came back has not. Pure, knows no Django."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from typing import Any

from rapidfuzz import fuzz, process

from documents.suggestions.suggestion import LIKE
from documents.text import inline_text

Json = dict[str, Any]


def with_references_of(body: Json, sent: Json, known: Collection[str]) -> Json:
    """The text with the references that were ``sent`` out to sections other than those of the file (``known``): a file has
    nothing that they could lead to, so their words come back plain, and nobody made them so. They stand where these words do."""
    lost = [line for line in _lines([sent["heading"], sent["blocks"], sent["notes"]]) if _gone(line, known)]
    if not lost:
        return body
    made = {key: _copy(body[key]) for key in ("heading", "blocks", "notes")}
    left = list(_lines(list(made.values())))
    for line in lost:
        found = process.extractOne(
            inline_text(line), map(inline_text, left), scorer=fuzz.ratio, score_cutoff=LIKE
        )
        if found is not None:
            # Each line of the file once: of equal ones, the first is the first that was sent out.
            other = left.pop(found[2])
            other[:] = _put(other, line, known)
    return body | made


def _gone(line: list[Json], known: Collection[str]) -> bool:
    return any(_reference(node) not in (None, *known) for node in line)


def _reference(node: Json) -> str | None:
    marks = node.get("marks") or ()
    return next((mark["attrs"]["uid"] for mark in marks if mark["type"] == "xref"), None)


def _put(line: list[Json], sent: list[Json], known: Collection[str]) -> list[Json]:
    """The line of the file with the references of the line that was sent out, where all the words of one stand in it."""
    old = [(sign, uid) for node in sent for sign, uid in _signs(node)]
    new = [(sign, node) for node in line for sign, _uid in _signs(node)]
    now: list[str | None] = [None] * len(new)
    matched = SequenceMatcher(None, [sign for sign, _ in old], [sign for sign, _ in new], autojunk=False)
    places: dict[int, int] = {}
    for a, b, size in matched.get_matching_blocks():
        places |= {a + n: b + n for n in range(size)}
    start = 0
    while start < len(old):
        uid, end = old[start][1], start
        while end < len(old) and old[end][1] == uid:
            end += 1
        at = [places.get(n, -1) for n in range(start, end)]
        if uid is not None and uid not in known and -1 not in at and at[-1] - at[0] == end - start - 1:
            for n in at:
                now[n] = uid
        start = end
    made: list[Json] = []
    before: tuple[Json, str | None] | None = None
    for (sign, node), uid in zip(new, now, strict=True):
        if node["type"] != "text":
            made.append(node)
        elif before is not None and before[0] is node and before[1] == uid:
            made[-1]["text"] += sign
        else:
            made.append(_marked(node, sign, uid))
        before = node, uid
    return _run_on(made)


def _signs(node: Json) -> Iterator[tuple[str, str | None]]:
    if node["type"] != "text":
        yield f"<{node['type']}>", None
        return
    uid = _reference(node)
    for sign in node["text"]:
        yield sign, uid


def _marked(node: Json, text: str, uid: str | None) -> Json:
    marks = list(node.get("marks") or [])
    if uid is not None and _reference(node) is None:
        marks.append({"type": "xref", "attrs": {"uid": uid}})
    made = {"type": "text", "text": text}
    return made | ({"marks": sorted(marks, key=lambda mark: str(mark["type"]))} if marks else {})


def _run_on(nodes: list[Json]) -> list[Json]:
    """Neighbours with the same marks as one."""
    made: list[Json] = []
    for node in nodes:
        last = made[-1] if made else None
        both = last is not None and last["type"] == node["type"] == "text"
        if last is not None and both and last.get("marks", []) == node.get("marks", []):
            last["text"] += node["text"]
        else:
            made.append(node)
    return made


def _lines(value: Any) -> Iterator[list[Json]]:
    """The lines of a text: the lists of text, breaks, notes and pictures."""
    if isinstance(value, list):
        if any(isinstance(part, dict) and part.get("type") == "text" for part in value):
            yield value
            return
        for part in value:
            yield from _lines(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _lines(part)


def _copy(value: Any) -> Any:
    if isinstance(value, list):
        return [_copy(part) for part in value]
    if isinstance(value, dict):
        return {key: _copy(part) for key, part in value.items()}
    return value
