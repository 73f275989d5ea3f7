"""Marks what answers a query, from the analysis itself: the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from search.analysis import Analyser, Token, family_of
from search.engines.base import Document, Hit, Part
from search.engines.plan import Group, Plan, of_family

_SNIPPET: Final = 240
_SNIPPETS: Final = 2
_LEAD: Final = 40
_MORE: Final = "…"


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    word: str


def present(document: Document, score: float, plan: Plan, analyser: Analyser) -> Hit:
    """A document found, with its heading and best snippets marked."""
    family = family_of(document.language)
    group = of_family(plan, family)
    label = f"{document.label} " if document.label else ""
    heading = label + document.heading
    if group is None:
        beginning = _cut(document.text, 0, _SNIPPET)
        return Hit(document, score, _parts(heading, [], 0, len(heading)), (beginning,) if beginning else ())
    text_tokens = analyser.tokens(document.text, document.language)
    heading_tokens = analyser.tokens(heading, document.language)
    loose = _only_by_prefix(group, [*heading_tokens, *text_tokens])
    marks = list(_marks(text_tokens, group, loose))
    return Hit(
        document,
        score,
        _parts(heading, list(_marks(heading_tokens, group, loose)), 0, len(heading)),
        tuple(snippets(document.text, marks)),
        tuple((mark.start, mark.end) for mark in marks),
    )


def marker(group: Group, whole: Sequence[Token]) -> Callable[[Sequence[Token]], list[tuple[int, int]]]:
    """Where the marks stand in any piece of a text, whose tokens altogether are ``whole``."""
    loose = _only_by_prefix(group, whole)
    return lambda tokens: [(mark.start, mark.end) for mark in _marks(tokens, group, loose)]


def _only_by_prefix(group: Group, tokens: Sequence[Token]) -> frozenset[str]:
    """The prefixes of the words that the document has in no form, only a relative of."""
    lemmas = {token.lemma for token in tokens}
    return frozenset(word.prefix for word in group.words if word.prefix and word.lemma not in lemmas)


def _marks(tokens: Sequence[Token], group: Group, loose: frozenset[str]) -> Iterator[_Mark]:
    lemmas = {word.lemma for word in group.words}
    in_phrase = _phrase_places(tokens, group.phrases)
    for place, token in enumerate(tokens):
        if token.lemma in lemmas or place in in_phrase:
            yield _Mark(token.start, token.end, token.lemma)
        elif token.prefix in loose:
            yield _Mark(token.start, token.end, token.prefix)


def _phrase_places(tokens: Sequence[Token], phrases: Sequence[Sequence[str]]) -> set[int]:
    lemmas = [token.lemma for token in tokens]
    places: set[int] = set()
    for phrase in phrases:
        size = len(phrase)
        for place in range(len(lemmas) - size + 1):
            if lemmas[place] == phrase[0] and tuple(lemmas[place : place + size]) == tuple(phrase):
                places.update(range(place, place + size))
    return places


def snippets(text: str, marks: Sequence[_Mark]) -> Iterator[tuple[Part, ...]]:
    """The stretches of the text with the most different words of the query, in the text's order."""
    if not marks:
        beginning = _cut(text, 0, _SNIPPET)
        if beginning:
            yield beginning
        return
    chosen: list[tuple[int, int]] = []
    told: set[str] = set()
    for _ in range(_SNIPPETS):
        best = _best(marks, chosen, told)
        if best is None:
            break
        first, words = best
        if chosen and words <= told:
            break
        told |= words
        start = _word_start(text, max(0, first - _LEAD))
        chosen.append((start, _word_end(text, min(len(text), start + _SNIPPET))))
    for start, end in sorted(chosen):
        yield _parts(text, marks, start, end, more=True)


def _best(
    marks: Sequence[_Mark], taken: Sequence[tuple[int, int]], told: set[str]
) -> tuple[int, set[str]] | None:
    """Where the richest stretch begins, and the words in it."""
    best: tuple[tuple[int, int, int], int, set[str]] | None = None
    reach = _SNIPPET - _LEAD
    for number, mark in enumerate(marks):
        if any(start - reach < mark.start < end for start, end in taken):
            continue
        words: set[str] = set()
        count = 0
        for other in marks[number:]:
            if other.end > mark.start + reach:
                break
            words.add(other.word)
            count += 1
        rank = (len(words - told), len(words), count)
        if best is None or rank > best[0]:
            best = (rank, mark.start, words)
    return (best[1], best[2]) if best else None


def _cut(text: str, start: int, length: int) -> tuple[Part, ...]:
    end = _word_end(text, min(len(text), start + length))
    return _parts(text, [], start, end, more=True) if text.strip() else ()


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _parts(
    text: str, marks: Sequence[_Mark], start: int, end: int, *, more: bool = False
) -> tuple[Part, ...]:
    parts: list[Part] = []
    done = start
    for mark in marks:
        if mark.start < done or mark.end > end:
            continue
        if mark.start > done:
            parts.append(Part(text[done : mark.start]))
        parts.append(Part(text[mark.start : mark.end], marked=True))
        done = mark.end
    if done < end:
        parts.append(Part(text[done:end]))
    if more and text[:start].strip():
        parts.insert(0, Part(f"{_MORE} "))
    if more and text[end:].strip():
        parts.append(Part(f" {_MORE}"))
    return tuple(parts)
