"""A Word file before it is taken in: its outline as somebody decides about it, and beside which section each
part stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from documents.actions.manage_uploads import content, numbered
from documents.models import Upload
from documents.text_storage import OutlineRow
from documents.translation.alignment import SURE
from documents.word.read.outline.decisions import (
    Decision,
    Line,
    decisions_as_json,
    decisions_from_json,
    lines_as_json,
    lines_from_json,
)
from documents.word.read.outline.outline import Outlined, counts_anew, decide, outline_of

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

    def with_form(self, data: Mapping[str, str]) -> dict[int, Decision]:
        """The decisions with what a form says: ``l<at>`` a level as it is shown, ``x<at>`` that it is an
        annex."""
        outline = self.outline
        lift = min((outlined.raw for outlined in outline), default=1) - 1
        wanted: dict[int, Decision] = {}
        for outlined in outline:
            head = outlined.head
            said = data.get(f"l{head.at}", "")
            if head.at < 0 or not said.isdecimal() or not 1 <= int(said) <= 9:
                continue
            annex = f"x{head.at}" in data
            was = self.decisions.get(head.at)
            kind = was.kind if was else ""
            if annex != (head.kind == "annex"):
                kind = "annex" if annex else ("chapter" if int(said) == 1 else "section")
            if int(said) == head.level and kind == (was.kind if was else ""):
                continue
            wanted[head.at] = Decision(min(int(said) + lift, 9), kind, head.heading)
        return decide(self.lines, self.decisions, wanted)

    def with_command(self, command: str, decisions: dict[int, Decision]) -> dict[int, Decision]:
        """The decisions after a button: ``join``, ``heading``, ``cut`` or ``apart`` (as the file has it) and
        the line's number; ``reset``."""
        what, _, number = command.partition(" ")
        if what == "reset":
            return {}
        if what == "apart":
            return {key: decision for key, decision in decisions.items() if str(key) != number}
        at = int(number) if number.isdecimal() and len(number) < 9 else -1
        line = next((line for line in self.lines if line.at == at), None)
        if line is None or at < 0:
            return decisions
        if what == "join":
            return decide(self.lines, decisions, {at: Decision(0)})
        if what in ("heading", "cut"):
            level = line.level or self._level_at(at, decisions)
            heading = what == "heading"
            if line.level and heading == line.heading:
                return {key: decision for key, decision in decisions.items() if key != at}
            return decide(self.lines, decisions, {at: Decision(level, "", heading)})
        return decisions

    def _level_at(self, at: int, decisions: dict[int, Decision]) -> int:
        """The level, as a decision says it, of the section in which a line stands."""
        for outlined in outline_of(self.lines, decisions):
            if outlined.head.at == at or any(line.at == at for line in outlined.lines):
                return outlined.raw
        return 1

    def save(self, decisions: dict[int, Decision]) -> bool:
        """Keeps the decisions, while the file still waits for them, and counts anew what they give another
        number."""
        values: dict[str, object] = {"decisions": decisions_as_json(decisions)}
        if values["decisions"] != self.upload.decisions and counts_anew(self.lines, decisions):
            values["lines"] = lines_as_json(numbered(content(self.upload), self.lines, decisions))
        rows = Upload.objects.filter(pk=self.upload.pk, state=Upload.State.READ)
        return bool(rows.update(**values))


