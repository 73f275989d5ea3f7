"""Find what a line of text cites. Precision before recall: what may be something else is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from documents.citations.acts import find_acts
from documents.citations.grammars import ABBREVIATION, BARE, GRAMMARS, Grammar, family_of
from documents.citations.names import Names
from documents.translation.scripts import to_latin

GAZETTE: Final = "gazette"
_BEFORE: Final = re.compile(r"\s*[,(:–]\s*\Z")
"""What is between the name of an act and its article: "Law on Foreigners, Article 12"."""
_PUBLISHED: Final = re.compile(r"[\s,(„“\"”«]{1,4}\Z")
_CLOSING: Final = re.compile(r"[\s\"“”»]*\)")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation. ``sort`` and ``number`` name the part, both empty for a full act. ``act`` is its name in
    the text, empty where only a title in Kodeks identifies it. ``own``: the citing document itself.
    ``instruments``: those with this name."""

    start: int
    end: int
    sort: str = ""
    number: str = ""
    act: str = ""
    own: bool = False
    instruments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Act:
    start: int
    end: int
    name: str = ""
    own: bool = False
    instruments: tuple[int, ...] = ()


def find(text: str, language: str, names: Names | None = None) -> list[Cited]:
    """What a line cites, in order, without overlaps."""
    family = family_of(language)
    if not family:
        return []
    return _Line(text, family, names or Names(())).citations()


class _Line:
    def __init__(self, text: str, family: str, names: Names) -> None:
        self.text = text
        self.family = family
        self.grammar: Grammar = GRAMMARS[family]
        self.acts = self._acts(names)
        self.used: set[int] = set()

    def _acts(self, names: Names) -> list[_Act]:
        """Names of acts, and "this procedure"; names of what Kodeks holds come first."""
        laws = list(find_acts(self.text, self.family))
        found = []
        for start, end, instruments in names.find(self.text, self.family):
            law = next((self.text[a:b] for a, b in laws if a < end and start < b), "")
            found.append(_Act(start, end, law, instruments=instruments))
        found += [_Act(*match.span(), own=True) for match in self.grammar.own.finditer(self.text)]
        for start, end in laws:
            if not any(act.start < end and start < act.end for act in found):
                found.append(_Act(start, end, self.text[start:end]))
        return sorted(found, key=lambda act: act.start)

    def citations(self) -> list[Cited]:
        parts = self._of_one_act(list(self._parts()))
        wholes = [
            Cited(act.start, act.end, act=act.name, instruments=act.instruments)
            for act in self.acts
            if not act.own and act.start not in self.used
        ]
        return self._with_gazettes(_apart(sorted([*parts, *wholes], key=lambda one: one.start)))

    # parts of acts

    def _parts(self) -> Iterator[Cited]:
        done = 0
        for match in self.grammar.division.finditer(self.text):
            if match.start() < done:
                continue
            sort, several = self.grammar.sorts[match["word"].casefold()]
            found = [Cited(match.start(), match.end("tail"), sort, _number(match["number"]))]
            if several and not match["tail"]:
                found[0] = replace(found[0], end=match.end("number"))
                found += self._listed(match.end(), sort)
            act = self._act_of(found)
            if act is None and not self._stands_alone(match, sort):
                continue
            found = [self._in_act(one, act, len(found) == 1) for one in found]
            done = found[-1].end
            yield from found

    def _of_one_act(self, parts: list[Cited]) -> list[Cited]:
        """Parts joined to the next one are of its act: "Article 3 and Article 5 of the Law"."""
        for place in range(len(parts) - 2, -1, -1):
            one, after = parts[place], parts[place + 1]
            between = self.grammar.joint.match(self.text, one.end)
            named = one.act or one.own or one.instruments
            if not named and between and between.end() == after.start:
                parts[place] = replace(one, act=after.act, own=after.own, instruments=after.instruments)
        return parts

    def _listed(self, place: int, sort: str) -> Iterator[Cited]:
        """The further numbers of a list: "Articles 12 and 14"."""
        while match := self.grammar.more.match(self.text, place):
            if self.grammar.unit.match(self.text, match.end()):
                return
            yield Cited(match.start("number"), match.end("number"), sort, _number(match["number"]))
            place = match.end()

    def _act_of(self, found: Sequence[Cited]) -> _Act | None:
        """The act that is named behind the number, or directly before the word."""
        end = found[-1].end
        if self.text[end : end + 1] == ".":
            end += 1
        link = self.grammar.link.match(self.text, end)
        for act in self.acts:
            if link and act.start == link.end():
                self.used.add(act.start)
                return act
            if act.end <= found[0].start and _BEFORE.match(self.text, act.end, found[0].start):
                self.used.add(act.start)
                return act
        if found[0].sort == "article":
            short = ABBREVIATION.match(self.text, link.end() if link else end)
            if short:
                return _Act(*short.span(1), name=short[1])
        return None

    def _in_act(self, one: Cited, act: _Act | None, single: bool) -> Cited:
        if act is None:
            return replace(one, end=one.start + len(self.text[one.start : one.end].rstrip(".")))
        start, end = one.start, one.end
        if single:
            start, end = min(start, act.start), max(end, act.end)
        return replace(one, start=start, end=end, act=act.name, own=act.own, instruments=act.instruments)

    def _stands_alone(self, match: re.Match[str], sort: str) -> bool:
        """Whether a number without an act is a citation of the document's own part. It is none behind the
        name of an act in the same line: it may be that act's."""
        if sort not in BARE and not (sort == "point" and "." in match["number"]):
            return False
        end = match.end()
        if self.grammar.unit.match(self.text, end) or self.grammar.other.match(self.text, end):
            return False
        return not any(not act.own and act.end <= match.start() for act in self.acts)

    # gazettes

    def _with_gazettes(self, found: list[Cited]) -> list[Cited]:
        """A gazette directly behind an act is part of its citation; another one is a citation itself."""
        gazettes = []
        for match in self.grammar.gazette.finditer(self.text):
            before = next(
                (
                    index
                    for index, one in enumerate(found)
                    if one.end <= match.start() and _PUBLISHED.match(self.text, one.end, match.start())
                ),
                None,
            )
            if before is not None and (found[before].act or found[before].instruments):
                closing = _CLOSING.match(self.text, match.end())
                found[before] = replace(found[before], end=closing.end() if closing else match.end())
            else:
                gazettes.append(Cited(*match.span(), sort=GAZETTE, number=match["number"]))
        return _apart(sorted([*found, *gazettes], key=lambda one: one.start))


def _number(written: str) -> str:
    return to_latin(written).rstrip(".").lower() if written[:1].isdigit() else to_latin(written)


def _apart(found: Sequence[Cited]) -> list[Cited]:
    kept: list[Cited] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
