"""Number the sections of a text from a Word file when its outline changes.

Siblings whose numbers one plain pattern covers are counted on. All others keep their labels, and
:func:`doubtful` names those that a person should look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.text.numerals import Number, Sign, in_style, readings, written

APART = ("article", "annex")
"""The kinds that are numbered apart from others."""
Group = tuple[str, int, str]
"""Siblings: their kind where it is numbered separately, level (0 for articles) and parent. The parent is ""
where numbers run through the text."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section in an outline. ``named``: it shows a heading or a number in some language; ``label``: of one
    language."""

    uid: str
    level: int
    kind: str
    named: bool = True
    label: str = ""


@dataclass(frozen=True, slots=True)
class Renumbered:
    """``labels`` in the order of the outline; ``unsure``: sections whose number a person should check."""

    labels: tuple[str, ...]
    unsure: frozenset[str]


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of siblings that one pattern covers: each is one more than that before."""

    start: int
    by_uid: Mapping[str, Number]


class Siblings:
    """The sections of an outline by the group that they count in, and the series of those groups."""

    def __init__(self, places: Sequence[Place], language: str) -> None:
        self.places = places
        self.parents = parents_of(places)
        self.readings = {place.uid: readings(place.label, language) for place in places}
        self.running = {key for key in {_key(place) for place in places} if self._runs_through(key)}
        self.groups: dict[Group, list[Place]] = defaultdict(list)
        for place in places:
            self.groups[self.group(place, self.parents)].append(place)
        found = {group: self._series(members) for group, members in self.groups.items()}
        self.series = {group: series for group, series in found.items() if series is not None}
        self.numbers = {uid: many[0] for uid, many in self.readings.items() if many}
        for series in self.series.values():
            self.numbers |= series.by_uid

    def group(self, place: Place, parents: Mapping[str, Sequence[str]]) -> Group:
        """The group that a place of this outline, or of a changed one with these ``parents``, counts in."""
        key = _key(place)
        return (*key, "" if key in self.running else next(iter(parents[place.uid]), ""))

    def _runs_through(self, key: tuple[str, int]) -> bool:
        """Whether numbers continue from one chapter to the next. With one chapter only, those of articles and
        annexes do."""
        members = [place.uid for place in self.places if _key(place) == key and self.readings[place.uid]]
        continues = restarts = 0
        for one, other in pairwise(members):
            if self.parents[one][:1] != self.parents[other][:1]:
                value = self.readings[other][0].last.value
                continues += value == self.readings[one][0].last.value + 1
                restarts += value == 1
        return continues > restarts or (key[0] in APART and not (continues or restarts))

    def _series(self, members: Sequence[Place]) -> Series | None:
        """The first way to read all labels of a group in which they count on."""
        labelled = [place.uid for place in members if place.label]
        for first in self.readings[labelled[0]] if labelled else ():
            found = [one for uid in labelled for one in [_like(first, self.readings[uid])] if one is not None]
            if len(found) == len(labelled) and all(follows(*two) for two in pairwise(found)):
                return Series(first.last.value, dict(zip(labelled, found, strict=True)))
        return None


def _key(place: Place) -> tuple[str, int]:
    """What is numbered apart from others. Articles may be at several levels."""
    return (place.kind if place.kind in APART else "", 0 if place.kind == "article" else place.level)


def parents_of(places: Iterable[Place]) -> dict[str, tuple[str, ...]]:
    """For each section those that it is in, the innermost first."""
    found: dict[str, tuple[str, ...]] = {}
    above: list[Place] = []
    for place in places:
        while above and above[-1].level >= place.level:
            above.pop()
        found[place.uid] = tuple(one.uid for one in reversed(above))
        above.append(place)
    return found


def _like(model: Number, many: Iterable[Number]) -> Number | None:
    """The reading of a label that has the pattern of another number."""
    return next((one for one in many if _pattern(one) == _pattern(model) and one.lead == model.lead), None)


def _pattern(number: Number) -> tuple[str, str, int]:
    return number.word.strip().casefold(), number.last.style, len(number.lead)


def follows(before: Number, number: Number) -> bool:
    """Whether a number is one more than that before; one with a letter behind it ("5-а") counts for none."""
    return number.last.value == before.last.value + (not number.tail)


def doubtful(places: Sequence[Place], language: str) -> frozenset[str]:
    """The sections whose number does not follow from the sibling before. Also those without a number between
    two with one."""
    siblings = Siblings(places, language)
    found: set[str] = set()
    for group, members in siblings.groups.items():
        shown = [place for place in members if place.named]
        labelled = [place.uid for place in shown if place.label]
        at = [index for index, place in enumerate(shown) if place.label]
        if at:
            found.update(place.uid for place in shown[at[0] : at[-1]] if not place.label)
        if group not in siblings.series:
            found.update(
                other
                for one, other in pairwise(labelled)
                if not _counts_on(siblings.readings[one], siblings.readings[other])
            )
    return frozenset(found)


def _counts_on(before: Sequence[Number], numbers: Sequence[Number]) -> bool:
    if not before or not numbers:
        return not before and not numbers  # both in words
    return any(like is not None and follows(one, like) for one in before for like in [_like(one, numbers)])