@dataclass(frozen=True, slots=True)
class Choice:
    """A section of the file that one of the source's may be put beside."""

    at: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of two outlines side by side: a section of the source and what stands for it, or a part of the
    file that stands for none."""

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
        known = {row.uid for row in source}
        pairs = landed.upload.pairs or {}
        self.uids = {int(at): uid for at, (uid, _) in pairs.items() if uid in known}
        self.scores = {int(at): score for at, (_, score) in pairs.items()}
        self.heads = {outlined.head.at for outlined in self.outline}
        self.uids = {at: uid for at, uid in self.uids.items() if at in self.heads}
        self.headings = {line.at: line for line in landed.lines if line.level and line.at not in self.heads}

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
        """The decisions without those that join what now stands beside a section of the source."""
        return {at: said for at, said in self.landed.decisions.items() if at in self.heads or at not in pairs}

    def rows(self) -> list[Row]:
        """Both outlines: the source's in its order, what stands for nothing after the section that it follows
        in the file."""
        at_of = {uid: at for at, uid in self.uids.items()}
        places = {outlined.head.at: place for place, outlined in enumerate(self.outline)}
        order = {row.uid: number for number, row in enumerate(self.source)}
        free_places = [place for place, o in enumerate(self.outline) if o.head.at not in self.uids]
        after: dict[int, list[Outlined]] = {}
        for place in free_places:
            before = next((p for p in range(place - 1, -1, -1) if self.outline[p].head.at in self.uids), None)
            number = -1 if before is None else order[self.uids[self.outline[before].head.at]]
            after.setdefault(number, []).append(self.outline[place])
        rows = [self._alone(outlined) for outlined in after.get(-1, [])]
        expected = 0
        for number, row in enumerate(self.source):
            at = at_of.get(row.uid)
            place = places[at] if at is not None else expected
            expected = place + 1 if at is not None else expected
            near = {p for p in range(place - self.NEAR, place + self.NEAR + 1) if 0 <= p < len(self.outline)}
            near |= set(sorted(free_places, key=lambda p: abs(p - place))[: self.FREE])
            choices = tuple(
                choice
                for o in (self.outline[p] for p in sorted(near))
                for choice in (Choice(o.head.at, name_of_line(o.head), o.head.at == at), *self.joined(o))
            )
            target = self.outline[places[at]] if at is not None else None
            unsure = at is not None and self.scores.get(at, 0.0) < SURE
            rows.append(
                Row(row, target, choices, unsure, row.uid in self.present, joined=self.joined(target))
            )
            rows += [self._alone(outlined) for outlined in after.get(number, [])]
        return rows

    def _alone(self, outlined: Outlined) -> Row:
        return Row(None, outlined, joined=self.joined(outlined))

    def with_form(self, data: Mapping[str, str]) -> dict[int, str]:
        """The pairs with what a form says: ``t<uid>`` the number of the file's section, or empty for none.
        Who is newly chosen leaves where it stood."""
        heads = self.heads | set(self.headings)
        now = {uid: at for at, uid in self.uids.items()}
        said: dict[str, int | None] = {}
        for row in self.source:
            chosen = data.get(f"t{row.uid}")
            if chosen is None:
                continue
            at = int(chosen) if chosen.lstrip("-").isdecimal() and len(chosen) < 9 else None
            said[row.uid] = at if at in heads else None
        changed = {uid: at for uid, at in said.items() if at != now.get(uid)}
        taken = {at for at in changed.values() if at is not None}
        pairs = {at: uid for uid, at in now.items() if uid not in changed and at not in taken}
        for uid, at in changed.items():
            if at is not None and at not in pairs:
                pairs[at] = uid
        return pairs

    def with_command(self, command: str, pairs: dict[int, str]) -> dict[int, str]:
        """After a button: ``order UID`` puts from there on one beside the other, as they come."""
        what, _, uid = command.partition(" ")
        if what != "order":
            return pairs
        numbers = [number for number, row in enumerate(self.source) if row.uid == uid]
        if not numbers:
            return pairs
        before = {row.uid for row in self.source[: numbers[0]]}
        kept = {at: one for at, one in pairs.items() if one in before}
        places = [place for place, outlined in enumerate(self.outline) if outlined.head.at in kept]
        rest = self.outline[max(places, default=-1) + 1 :]
        chosen = next((at for at, one in pairs.items() if one == uid), None)
        start = next((n for n, outlined in enumerate(rest) if outlined.head.at == chosen), 0)
        return kept | {
            outlined.head.at: row.uid
            for row, outlined in zip(self.source[numbers[0] :], rest[start:], strict=False)
        }

    def save(self, pairs: dict[int, str]) -> bool:
        """Keeps the pairs. What a person has chosen is sure."""
        before = self.landed.upload.pairs or {}
        kept = {}
        for at, uid in pairs.items():
            was = before.get(str(at))
            kept[str(at)] = [uid, was[1] if was and was[0] == uid else 9.0]
        rows = Upload.objects.filter(pk=self.landed.upload.pk, state=Upload.State.READ)
        return bool(rows.update(pairs=kept))


def name_of_line(line: Line) -> str:
    return " ".join(filter(None, [line.label, line.text]))[:80] or "–"
