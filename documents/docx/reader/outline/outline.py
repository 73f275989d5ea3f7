"""The outline that a file will have with what a person decided about it, without reading the file again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from documents.docx.reader.outline.decisions import Decision, Decisions, Line
from documents.docx.reader.outline.headings import guess_kind, starts_as


@dataclass(frozen=True, slots=True)
class Outlined:
    """A section as the outline will be: its first line, as decided, and the lines of its text."""

    head: Line
    raw: int
    """Its level as a decision would say it: where no section stands at level 1, the others are moved up."""
    lines: tuple[Line, ...]
    decided: bool = False
    """Whether a person said something about it."""

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
        _, label = starts_as(text)
        text = text[len(label) :].lstrip(" .:–—-") if label else text
    kind = (decision.kind or line.kind) if decision.level else ""
    return replace(line, level=decision.level, heading=heading, kind=kind, label=label, text=text)


def _named(head: Line) -> Line:
    kind = head.kind or (guess_kind(head.level, head.label, head.text) if head.heading else "section")
    return replace(head, kind=kind)


def decide(
    lines: Sequence[Line], decisions: Decisions, wanted: Mapping[int, Decision]
) -> dict[int, Decision]:
    """The decisions with new ones; those that say what the file says anyway are left out, and so are those about lines that
    can begin no section."""
    known = {line.at: line for line in lines if line.at >= 0}
    first = next((line.at for line in lines), -1)
    merged = {at: d for at, d in {**decisions, **wanted}.items() if at in known}
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
