"""Find outdated places of a translation: the original changed there and the translation did not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from documents.translation.slots import Content, align_slots, same_shape, slots

OUTSIDE = 101.0
"""A similarity that nothing reaches: this match has the very same original."""


def left_behind(
    source: Mapping[str, Any],
    former_source: Mapping[str, Any] | None,
    translation_then: Mapping[str, Any],
    translation: Mapping[str, Any],
) -> list[str]:
    """The slots (:mod:`documents.translation.slots`) of an original that its translation does not express
    yet. They differ from ``former_source``, the original of the translation (None: not known). They are
    translated as in ``translation_then``, when the original changed. Or they have a new place and are not
    moved there. All of them where the two have other blocks, fields, pictures or locked blocks.
    """
    wanted, translated = dict(slots(source)), dict(slots(translation))
    if not same_shape(source, translation) or set(wanted) != set(translated):
        return [*wanted] or [*translated]
    if former_source is not None and [*_fixed(former_source)] != [*_fixed(source)] != [*_fixed(translation)]:
        return [*wanted]
    before = _what_was(source, former_source, translation_then)
    return [name for name, content in wanted.items() if before.leaves_open(name, content, translated[name])]


@dataclass(frozen=True)
class _Before:
    """What is known of a translation when its original changed. ``texts``: its slots then, by name, and
    their ``words``; ``same``
    and ``alike``: those of the slots whose words are the former ones, or like them. ``former_words``: all of
    the former original, None where that is not known. ``in_shape``: whether it had the same blocks."""

    texts: Mapping[str, Content]
    words: frozenset[str]
    same: Mapping[str, Content]
    alike: Mapping[str, Content]
    former_words: frozenset[str] | None
    in_shape: bool

    def leaves_open(self, name: str, content: Content, translated: Content) -> bool:
        """Whether a slot with these words waits for a translation, where its text is ``translated``."""
        text = _words(translated)
        if text not in self.words:
            return False
        if name in self.same:
            return text != _words(self.same[name])
        if self.former_words is not None and not self.alike and _words(content) in self.former_words:
            # The former translation had other blocks: what it says of these words can't be told apart.
            return False
        if name in self.alike or (self.in_shape and name in self.texts):
            return text == _words(self.alike.get(name) or self.texts[name])
        return True


def _what_was(
    source: Mapping[str, Any], former: Mapping[str, Any] | None, then: Mapping[str, Any]
) -> _Before:
    texts = dict(slots(then))
    words = frozenset(map(_words, texts.values()))
    if former is None:
        return _Before(texts, words, {}, {}, None, False)
    same, alike = align_slots(source, former, then, None, OUTSIDE), align_slots(source, former, then)
    former_words = frozenset(_words(content) for _name, content in slots(former))
    return _Before(texts, words, same, alike, former_words, same_shape(former, source))


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
