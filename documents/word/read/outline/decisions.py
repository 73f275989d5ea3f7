"""A person's decisions about a Word file's outline before its import, and the outline with these decisions.

A decision names a paragraph by its number among all paragraphs of the file's text, read or not. So it stays
right when the reader learns to read more. The reader follows the decisions, and so does a rewritten file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("chapter", "section", "article", "step", "annex")
DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Decision:
    """What a paragraph is. With ``level`` 0 it is text of the section before it. Else it is the first of a
    section of that level, as its heading or (``heading`` False) as its text. ``kind`` is the section's; as it
    seems where empty.

    ``like``: the heading whose style and number it gets, so that it is counted as those of its new level. It
    is the number of a paragraph. Or minus the level that it has in the file, where no heading there has the
    new one. None where it stays as it looks, as what was decided before there was such a thing does."""

    level: int
    kind: str = ""
    heading: bool = True
    like: int | None = None


Decisions = Mapping[int, Decision]


def decisions_as_json(decisions: Decisions) -> dict[str, list[Any]]:
    """Plain data for a column or a command line."""
    return {
        str(at): [d.level, d.kind, d.heading] + ([] if d.like is None else [d.like])
        for at, d in sorted(decisions.items())
    }


def decisions_from_json(data: Mapping[str, Sequence[Any]] | None) -> dict[int, Decision]:
    """What :func:`decisions_as_json` wrote; ValueError for anything else."""
    found: dict[int, Decision] = {}
    for at, given in (data or {}).items():
        level, kind, heading, *rest = given
        like = rest[0] if rest else None
        if not (isinstance(level, int) and 0 <= level <= DEEPEST) or kind not in ("", *KINDS):
            raise ValueError(f"no decision: {given!r}")
        if len(rest) > 1 or not isinstance(like, int | None) or (like is not None and like < -DEEPEST):
            raise ValueError(f"no decision: {given!r}")
        found[int(at)] = Decision(level, kind, bool(heading), like)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or table of a file as its outline shows it. ``at`` is the paragraph's number, -1 for what
    can begin no section. ``level`` is 0 but for the first line of a section; ``heading`` says whether that is
    its heading."""

    at: int
    text: str
    label: str = ""
    level: int = 0
    kind: str = ""
    heading: bool = False
    letters: int = 0
    """How long it is, in letters."""
    guessed: bool = False
    """A heading that the file does not mark as one."""
    counted: bool = False
    """Whether Word counts its number."""
    now: tuple[str, str] | None = None
    """Its number and words with what was decided, where these are others."""

    def as_json(self) -> list[Any]:
        return [
            self.at,
            self.text,
            self.label,
            self.level,
            self.kind,
            self.heading,
            self.letters,
            self.guessed,
            self.counted,
            *([] if self.now is None else [list(self.now)]),
        ]


def lines_as_json(lines: Sequence[Line]) -> list[list[Any]]:
    return [line.as_json() for line in lines]


def lines_from_json(data: Sequence[Sequence[Any]]) -> list[Line]:
    return [Line(*given[:9], *(tuple(now) for now in given[9:10])) for given in data]
