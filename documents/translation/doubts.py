"""What in a translation that a file brought a person has to read before it counts as up to date.

A file says nothing of how it was made: a program confirms all of it at one press. So each text is held
against its original here. What is doubtful is stored all the same, and stays out of date until somebody
reads it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from documents.text.extraction import body_text, inline_text
from documents.text.types import Json
from documents.translation.figures import differing_figures
from documents.translation.languages import FAMILIES, other_language
from documents.translation.outdated import left_behind
from documents.translation.slots import same_shape, slots

LONG = 40
"""So many letters are a sentence: by its length it can be told that a translation is cut short."""
SHORT = 0.4
"""A translation with less than this share of the letters of its original is cut short."""
_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"⟦/?\d+⟧|\{[^{}]*\}|%\(\w+\)s|_{3,}")


class Reason(StrEnum):
    """Why a text has to be read. The first that holds is named."""

    EMPTY = "empty"
    SAME = "same"
    LANGUAGE = "language"
    UNCHANGED = "unchanged"
    UNREAD = "unread"
    REPEATED = "repeated"
    SHORT = "short"
    FIGURES = "figures"
    MARKS = "marks"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text in doubt: its slot (empty: the whole section), the words of both, and the figures that
    differ."""

    slot: str
    reason: Reason
    original: str
    translation: str
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Former:
    """The translation before. ``read``: it was up to date, so that somebody has read it. Else ``original`` is
    the text that it was made from (None: not known), and ``translation`` what it was at that time."""

    translation: Mapping[str, Any]
    original: Mapping[str, Any] | None = None
    read: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """A text and its translation: words, and what is not words."""

    slot: str
    source: str
    target: str
    nodes: tuple[Sequence[Json], Sequence[Json]] = ((), ())


def doubts(
    original: Mapping[str, Any],
    translation: Mapping[str, Any],
    languages: tuple[str, str],
    former: Former | None = None,
) -> list[Doubt]:
    """The texts of a section's translation that a person has to read. Bodies are in canonical form,
    ``languages`` those of the original and of the translation."""
    pairs = everything = _pairs(original, translation)
    unchanged: set[str] = set()
    behind = Reason.UNREAD
    if former is not None:
        behind = Reason.UNREAD if former.original is None else Reason.UNCHANGED
        before = {pair.slot: pair for pair in _pairs(original, former.translation)}
        if former.read:
            pairs = [pair for pair in pairs if before.get(pair.slot) != pair]
        elif pairs and not pairs[0].slot:
            unchanged = {""} if before.get("") == pairs[0] else set()
        else:
            unchanged = {*left_behind(original, former.original, former.translation, translation)}
    found = []
    for pair in pairs:
        figures = differing_figures(pair.source, languages[0], pair.target, languages[1])
        reasons = [*_wrong_words(pair, languages)]
        reasons += [behind] if pair.slot in unchanged else []
        reasons += _not_whole(pair, everything)
        reasons += [Reason.FIGURES] if figures else []
        reasons += _lost_marks(pair)
        if reasons:
            shown = tuple(figures) if reasons[0] is Reason.FIGURES else ()
            found.append(Doubt(pair.slot, reasons[0], pair.source, pair.target, shown))
    return found


def _pairs(original: Mapping[str, Any], translation: Mapping[str, Any]) -> list[_Pair]:
    """Slot by slot; as one where the two have other blocks."""
    here, there = dict(slots(original)), dict(slots(translation))
    if same_shape(original, translation) and here.keys() >= there.keys():
        return [
            _Pair(name, inline_text(nodes), inline_text(there.get(name, [])), (nodes, there.get(name, [])))
            for name, nodes in here.items()
        ]
    return [_Pair("", body_text(original, heading=True), body_text(translation, heading=True))]


def _wrong_words(pair: _Pair, languages: tuple[str, str]) -> Iterator[Reason]:
    if _letters(pair.source) and not any(map(str.isalnum, pair.target)):
        yield Reason.EMPTY
    if _is_same(pair, languages):
        yield Reason.SAME
    if other_language(pair.target, languages[1]):
        yield Reason.LANGUAGE


def _not_whole(pair: _Pair, pairs: list[_Pair]) -> Iterator[Reason]:
    source, target = _plain(pair.source), _plain(pair.target)
    if _letters(target) >= LONG and any(
        _plain(other.target) == target and _plain(other.source) != source for other in pairs
    ):
        yield Reason.REPEATED
    if _letters(source) >= LONG and _letters(target) < SHORT * _letters(source):
        yield Reason.SHORT


def _lost_marks(pair: _Pair) -> Iterator[Reason]:
    lost = _marks(pair.nodes[0]) - _marks(pair.nodes[1])
    if lost or _placeholders(pair.source) - _placeholders(pair.target):
        yield Reason.MARKS


def _is_same(pair: _Pair, languages: tuple[str, str]) -> bool:
    """Whether the translation says what the original says, in words of a language. Names, acronyms and
    numbers are the same in each; neighbours such as Bosnian and Croatian share whole sentences."""
    near = FAMILIES.get(languages[0]) == FAMILIES.get(languages[1])
    if near or _plain(pair.source) != _plain(pair.target):
        return False
    words = _WORD.findall(pair.source)
    return any(word.islower() and len(word) > 2 for word in words)


def _marks(nodes: Sequence[Json]) -> Counter[str]:
    """What of a text is not words, with how often it is there; a stretch of words counts once."""
    found: Counter[str] = Counter()
    last: list[str] = []
    for node in nodes:
        marks = [json.dumps(mark, sort_keys=True) for mark in node.get("marks") or []]
        found.update(mark for mark in marks if mark not in last)
        last = marks
        if node["type"] in ("note", "image"):
            found[json.dumps([node["type"], node.get("attrs")], sort_keys=True)] += 1
    return found


def _placeholders(text: str) -> Counter[str]:
    return Counter(_PLACEHOLDER.findall(text))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
