"""How the sections of a text that came from a file are numbered: which label is which number, and which numbers count on from which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.text.numerals import Number, Sign, in_order, lead_like, readings

Pattern = tuple[str, str, int, int]
"""What numbers that count together share: the word, how the last number is written, how many numbers lead it, and the level (0 for
articles, which stand at several)."""
BY_NAME = ("article", "annex")


@dataclass(frozen=True, slots=True)
class Place:
    """A section in an outline. ``named``: it shows a heading or a number in some language; ``label``: of one language."""

    uid: str
    level: int
    kind: str
    named: bool = True
    label: str = ""
    letters: str = ""
    """In which alphabet its file counts the number, where it is not that of its language."""

    @property
    def sort(self) -> str:
        """What is numbered apart: articles and annexes, and all others together."""
        return self.kind if self.kind in BY_NAME else ""


class Outline:
    """The places of a text in order. ``parents``: of each section those in which it stands, the innermost first."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = places
        self.by_uid = {place.uid: place for place in places}
        self.order = {place.uid: at for at, place in enumerate(places)}
        self.parents: dict[str, tuple[str, ...]] = {}
        self.beside: dict[tuple[str, int, str], list[Place]] = defaultdict(list)
        above: list[Place] = []
        for place in places:
            while above and above[-1].level >= place.level:
                above.pop()
            self.parents[place.uid] = tuple(one.uid for one in reversed(above))
            self.beside[self.key(place)].append(place)
            above.append(place)

    def key(self, place: Place) -> tuple[str, int, str]:
        """Who has the same stands beside it: under the same parent, at the same level, of one sort."""
        return (*self.under(place.uid), place.sort)

    def under(self, uid: str) -> tuple[str, int]:
        return next(iter(self.parents[uid]), ""), self.by_uid[uid].level

    def chain(self, uid: str, count: int, number_of: Callable[[str], Number | None]) -> tuple[Sign, ...]:
        """The number of the nearest section above that has one of so many signs; nothing where none has."""
        for parent in self.parents[uid]:
            number = number_of(parent)
            if number is not None and len(number.chain) == count:
                return number.chain
        return ()


class Patterns:
    """The numbers of a text as they are: ``numbers`` by uid, and to which ``runs`` they belong, within which each counts one more
    than that before. ``frozen``: sections whose neighbours are not numbered by one pattern."""

    def __init__(self, outline: Outline, language: str) -> None:
        self.outline = outline
        self.numbers: dict[str, Number] = {}
        self.frozen: set[str] = set()
        self.run: dict[str, tuple[Pattern, str]] = {}
        self.members: dict[tuple[Pattern, str], list[str]] = defaultdict(list)
        self.through: set[Pattern] = set()
        self._read(language)
        for every in outline.beside.values():
            labelled = [place for place in every if place.label]
            if len({self.pattern(place.uid) for place in labelled}) > 1:
                self.frozen.update(place.uid for place in labelled)
        self._find_runs()

    def number(self, uid: str) -> Number | None:
        return self.numbers.get(uid)

    def pattern(self, uid: str) -> Pattern | None:
        number, place = self.numbers.get(uid), self.outline.by_uid[uid]
        return pattern_of(number, place) if number is not None else None

    def tied(self, uid: str) -> bool:
        """Whether what leads its number is the number of a section in which it stands."""
        number = self.numbers[uid]
        chain = self.outline.chain(uid, len(number.lead), self.number)
        return bool(chain) and [one.value for one in chain] == [one.value for one in number.lead]

    def _read(self, language: str) -> None:
        """Of all that a label can be, what makes the labels beside it count on, else those of its level."""
        found = {
            place.uid: many
            for place in self.outline.places
            if (many := readings(place.label, place.letters or language))
        }
        level: dict[tuple[int, str], list[str]] = defaultdict(list)
        beside: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for place in self.outline.places:
            if place.uid in found:
                word = found[place.uid][0].word.casefold()
                level[place.level, word].append(place.uid)
                beside[(*self.outline.under(place.uid), word)].append(place.uid)
        best_of_level = {key: _orders(uids, found) for key, uids in level.items()}
        for group in beside.values():
            first = self.outline.by_uid[group[0]]
            wide = best_of_level[first.level, found[first.uid][0].word.casefold()]
            near = _orders(group, found)
            rank = {style: (count, wide[style]) for style, count in near.items()}
            best = max(rank, key=lambda style: rank[style])
            for uid in group:
                many = found[uid]
                self.numbers[uid] = next((one for one in many if one.last.style == best), many[0])
        for uid, number in self.numbers.items():
            if number.lead:
                chain = self.outline.chain(uid, len(number.lead), self.number)
                self.numbers[uid] = lead_like(number, chain, language)

    def _find_runs(self) -> None:
        of_pattern: dict[Pattern, list[str]] = defaultdict(list)
        for place in self.outline.places:
            pattern = self.pattern(place.uid)
            if pattern is not None and place.uid not in self.frozen:
                of_pattern[pattern].append(place.uid)
        for pattern, uids in of_pattern.items():
            if self._runs_through(uids):
                self.through.add(pattern)
            start, before = "", 0
            for uid in uids:
                number = self.numbers[uid]
                if pattern not in self.through:
                    start = self.outline.under(uid)[0]
                elif not before or number.last.value <= before - bool(number.tail):
                    start = uid
                before = number.last.value
                self.run[uid] = (pattern, start)
                self.members[pattern, start].append(uid)

    def _runs_through(self, uids: Sequence[str]) -> bool:
        """Whether numbers count on from one chapter to the next. Where there is only one chapter, articles and annexes do."""
        on = anew = 0
        for before, uid in pairwise(uids):
            if self.outline.under(before)[0] != self.outline.under(uid)[0]:
                value = self.numbers[uid].last.value
                on += value == self.numbers[before].last.value + 1
                anew += value == 1
        return on > anew or (not on and not anew and self.outline.by_uid[uids[0]].sort in BY_NAME)


def pattern_of(number: Number, place: Place) -> Pattern:
    level = 0 if place.kind == "article" else place.level
    return number.word.strip().casefold(), number.last.style, len(number.lead), level


def _orders(uids: Iterable[str], found: dict[str, list[Number]]) -> dict[str, int]:
    """By style, how well the labels count on where those that can be of that style are; the likelier styles first."""
    uids = list(uids)
    styles = dict.fromkeys(number.last.style for uid in uids for number in found[uid])
    made: dict[str, int] = {}
    for style in styles:
        of_style = (next((one for one in found[uid] if one.last.style == style), None) for uid in uids)
        made[style] = in_order(one for one in of_style if one is not None)
    return made
