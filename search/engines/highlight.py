"""Marks what answers a query, from the analysis itself: the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from search.analysis import Analyser, family_of
from search.analysis.tokenise import word_matches
from search.engines.answers import answer_in
from search.engines.base import Document, Hit, MarkedStep, Part, Step
from search.engines.plan import Group, Plan, Word, of_family
from search.engines.word_shapes import Shape, Shapes, shapes_of

_SNIPPET: Final = 240
_SNIPPETS: Final = 2
_LEAD: Final = 40
_STEPS: Final = 2
_MORE: Final = "…"


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    word: str


class _Wanted:
    """What is marked in the texts of one family: the words of a group as they are in the index."""

    def __init__(self, group: Group, shapes: Shapes) -> None:
        self._shapes = shapes
        self.lemmas = frozenset(group.tagged(word.lemma) for word in group.words)
        self._relatives = [
            (group.tagged(word.lemma), group.tagged(word.prefix)) for word in group.words if word.prefix
        ]
        self.phrases = [tuple(map(group.tagged, phrase)) for ways in group.phrases for phrase in ways]
        self._weights = {group.tagged(word.lemma): float(word.times) for word in group.words}

    def weight(self, marks: Iterable[_Mark], start: int, end: int) -> float:
        """What the words marked in a stretch of a text weigh together; a relative half of a word."""
        there = {mark.word for mark in marks if start <= mark.start < end}
        return sum(self._weights.get(word, 0.5) for word in there)

    def read(self, text: str) -> list[Shape]:
        return self._shapes.of(text)

    def loose(self, there: set[str]) -> frozenset[str]:
        """The prefixes of the words that the document has in no form, only a relative of."""
        return frozenset(prefix for lemma, prefix in self._relatives if lemma not in there)

    def marks(self, text: str, shapes: Sequence[Shape], loose: frozenset[str]) -> list[_Mark]:
        lemmas = self.lemmas
        found = {
            place: shape[0] if shape[0] in lemmas else shape[1]
            for place, shape in enumerate(shapes)
            if shape[0] in lemmas or shape[1] in loose
        }
        for place in self._phrase_places(shapes):
            found[place] = shapes[place][0]
        if not found:
            return []
        # Where the words stand is found out for a text that has any.
        return [
            _Mark(match.start(), match.end(), found[place])
            for place, match in enumerate(word_matches(text))
            if place in found
        ]

    def _phrase_places(self, shapes: Sequence[Shape]) -> set[int]:
        places: set[int] = set()
        if not self.phrases:
            return places
        lemmas = [shape[0] for shape in shapes]
        for phrase in self.phrases:
            size = len(phrase)
            for place in range(len(lemmas) - size + 1):
                if lemmas[place] == phrase[0] and tuple(lemmas[place : place + size]) == phrase:
                    places.update(range(place, place + size))
        return places


def present(document: Document, score: float, plan: Plan, analyser: Analyser) -> Hit:
    """A document found, with its heading and best snippets marked."""
    family = family_of(document.language)
    group = of_family(plan, family)
    label = f"{document.label} " if document.label else ""
    heading = label + document.heading
    if group is None:
        beginning = _cut(document.text, 0, _SNIPPET)
        return Hit(
            document, score, _marked_parts(heading, [], 0, len(heading)), (beginning,) if beginning else ()
        )
    wanted = _Wanted(group, shapes_of(analyser, family))
    in_text, in_heading = wanted.read(document.text), wanted.read(heading)
    there = {shape[0] for shape in in_text}
    there.update(shape[0] for shape in (*in_heading, *wanted.read(document.calls)))
    loose = wanted.loose(there)
    marks = wanted.marks(document.text, in_text, loose)
    there.update(shape[0] for shape in wanted.read(document.title))
    wanted_tokens = wanted.lemmas.union(*wanted.phrases)
    marks_in_heading = wanted.marks(heading, in_heading, loose)
    steps = _best_steps(document, marks, wanted)
    shown = [(step.start, step.start + _length_of_facts(step)) for step in document.steps]
    answer = answer_in(
        document.text,
        plan.asked_for,
        partial(wanted.weight, marks),
        partial(_has_half, [one for one in plan.groups if one.family == family], marks, marks_in_heading),
        without=shown,
    )
    return Hit(
        document,
        score,
        _marked_parts(heading, marks_in_heading, 0, len(heading)),
        tuple(snippets(document.text, marks, [*shown, answer] if answer else shown)),
        tuple((mark.start, mark.end) for mark in marks),
        frozenset(wanted_tokens & there),
        steps=tuple(_marked_step(step, document.text, marks) for step in steps),
        answer=_marked_parts(document.text, marks, *answer) if answer else (),
    )


def _has_half(
    groups: Sequence[Group], marks: Sequence[_Mark], in_heading: Sequence[_Mark], start: int, end: int
) -> bool:
    """Whether a sentence with its heading has half of what a group asks for, by weight. Words that only ask
    do not count."""
    there = {mark.word for mark in in_heading}
    there.update(mark.word for mark in marks if start <= mark.start < end)

    def has(group: Group, word: Word) -> bool:
        ways = [one.phrase or (one.lemma,) for one in word.all]
        ways += [(one.prefix,) for one in word.all if one.prefix]
        return any(there.issuperset(map(group.tagged, way)) for way in ways)

    return any(
        2 * sum(word.times for word in group.words if has(group, word)) >= group.every for group in groups
    )


def _best_steps(document: Document, marks: Sequence[_Mark], wanted: _Wanted) -> list[Step]:
    """The steps with most of the query, in their order; the first ones where none has any of it."""
    weighed = [(wanted.weight(marks, step.start, step.end), step) for step in document.steps]
    most = max((weight for weight, _ in weighed), default=0.0)
    return [step for weight, step in weighed if weight == most][:_STEPS]


def _length_of_facts(step: Step) -> int:
    return len("\n".join(filter(None, (step.title, step.who, step.limit))))


def _marked_step(step: Step, text: str, marks: Sequence[_Mark]) -> MarkedStep:
    parts, start = [], step.start
    for fact in (step.title, step.who, step.limit):
        parts.append(_marked_parts(text, marks, start, start + len(fact)))
        start += len(fact) + bool(fact)
    return MarkedStep(*parts)


def marker(
    group: Group, whole: str, language: str, analyser: Analyser
) -> Callable[[str], list[tuple[int, int]]]:
    """Where the marks are in any piece of a text, all of which is ``whole``."""
    wanted = _Wanted(group, shapes_of(analyser, family_of(language)))
    loose = wanted.loose({shape[0] for shape in wanted.read(whole)})
    return lambda text: [(mark.start, mark.end) for mark in wanted.marks(text, wanted.read(text), loose)]


def snippets(
    text: str, marks: Sequence[_Mark], shown: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[Part, ...]]:
    """The stretches of the text with the most different words of the query, in the text's order. ``shown``
    text next to them is no stretch; where it has all the marks, the text behind it is."""
    shown = sorted(shown)
    open_marks = [mark for mark in marks if not any(start <= mark.start < end for start, end in shown)]
    if not open_marks:
        beginning = _cut(text, shown[0][1] if shown else 0, _SNIPPET)
        if beginning:
            yield beginning
        return
    chosen: list[tuple[int, int]] = []
    covered: set[str] = set()
    for _ in range(_SNIPPETS):
        best = _best(open_marks, chosen, covered)
        if best is None:
            break
        first, words_there = best
        if chosen and words_there <= covered:
            break
        covered |= words_there
        start = _word_start(text, max(0, first - _LEAD))
        end = _word_end(text, min(len(text), start + _SNIPPET))
        start = max(start, *(until for _from, until in shown if until <= first), 0)
        chosen.append((start, min(end, *(begins for begins, _until in shown if begins > first), len(text))))
    for number, (start, end) in enumerate(sorted(chosen)):
        parts = _marked_parts(text, marks, start, end, more=True)
        # Between two stretches stands one sign of what is left out.
        yield parts[1:] if number and parts[0].text.startswith(_MORE) else parts


def _best(
    marks: Sequence[_Mark], taken: Sequence[tuple[int, int]], covered: set[str]
) -> tuple[int, set[str]] | None:
    """Where the richest stretch begins, and the words in it."""
    best: tuple[tuple[int, int, int], int, set[str]] | None = None
    reach = _SNIPPET - _LEAD
    for number, mark in enumerate(marks):
        if any(start - reach < mark.start < end for start, end in taken):
            continue
        words_there: set[str] = set()
        count = 0
        for other in marks[number:]:
            if other.end > mark.start + reach:
                break
            words_there.add(other.word)
            count += 1
        rank = (len(words_there - covered), len(words_there), count)
        if best is None or rank > best[0]:
            best = (rank, mark.start, words_there)
    return (best[1], best[2]) if best else None


def _cut(text: str, start: int, length: int) -> tuple[Part, ...]:
    end = _word_end(text, min(len(text), start + length))
    return _marked_parts(text, [], start, end, more=True) if text.strip() else ()


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _marked_parts(
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
