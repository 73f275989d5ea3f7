"""The places of a section's body with text to translate, and a body made from another by filling them again.

A slot's name gives its place and can be a name in XML. ``h`` is the heading, ``b0`` a paragraph or caption,
``b3-title`` a step's title, ``n-fn1.0`` a note. ``b2.0.1`` is in lists, tables, callouts and steps: the way
down through ``content``. Locked blocks, labels and pictures hold nothing to translate; they stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from rapidfuzz import fuzz

from documents.text.types import Json

Content = list[Json]
STEP_FIELDS = ("title", "who", "limit")
LIKE = 65.0
"""From 100: from here on, words of an original are others with some changed, so that their former translation
helps."""


def slots(body: Mapping[str, Any]) -> Iterator[tuple[str, Content]]:
    """Every slot of a body in canonical form with its inline content, in reading order. What holds no words
    is left out."""
    heading = list(body.get("heading") or [])
    if _has_words(heading):
        yield "h", heading
    for index, block in enumerate(body.get("blocks") or []):
        yield from _of_block(block, f"b{index}")
    for note, blocks in (body.get("notes") or {}).items():
        for index, block in enumerate(blocks):
            yield from _of_block(block, f"n-{note}.{index}")


def _of_block(block: Mapping[str, Any], name: str) -> Iterator[tuple[str, Content]]:
    kind = block["type"]
    if kind == "opaque":
        return
    if kind == "step":
        for field in STEP_FIELDS:
            if text := (block.get("attrs") or {}).get(field):
                yield f"{name}-{field}", [{"type": "text", "text": text}]
    content = list(block.get("content") or [])
    if kind in ("paragraph", "figure"):
        if _has_words(content):
            yield name, content
        return
    for index, child in enumerate(content):
        yield from _of_block(child, f"{name}.{index}")


def _has_words(content: Content) -> bool:
    return any(node["type"] == "text" and node["text"].strip() for node in content)


def same_shape(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two bodies have the same blocks, so that each slot of one is a translation of the other's."""
    return _shape(one) == _shape(other)


def _shape(body: Mapping[str, Any]) -> object:
    def of(block: Mapping[str, Any]) -> object:
        kind = block["type"]
        if kind in ("paragraph", "figure", "opaque"):
            return kind
        return kind, tuple(of(child) for child in block.get("content") or [])

    return tuple(of(block) for block in body.get("blocks") or []), tuple(
        tuple(of(block) for block in blocks) for blocks in (body.get("notes") or {}).values()
    )


def align_slots(
    now: Mapping[str, Any],
    former: Mapping[str, Any],
    target: Mapping[str, Any],
    then: Mapping[str, Any] | None = None,
    least: float = LIKE,
) -> dict[str, Content]:
    """Align the slots of an original, ``now``, with ``target``, a translation made from another original,
    ``former``. Slots are found by the words of ``former``: first equal ones, then those similar by ``least``
    percent. A slot that has neither is left out. ``then`` is the translation at the time when the original
    was changed. What was written since belongs to the slot of the same name."""
    translated, wanted = dict(slots(target)), dict(slots(now))
    found: dict[str, Content] = {}
    if same_shape(now, target):
        found = _by_name(wanted, dict(slots(former)), translated, slots(then or target))
    if same_shape(former, target):
        left = {name: text for name, text in slots(former) if name in translated and name not in found}
        for match in (_by_equal_text, partial(_by_likeness, least=least)):
            pairs = match({name: text for name, text in wanted.items() if name not in found}, left)
            found |= {name: translated[known] for name, known in pairs.items()}
            left = {known: text for known, text in left.items() if known not in pairs.values()}
    return found


def _by_name(
    wanted: Mapping[str, Content],
    former: Mapping[str, Content],
    translated: Mapping[str, Content],
    then: Iterable[tuple[str, Content]],
) -> dict[str, Content]:
    """The translations of slots whose words are as in ``former``, and those written since ``then``."""
    before = {_words(content) for _name, content in then}
    kept = {
        name for name, content in wanted.items() if name in former and _words(former[name]) == _words(content)
    }
    fresh = {name for name, content in translated.items() if _words(content) not in before}
    return {name: translated[name] for name in wanted if name in translated and name in kept | fresh}


def _by_equal_text(wanted: Mapping[str, Content], former: Mapping[str, Content]) -> dict[str, str]:
    """The former slot with the very words of each; the first of several, each once."""
    places: dict[str, list[str]] = {}
    for known, content in former.items():
        places.setdefault(_words(content), []).append(known)
    texts = {name: _words(content) for name, content in wanted.items()}
    return {name: places[text].pop(0) for name, text in texts.items() if places.get(text)}


def _by_likeness(
    wanted: Mapping[str, Content], former: Mapping[str, Content], least: float
) -> dict[str, str]:
    """The former slot that is most like each, by ``least`` percent; of equally like ones that of its name."""
    both = [(name, known) for name in wanted for known in former if (name == "h") == (known == "h")]
    ranks = [
        (fuzz.ratio(_plain(wanted[name]), _plain(former[known])), name == known, name, known)
        for name, known in both
    ]
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for percent, _same, name, known in sorted(ranks, reverse=True):
        if percent >= least and name not in pairs and known not in taken:
            pairs[name] = known
            taken.add(known)
    return pairs


def _plain(content: Content) -> str:
    return "".join(node.get("text", " ") for node in content)


def _words(content: Content) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def fill(body: Mapping[str, Any], texts: Mapping[str, Content]) -> Json:
    """The body with the content of every named slot replaced; slots not named keep theirs. Pieces of Word's
    XML are left out: they contain the words of the other language."""
    return {
        "heading": list(texts.get("h", body.get("heading") or [])),
        "blocks": [
            _filled(block, f"b{index}", texts) for index, block in enumerate(body.get("blocks") or [])
        ],
        "notes": {
            note: [_filled(block, f"n-{note}.{index}", texts) for index, block in enumerate(blocks)]
            for note, blocks in (body.get("notes") or {}).items()
        },
    }


def _filled(block: Mapping[str, Any], name: str, texts: Mapping[str, Content]) -> Json:
    kind = block["type"]
    attrs = {key: value for key, value in (block.get("attrs") or {}).items() if key != "ooxml"}
    if kind == "step":
        for field in STEP_FIELDS:
            if (content := texts.get(f"{name}-{field}")) is not None:
                attrs[field] = "".join(node.get("text", " ") for node in content)
    made: Json = {"type": kind} | ({"attrs": attrs} if attrs else {})
    if kind == "opaque":
        return made
    content = list(block.get("content") or [])
    if kind in ("paragraph", "figure"):
        made["content"] = list(texts.get(name, content))
    else:
        made["content"] = [_filled(child, f"{name}.{index}", texts) for index, child in enumerate(content)]
    return made
