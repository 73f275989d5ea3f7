"""A Word file before its import: decisions about its outline, and its pairs with the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from documents.actions.manage_uploads import content, numbered
from documents.editions.text_storage import OutlineRow
from documents.models import Upload
from documents.translation.alignment import SURE
from documents.word.file.confined import serving_request
from documents.word.read.outline.decisions import (
    Decision,
    Line,
    decisions_as_json,
    decisions_from_json,
    lines_as_json,
    lines_from_json,
)
from documents.word.read.outline.number_gaps import number_gaps
from documents.word.read.outline.outline import Outlined, decide, outline_of, renumbers
from documents.word.read.report import FidelityReport, FindingCode

PAGE = 200
"""How many sections of a long outline are shown at once."""
LONG_HEADING = 200
"""Letters: a longer line is no heading."""


@dataclass(frozen=True)
class Landed:
    """An upload with what was read and decided, ready to be shown and changed."""

    upload: Upload
    lines: list[Line]
    decisions: dict[int, Decision]

    @classmethod
    def of(cls, upload: Upload) -> Landed:
        return cls(upload, lines_from_json(upload.lines), decisions_from_json(upload.decisions))

    @property
    def outline(self) -> list[Outlined]:
        return outline_of(self.lines, self.decisions)

    @property
    def report(self) -> FidelityReport:
        """What was found in the file, and the gaps in the numbers as its outline is now."""
        gaps = number_gaps((one.head.level, one.head.label, one.head.text) for one in self.outline)
        return FidelityReport.from_json(self.upload.report).with_finding(FindingCode.NUMBER_GAP, gaps)

    def with_form(self, data: Mapping[str, str]) -> dict[int, Decision]:
        """The decisions with a form's: ``l<at>`` is a level as shown, ``x<at>`` says it is an annex."""
        outline = self.outline
        lift = min((outlined.raw for outlined in outline), default=1) - 1
        wanted: dict[int, Decision] = {}
        for head in (outlined.head for outlined in outline if outlined.head.at >= 0):
            level = _number(data.get(f"l{head.at}", ""), 9)
            if not level:
                continue
            annex = f"x{head.at}" in data
            was = self.decisions[head.at].kind if head.at in self.decisions else ""
            kind = was
            if annex != (head.kind == "annex"):
                kind = "annex" if annex else ("chapter" if level == 1 else "section")
            if level != head.level or kind != was:
                wanted[head.at] = Decision(min(level + lift, 9), kind, head.heading)
        return decide(self.lines, self.decisions, wanted)

    def with_command(self, command: str, decisions: dict[int, Decision]) -> dict[int, Decision]:
        """The decisions after a button. It is ``reset``, or with the line's number ``join``, ``heading``,
        ``cut`` or ``apart`` (as the file has it)."""
        what, _, number = command.partition(" ")
        if what == "reset":
            return {}
        if what == "apart":
            return {key: decision for key, decision in decisions.items() if str(key) != number}
        line = next((line for line in self.lines if str(line.at) == number and line.at >= 0), None)
        if line is None or what not in ("join", "heading", "cut"):
            return decisions
        if what == "join":
            return decide(self.lines, decisions, {line.at: Decision(0)})
        heading = what == "heading"
        if line.level and heading == line.heading:
            return {key: decision for key, decision in decisions.items() if key != line.at}
        level = line.level or self._level_at(line.at, decisions)
        return decide(self.lines, decisions, {line.at: Decision(level, "", heading)})

    def _level_at(self, at: int, decisions: dict[int, Decision]) -> int:
        """The level, as a decision says it, of the section in which a line is."""
        for outlined in outline_of(self.lines, decisions):
            if outlined.head.at == at or any(line.at == at for line in outlined.lines):
                return outlined.raw
        return 1

    def save(self, decisions: dict[int, Decision]) -> bool:
        """Stores the decisions while the file waits for them, and renumbers its lines."""
        values: dict[str, object] = {"decisions": decisions_as_json(decisions)}
        if values["decisions"] != self.upload.decisions and renumbers(self.lines, decisions):
            with serving_request(False):  # the worker has read it; now with one decision more
                values["lines"] = lines_as_json(numbered(content(self.upload), self.lines, decisions))
        rows = Upload.objects.filter(pk=self.upload.pk, state=Upload.State.READ)
        return bool(rows.update(**values))


