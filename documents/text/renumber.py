"""The numbers of a text that came from a file, after its outline was changed: each as it was, unless one before it came, went or
moved; a new one by the pattern of those beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from documents.text.lettered_numbers import stands_behind
from documents.text.numerals import Number, Sign, in_style, written
from documents.text.patterns import Outline, Pattern, Patterns, Place, pattern_of

Run = tuple[Pattern, str]


@dataclass(frozen=True, slots=True)
class Renumbered:
    """``labels`` in the order of the outline; ``unsure``: sections that should have another number, or one, by a pattern that can't
    be known."""

    labels: tuple[str, ...]
    unsure: frozenset[str]


def renumbered(
    before: Sequence[Place], after: Sequence[Place], moved: Collection[str], language: str
) -> Renumbered:
    """``before``: with the labels that were there. ``moved``: the sections that somebody moved or set to another level, with what
    stands in them. What is in ``after`` alone is new."""
    if not any(place.label for place in before):
        return Renumbered(("",) * len(after), frozenset())
    work = _Renumbering(Outline(before), Outline(after), frozenset(moved), language)
    return Renumbered(work.labels(), frozenset(work.unsure))


class _Renumbering:
    def __init__(self, old: Outline, new: Outline, moved: frozenset[str], language: str) -> None:
        self.old, self.new, self.moved = old, new, moved
        self.was = Patterns(old, language)
        self.unsure: set[str] = set()
        self.numbers: dict[str, Number] = {}
        """As they are now, of those that are done."""
        self._counted: dict[Run, int] = defaultdict(int)
        self._last: dict[Run, tuple[int, str]] = {}
        self._place_in_run = self._places_in_runs()
        self._moved_whole = {run for run, uids in self.was.members.items() if moved.issuperset(uids)}
        self._staying: dict[Pattern, list[tuple[int, str, str]]] = defaultdict(list)
        """Of the numbers that stay in their runs the places in the outline now, in order."""
        for (pattern, start), uids in self.was.members.items():
            stay = (uid for uid in uids if uid in new.order and self._stays(uid, (pattern, start)))
            self._staying[pattern] += ((new.order[uid], uid, start) for uid in stay)
        for staying in self._staying.values():
            staying.sort()
        self._evidence: dict[tuple[int, str], list[Place]] = defaultdict(list)
        for place in new.places:
            known = old.by_uid.get(place.uid)
            if place.named and known is not None and (known.level, known.sort) == (place.level, place.sort):
                level = 0 if place.kind == "article" else place.level
                self._evidence[level, place.sort].append(known)
        self._known = {place.uid for every in self._evidence.values() for place in every}

    def labels(self) -> tuple[str, ...]:
        found = {place.uid: self._label(place) for place in self.new.places}
        self._say_left()
        return tuple(found[place.uid] for place in self.new.places)

    def _label(self, place: Place) -> str:
        uid = place.uid
        label = self.old.by_uid[uid].label if uid in self.old.by_uid else ""
        own = self.was.number(uid)
        if not self._elsewhere(place):
            if own is None:
                return label
            led = self._led_as_it_was(place, own)
            if uid in self.was.frozen:
                self.numbers[uid] = led
                return self._said(uid, label)
            return self._count(place, led, label)
        if not place.named or (uid in self.old.by_uid and uid not in self.moved and not label):
            return label
        if self._beside_where_it_was(place) and (own is None or uid in self.was.frozen):
            # Moved among those beside it: one without a number is one without a number there too.
            self.unsure.update({uid} if label else ())
            if own is not None:
                self.numbers[uid] = own
            return label
        wanted = own if self._beside_where_it_was(place) else self._wanted(place)
        return "" if wanted is None else self._count(place, wanted, label)

    def _said(self, uid: str, label: str) -> str:
        """The label as it stood where its numbers are the same, else written anew."""
        known, now = self.was.number(uid), self.numbers[uid]
        return label if known == now else str(now)

    def _elsewhere(self, place: Place) -> bool:
        """Whether a section is new, or stands elsewhere or at another level than before."""
        uid = place.uid
        if uid not in self.old.by_uid or self.old.key(self.old.by_uid[uid]) != self.new.key(place):
            return True
        return uid in self.moved and not set(self.new.parents[uid]) & self.moved

    def _beside_where_it_was(self, place: Place) -> bool:
        known = self.old.by_uid.get(place.uid)
        return known is not None and self.old.key(known) == self.new.key(place)

    # Which pattern

    def _wanted(self, place: Place) -> Number | None:
        """A number of the pattern that a section is to have; None where it is to have none, or that can't be known."""
        siblings = [one for one in self.new.beside[self.new.key(place)] if one.uid != place.uid and one.named]
        known = [self.old.by_uid[one.uid] for one in siblings if one.uid in self._known]
        like: Number | None
        if known:
            like, sure = self._by_neighbours(place, known)
        else:
            level = 0 if place.kind == "article" else place.level
            every = [one for one in self._evidence[level, place.sort] if one.uid != place.uid]
            own = self.was.number(place.uid) if place.uid in self._known else None
            like, sure = (own, True) if own is not None else self._by_all(place, every)
        led = self._led(place, like) if like is not None else None
        if led is not None and led.lead and not self._leads(place, led):
            led, sure = None, False
        if not sure:
            self.unsure.add(place.uid)
        return self._without_letter(place, led) if led is not None else None

    def _without_letter(self, place: Place, number: Number) -> Number:
        """A number as the nearest without a letter is written: "Članak 6." beside "Članak 5." and "Članak 5.a"."""
        plain = [
            (abs(self.new.order[uid] - self.new.order[place.uid]), one.end)
            for uid, one in self.was.numbers.items()
            if number.tail and not one.tail and uid in self.new.order
            if pattern_of(one, self.old.by_uid[uid]) == pattern_of(number, place)
        ]
        return replace(number, tail="", end=min(plain)[1] if plain else number.end)

    def _by_neighbours(self, place: Place, known: Sequence[Place]) -> tuple[Number | None, bool]:
        """Of those beside it: all numbered alike, or none; where some have none, those next to it tell."""
        labelled = [one for one in known if one.label]
        if not labelled:
            return None, True
        if len({self.was.pattern(one.uid) for one in labelled}) > 1:
            return None, False
        at = self.new.order[place.uid]
        ahead = [one for one in known if self.new.order[one.uid] < at]
        behind = [one for one in known if self.new.order[one.uid] > at]
        near = [*ahead[-1:], *behind[:1]]
        if len(labelled) < len(known) and len({bool(one.label) for one in near}) > 1:
            return None, False
        if not near[0].label:
            return None, len(near) == 2
        like = self.was.number(near[0].uid)
        return like, like is not None

    def _by_all(self, place: Place, every: Sequence[Place]) -> tuple[Number | None, bool]:
        """Of those of its level anywhere in the text; of a level that none has, the next number where numbers lead one another."""
        labelled = [one for one in every if one.label]
        if every and not labelled:
            return None, True
        if not every:
            for parent in self.new.parents[place.uid][:1]:
                above = self.numbers.get(parent)
                if above is not None and above.lead and place.sort == "":
                    return replace(above, lead=above.chain, last=Sign(above.last.style, 1), tail=""), True
            return None, False
        if len(labelled) < len(every) or len({self.was.pattern(one.uid) for one in labelled}) > 1:
            return None, False
        at = self.new.order[place.uid]
        near = min(labelled, key=lambda one: abs(self.new.order[one.uid] - at))
        like = self.was.number(near.uid)
        return like, like is not None

    def _leads(self, place: Place, number: Number) -> bool:
        """Whether there is a section above whose number leads it."""
        return bool(self.new.chain(place.uid, len(number.lead), self.numbers.get))

    def _led_as_it_was(self, place: Place, own: Number) -> Number:
        """The number of a section that stays, led by that of the section in which it stands as that is now."""
        if not own.lead or not self.was.tied(place.uid):
            return own
        chain = self.new.chain(place.uid, len(own.lead), self.numbers.get)
        if not chain:
            self.unsure.add(place.uid)
            return own
        lead = zip(chain, own.lead, strict=True)
        return replace(own, lead=tuple(in_style(there, here.style) for there, here in lead))

    def _led(self, place: Place, number: Number) -> Number:
        """A number by a pattern, led by that of the section in which it is to stand."""
        chain = self.new.chain(place.uid, len(number.lead), self.numbers.get)
        if not chain:
            return number
        lead = zip(chain, number.lead, strict=True)
        return replace(
            number,
            lead=tuple(
                in_style(there, here.style if self._own_style(place, here) else there.style)
                for there, here in lead
            ),
        )

    def _own_style(self, place: Place, here: Sign) -> bool:
        """Whether numbers here are led in another style than those above have ("2.1" in "Глава II")."""
        return here.style in ("1", "01") and place.sort == "" and not self._in_annex(place)

    def _in_annex(self, place: Place) -> bool:
        return any(self.new.by_uid[uid].kind == "annex" for uid in self.new.parents[place.uid])

    # Which count

    def _count(self, place: Place, number: Number, label: str) -> str:
        """Counts a section by its pattern and gives its label."""
        uid = place.uid
        run, stays = self._run_of(place, number)
        if not number.tail:
            self._counted[run] += 1
        if stays:
            value = self.was.numbers[uid].last.value + self._counted[run] - self._place_in_run[uid][0]
        elif run in self._last:
            value = self._last[run][0] + (not number.tail)
        else:
            first = next(iter(self.was.members.get(run, ())), "")
            value = (self.was.numbers[first].last.value if first else 1) - bool(number.tail)
        # One that was put in and now comes before all that it could stand behind is left as it was.
        shown = value if not number.tail or self._counted[run] else number.last.value
        if not written(number.last.style, shown):
            self.unsure.add(uid)
            return label
        self.numbers[uid] = replace(number, last=Sign(number.last.style, shown))
        before = self._last.get(run, (0, ""))[1]
        elsewhere = before != self._place_in_run.get(uid, (0, uid))[1]
        if number.tail and elsewhere and not stands_behind(self.numbers[uid], self.numbers.get(before)):
            self.unsure.add(uid)
        self._last[run] = value, uid
        return self._said(uid, label)

    def _run_of(self, place: Place, number: Number) -> tuple[Run, bool]:
        """In which run of numbers a section counts, and whether it is that in which it was."""
        uid, pattern = place.uid, pattern_of(number, place)
        was = self.was.run.get(uid)
        if was is not None and was[0] == pattern:
            if pattern not in self.was.through and not self._elsewhere(place):
                return was, True
            if pattern in self.was.through and self._stays(uid, was):
                return was, True
        if pattern not in self.was.through:
            return (pattern, self.new.under(uid)[0]), False
        return (pattern, self._run_at(place, pattern)), False

    def _stays(self, uid: str, run: Run) -> bool:
        """Whether a number that runs through the text is still in its run: it was not moved, or all of the run was."""
        return uid not in self.moved or run in self._moved_whole

    def _run_at(self, place: Place, pattern: Pattern) -> str:
        """The run of a number that came in among those that run through the text: that of the one before, or that of the one behind
        which stands nearer in the outline."""
        at = self.new.order[place.uid]
        members = self._staying[pattern]
        spot = bisect_left(members, (at, "", ""))
        ahead = members[spot - 1] if spot else None
        behind = members[spot] if spot < len(members) else None
        if ahead is None or behind is None:
            near = ahead or behind
            return near[2] if near else ""
        shared = [
            len(set(self.new.parents[place.uid]) & set(self.new.parents[x[1]])) for x in (ahead, behind)
        ]
        return (behind if shared[1] > shared[0] else ahead)[2]

    def _places_in_runs(self) -> dict[str, tuple[int, str]]:
        """How many without a letter came up to a number in its run, and behind which section it stood."""
        found: dict[str, tuple[int, str]] = {}
        for uids in self.was.members.values():
            count = 0
            for before, uid in zip(("", *uids), uids, strict=False):
                count += not self.was.numbers[uid].tail
                found[uid] = count, before
        return found

    def _say_left(self) -> None:
        """Those that stand behind one that came, went or moved and were left as they are, as their pattern can't be known."""
        for key, every in self.new.beside.items():
            labels = {one.uid: one.label for one in self.old.beside.get(key, ())}
            mixed = [uid for uid, label in labels.items() if label and self._left(uid)]
            if not mixed:
                continue
            was = [uid for uid, label in labels.items() if label]
            now = [one.uid for one in every if labels.get(one.uid) or one.uid not in self.old.by_uid]
            self.unsure.update(uid for uid in _shifted(was, now) if uid in mixed)

    def _left(self, uid: str) -> bool:
        return uid in self.was.frozen or self.was.number(uid) is None


def _shifted(was: Sequence[str], now: Iterable[str]) -> list[str]:
    """Those of which others stand before than before."""
    place = {uid: at for at, uid in enumerate(was)}
    return [uid for at, uid in enumerate(now) if uid in place and place[uid] != at]
