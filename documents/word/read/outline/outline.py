"""The outline that a file will have with what a person decided about it, without reading the file again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from documents.word.read.outline.decisions import Decision, Decisions, Line
from documents.word.read.outline.heading_numbers import guess_kind, typed_number


@dataclass(frozen=True, slots=True)
class Outlined:
    """A section as the outline will be: its first line, as decided, and the lines of its text."""

    head: Line
    raw: int
    """Its level as a decision would say it: where no section is at level 1, the others are moved up."""
    lines: tuple[Line, ...]
    decided: bool = False
    """Whether a person decided about it."""

    @property
    def letters(self) -> int:
        return sum(line.letters for line in self.lines)


def outline_of(lines: Sequence[Line], decisions: Decisions) -> list[Outlined]:
    """The sections that the file will have. What is decided of lines that are not there says nothing."""
    sections: list[tuple[Line, list[Line], bool]] = []
    for line in lines:
        decision = decisions.get(line.at) if line.at >= 0 else None
        if decision is not None:
            # The first line of all begins a section, whatever was decided of it.
            level = decision.level or (0 if sections else 1)
            line = _as_decided(line, replace(decision, level=level))
        if line.now is not None:
            line = replace(line, label=line.now[0], text=line.now[1])
        if line.level or not sections:
            first = line if line.level else replace(line, level=1)
            sections.append((first, [] if first.heading else [first], decision is not None))
        else:
            sections[-1][1].append(line)
    lowest = min((head.level for head, _, _ in sections), default=1)
    return [
        Outlined(_named(replace(head, level=head.level - lowest + 1)), head.level, tuple(inner), decided)
        for head, inner, decided in sections
    ]


def _as_decided(line: Line, decision: Decision) -> Line:
    heading = bool(decision.level) and decision.heading
    label, text = line.label, line.text
    if heading and not line.heading and not label:
        label = typed_number(text)
        text = text[len(label) :].lstrip(" .:–—-") if label else text
    kind = (decision.kind or line.kind) if decision.level else ""
    return replace(line, level=decision.level, heading=heading, kind=kind, label=label, text=text)


def _named(head: Line) -> Line:
    kind = head.kind or (guess_kind(head.level, head.label, head.text) if head.heading else "section")
    return replace(head, kind=kind)


def decide(
    lines: Sequence[Line], decisions: Decisions, wanted: Mapping[int, Decision]
) -> dict[int, Decision]:
    """The decisions with new ones. Decisions that change nothing, and those about lines that can begin no
    section, are left out."""
    found = _of_the_file(lines, {**decisions, **wanted})
    outline = outline_of(lines, found)
    lift = _lowest(outline) - _lowest(outline_of(lines, {}))
    if lift > 0 and all(outlined.head.at >= 0 for outlined in outline):
        # Nothing is left at the file's highest level: all go up, and are counted as what stands there.
        kinds = {at: decision.kind for at, decision in found.items()}
        up = {o.head.at: Decision(o.raw - lift, kinds.get(o.head.at, ""), o.head.heading) for o in outline}
        found = _of_the_file(lines, found | up)
    return {at: replace(decision, like=like_of(lines, at, decision)) for at, decision in found.items()}


def _lowest(outline: Sequence[Outlined]) -> int:
    return min((outlined.raw for outlined in outline), default=1)


def _of_the_file(lines: Sequence[Line], decisions: Decisions) -> dict[int, Decision]:
    known = {line.at: line for line in lines if line.at >= 0}
    first = next((line.at for line in lines), -1)
    merged = {at: d for at, d in decisions.items() if at in known}
    found: dict[int, Decision] = {}
    for at, decision in merged.items():
        line = known[at]
        if at == first and not decision.level:
            continue
        kind = "" if decision.kind == line.kind else decision.kind
        same_level = decision.level == line.level and (not line.level or decision.heading == line.heading)
        if same_level and not kind:
            continue
        found[at] = replace(decision, kind=kind)
    return found


def renumbers(lines: Sequence[Line], decisions: Decisions) -> bool:
    """Whether the decisions change numbers, or did before. Then the file must be read with them."""
    return any(decision.like is not None for decision in decisions.values()) or any(
        line.now for line in lines
    )


def renumbered(lines: Sequence[Line], decisions: Decisions, read: Sequence[Line]) -> list[Line]:
    """The lines with their numbers by the decisions. ``read`` are the lines of the file read with them."""
    now = {line.at: (line.label, line.text) for line in read if line.at >= 0}
    plain = [replace(line, now=None) for line in lines]
    shown = {
        line.at: (line.label, line.text)
        for outlined in outline_of(plain, decisions)
        for line in (outlined.head, *outlined.lines)
    }
    return [
        replace(line, now=now[line.at])
        if line.at in now and now[line.at] != shown.get(line.at, now[line.at])
        else line
        for line in plain
    ]


def like_of(lines: Sequence[Line], at: int, decision: Decision) -> int | None:
    """The heading whose style and number a line gets by a decision (``Decision.like``). It is the nearest of
    that level in the file. One of the same kind is first, and one counted where the line is. Only where Word
    counts one of the two numbers. What was typed stays as typed, and so does the look of everything that is
    not counted."""
    place, line = next((n, line) for n, line in enumerate(lines) if line.at == at)
    was = line.level if line.heading else 0
    if decision.level in (0, was) or not decision.heading:
        return None
    kind = decision.kind or (line.kind if was else "")
    near = _nearest(lines, place, decision.level, kind)
    if near is None:
        return -was if was and line.counted else None
    counted = [line.counted, near.counted]
    return near.at if (any(counted) if was else all(counted)) else None


def _nearest(lines: Sequence[Line], place: int, level: int, kind: str) -> Line | None:
    """The other heading of a level that a line is to look like."""
    same = [n for n, one in enumerate(lines) if n != place and _is_heading_of(one, level)]
    return lines[min(same, key=lambda number: _distance(lines, number, place, kind))] if same else None


def _is_heading_of(line: Line, level: int) -> bool:
    return line.heading and line.at >= 0 and line.level == level


def _distance(lines: Sequence[Line], number: int, place: int, kind: str) -> tuple[bool, bool, bool, int]:
    """How little a heading is one to take a look from."""
    other = lines[number]
    plain = {other.kind, kind} <= {"", "chapter", "section"}
    uncounted = lines[place].counted and not other.counted
    return other.kind != kind and not plain, uncounted, other.guessed, abs(number - place)