def renumbered(before: Sequence[Place], after: Sequence[Place], language: str) -> Renumbered:
    """The labels of a changed outline. ``before``: with the labels that were there; what is in ``after``
    alone is new."""
    if not any(place.label for place in before):
        return Renumbered(("",) * len(after), frozenset())
    return _Renumbering(Siblings(before, language), after).made(language)


class _Renumbering:
    def __init__(self, was: Siblings, after: Sequence[Place]) -> None:
        self.was, self.after = was, after
        self.parents = parents_of(after)
        self.old = {place.uid: place for place in was.places}
        self.numbers: dict[str, Number] = {}
        """As they are now, of the sections that are done."""
        self.last: dict[Group, Number] = {}
        self.unsure: set[str] = set()

    def made(self, language: str) -> Renumbered:
        labels = tuple(self._label(place) for place in self.after)
        now = [replace(place, label=label) for place, label in zip(self.after, labels, strict=True)]
        new = doubtful(now, language) - doubtful(self.was.places, language)
        return Renumbered(labels, frozenset(self.unsure | new))

    def _label(self, place: Place) -> str:
        old = self.old.get(place.uid)
        label = old.label if old is not None else ""
        if not place.named or (old is not None and not label):
            return label
        group = self.was.group(place, self.parents)
        moved = old is None or self.was.group(old, self.was.parents) != group
        like, start, sure = self._number_like(place, group, moved)
        if not sure:
            self.unsure.add(place.uid)
        if like is not None:
            return self._count(place, group, like, start, label)
        if moved and sure:
            return ""
        if place.uid in self.was.numbers:
            self.numbers[place.uid] = self.was.numbers[place.uid]
        return label

    def _number_like(self, place: Place, group: Group, moved: bool) -> tuple[Number | None, int, bool]:
        """A number of the pattern that a section should have, if it is to be counted. With the start of its
        group, and whether that is sure."""
        members = [one for one in self.was.groups.get(group, ()) if one.named]
        series = self.was.series.get(group)
        if series is not None:
            own = series.by_uid.get(place.uid)
            covered = own is not None or all(one.label for one in members)
            return (own or _plain(series) if covered else None), series.start, covered
        if not moved:
            return None, 1, True
        if members:
            return None, 1, not any(one.label for one in members)
        same_level = [
            one for key, all_of in self.was.groups.items() if key[:2] == group[:2] for one in all_of
        ]
        labelled = {one.uid for one in same_level if one.label}
        if labelled:
            like = self._like_others(place, group, labelled)
            return like, 1, like is not None
        parent = self.numbers.get(next(iter(self.parents[place.uid]), ""))
        if parent is not None and parent.lead and not group[0]:
            return replace(parent, lead=parent.chain, last=Sign(parent.last.style, 1), tail=""), 1, True
        return None, 1, bool(same_level)

    def _like_others(self, place: Place, group: Group, labelled: Collection[str]) -> Number | None:
        """The pattern of all other groups of the kind and level, where they have the same one."""
        alike = [series for key, series in self.was.series.items() if key[:2] == group[:2]]
        covered = {uid for series in alike for uid in series.by_uid}
        patterns = {_pattern(number) for series in alike for number in series.by_uid.values()}
        if len(patterns) != 1 or not covered.issuperset(labelled):
            return None
        numbers = [_plain(series) for series in alike]
        chain = _chain(self.parents[place.uid], len(numbers[0].lead), self.numbers) or ()
        styles = [sign.style for sign in chain]
        return next((one for one in numbers if [sign.style for sign in one.lead] == styles), numbers[0])

    def _count(self, place: Place, group: Group, number: Number, start: int, label: str) -> str:
        """Counts a section in its group and gives its label. It keeps its old one where that is the same
        number."""
        before = self.last.get(group)
        value = before.last.value + (not number.tail) if before else start
        lead = self._lead(place, number)
        if lead is None or not written(number.last.style, value):
            self.unsure.add(place.uid)
            return label
        made = replace(number, lead=lead, last=Sign(number.last.style, value))
        self.numbers[place.uid] = self.last[group] = made
        return label if made in self.was.readings.get(place.uid, ()) else str(made)

    def _lead(self, place: Place, number: Number) -> tuple[Sign, ...] | None:
        """The lead of a number: the number of the nearest section above with as many signs. Unless it had
        another lead before."""
        if not number.lead:
            return ()
        if self.was.numbers.get(place.uid) == number:
            led_by = _chain(self.was.parents[place.uid], len(number.lead), self.was.numbers)
            if led_by is None or [one.value for one in led_by] != [one.value for one in number.lead]:
                return number.lead
        chain = _chain(self.parents[place.uid], len(number.lead), self.numbers)
        if chain is None:
            return None
        return tuple(in_style(there, here.style) for there, here in zip(chain, number.lead, strict=True))


def _chain(parents: Iterable[str], count: int, numbers: Mapping[str, Number]) -> tuple[Sign, ...] | None:
    chains = (numbers[uid].chain for uid in parents if uid in numbers)
    return next((chain for chain in chains if len(chain) == count), None)


def _plain(series: Series) -> Number:
    """The number that new ones of a series are written like: the last one without a letter."""
    numbers = list(series.by_uid.values())
    return next((one for one in reversed(numbers) if not one.tail), replace(numbers[-1], tail=""))