@dataclass(frozen=True, slots=True)
class Choice:
    """A section of the file that one of the source's may be paired with."""

    at: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A section of the source and what stands for it, or a part of the file that stands for none."""

    source: OutlineRow | None
    target: Outlined | None
    choices: tuple[Choice, ...] = ()
    unsure: bool = False
    had_text: bool = False
    joined: tuple[Choice, ...] = ()
    """Headings of the file that are taken for text of its section."""


class Pairing:
    """Which section of the source each section of a file stands for."""

    NEAR = 3
    FREE = 40

    def __init__(self, landed: Landed, source: list[OutlineRow], present: set[str]) -> None:
        self.landed = landed
        self.source = source
        self.present = present
        self.outline = landed.outline
        self.places = {outlined.head.at: place for place, outlined in enumerate(self.outline)}
        known = {row.uid for row in source}
        pairs = {int(at): pair for at, pair in (landed.upload.pairs or {}).items()}
        self.uids = {at: uid for at, (uid, _) in pairs.items() if uid in known and at in self.places}
        self.scores = {at: score for at, (_, score) in pairs.items()}
        self.headings = {line.at: line for line in landed.lines if line.level and line.at not in self.places}

    @property
    def free(self) -> list[Outlined]:
        return [outlined for outlined in self.outline if outlined.head.at not in self.uids]

    @property
    def missing(self) -> list[OutlineRow]:
        taken = set(self.uids.values())
        return [row for row in self.source if row.uid not in taken]

    def joined(self, outlined: Outlined | None) -> tuple[Choice, ...]:
        """What the file has as sections of their own, and is joined to this one."""
        lines = outlined.lines if outlined is not None else ()
        there = (self.headings[line.at] for line in lines if line.at in self.headings)
        return tuple(Choice(line.at, name_of_line(line), False) for line in there)

    def apart(self, pairs: Mapping[int, str]) -> dict[int, Decision]:
        """The decisions without those that join what now stands for a section of the source."""
        decisions = self.landed.decisions
        return {at: one for at, one in decisions.items() if at in self.places or at not in pairs}

    def rows(self) -> list[Row]:
        """Both outlines: in the source's order, unpaired sections after the one that they follow."""
        at_of = {uid: at for at, uid in self.uids.items()}
        after = self._unpaired()
        rows, expected = after.get("", []), 0
        for row in self.source:
            at = at_of.get(row.uid)
            target = None if at is None else self.outline[self.places[at]]
            place = expected if at is None else self.places[at]
            expected = place if at is None else place + 1
            unsure = at is not None and self.scores.get(at, 0.0) < SURE
            choices = self._choices(place, at)
            rows.append(Row(row, target, choices, unsure, row.uid in self.present, self.joined(target)))
            rows += after.get(row.uid, [])
        return rows

    def _unpaired(self) -> dict[str, list[Row]]:
        """The sections of the file that stand for none, by the source's section that they follow in it."""
        after: dict[str, list[Row]] = {}
        last = ""
        for outlined in self.outline:
            last = self.uids.get(outlined.head.at, last)
            if outlined.head.at not in self.uids:
                after.setdefault(last, []).append(Row(None, outlined, joined=self.joined(outlined)))
        return after

    def _choices(self, place: int, at: int | None) -> tuple[Choice, ...]:
        """The sections of the file near a place, and those that stand for none."""
        near = {p for p in range(place - self.NEAR, place + self.NEAR + 1) if 0 <= p < len(self.outline)}
        unpaired = [p for p, outlined in enumerate(self.outline) if outlined.head.at not in self.uids]
        near |= set(sorted(unpaired, key=lambda p: abs(p - place))[: self.FREE])
        return tuple(
            choice
            for one in (self.outline[p] for p in sorted(near))
            for choice in (Choice(one.head.at, name_of_line(one.head), one.head.at == at), *self.joined(one))
        )

    def with_form(self, data: Mapping[str, str]) -> dict[int, str]:
        """The pairs with what a form says: ``t<uid>`` the number of the file's section, or empty for none.
        Who is newly chosen leaves where it was."""
        there = {str(at): at for at in (*self.places, *self.headings)}
        now = {uid: at for at, uid in self.uids.items()}
        chosen = {row.uid: there.get(data[f"t{row.uid}"]) for row in self.source if f"t{row.uid}" in data}
        changed = {uid: at for uid, at in chosen.items() if at != now.get(uid)}
        taken = set(changed.values())
        pairs = {at: uid for uid, at in now.items() if uid not in changed and at not in taken}
        for uid, at in changed.items():
            if at is not None:
                pairs.setdefault(at, uid)
        return pairs

    def with_command(self, command: str, pairs: dict[int, str]) -> dict[int, str]:
        """After a button: ``order UID`` pairs the sections from there on one by one, as they come."""
        what, _, uid = command.partition(" ")
        uids = [row.uid for row in self.source]
        if what != "order" or uid not in uids:
            return pairs
        start = uids.index(uid)
        stay = {at: one for at, one in pairs.items() if one in uids[:start]}
        places = [self.places[at] for at in stay if at in self.places]
        rest = [outlined.head.at for outlined in self.outline[max(places, default=-1) + 1 :]]
        chosen = next((at for at, one in pairs.items() if one == uid), None)
        begin = rest.index(chosen) if chosen in rest else 0
        return stay | dict(zip(rest[begin:], uids[start:], strict=False))

    def save(self, pairs: dict[int, str]) -> bool:
        """Keeps the pairs. What a person has chosen is sure."""
        before = self.landed.upload.pairs or {}
        new_pairs = {}
        for at, uid in pairs.items():
            was = before.get(str(at))
            new_pairs[str(at)] = [uid, was[1] if was and was[0] == uid else 9.0]
        rows = Upload.objects.filter(pk=self.landed.upload.pk, state=Upload.State.READ)
        return bool(rows.update(pairs=new_pairs))


def name_of_line(line: Line) -> str:
    return " ".join(filter(None, [line.label, line.text]))[:80] or "–"


def _number(text: str, most: int) -> int:
    """A number from 1 to ``most``; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 9 and 1 <= int(text) <= most else 0
