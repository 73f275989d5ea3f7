"""Find outdated places of a translation: the original changed there and the translation did not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from documents.translation.slots import Content, align_slots, same_shape, slots

OUTSIDE = 101.0
"""A similarity that nothing reaches: this match has the very same original."""


def left_behind(
    now: Mapping[str, Any],
    former: Mapping[str, Any] | None,
    then: Mapping[str, Any],
    after: Mapping[str, Any],
) -> list[str]:
    """The slots (:mod:`documents.translation.slots`) of an original, ``now``, that ``after``, its
    translation, does not express yet. They differ from ``former``, the original of the translation (None: not
    known). They are translated as in ``then``, the translation when the original changed. Or they have a new
    place and are not moved there. All of them where the two have other blocks, fields, pictures or locked
    blocks.
    """
    wanted, there, before = dict(slots(now)), dict(slots(after)), dict(slots(then))
    if not same_shape(now, after) or set(wanted) != set(there):
        return [*wanted] or [*there]
    if former is not None and [*_fixed(former)] != [*_fixed(now)] != [*_fixed(after)]:
        return [*wanted]
    olds = {_words(content) for content in before.values()}
    former_words = {_words(content) for content in dict(slots(former or {})).values()}
    same = align_slots(now, former, then, None, OUTSIDE) if former is not None else {}
    alike = align_slots(now, former, then) if former is not None else {}
    by_name = former is not None and same_shape(former, now)
    found = []
    for name, content in wanted.items():
        has = _words(there[name])
        if has not in olds:
            continue
        if name in same:
            open_ = has != _words(same[name])
        elif former is not None and not alike and _words(content) in former_words:
            # the former translation had other blocks: what it says of these words can't be told apart
            open_ = False
        elif name in alike or (by_name and name in before):
            open_ = has == _words(alike.get(name) or before[name])
        else:
            open_ = True
        if open_:
            found.append(name)
    return found


def _fixed(node: Any) -> Iterator[str]:
    """The pictures and locked blocks of a body, in their order: no slot holds them."""
    if isinstance(node, Mapping):
        if node.get("type") in ("image", "figure", "opaque"):
            attrs = node.get("attrs") or {}
            yield json.dumps([node["type"], *(attrs.get(key) for key in ("sha256", "text", "kind"))])
        for value in node.values():
            yield from _fixed(value)
    elif isinstance(node, list):
        for value in node:
            yield from _fixed(value)


def _words(content: Content) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True)
