"""The depth of the contents of a printed text. A list of contents of the size of a book helps nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from documents.text.extraction import body_lines
from documents.text.section import Section

DEEPEST = 3
LINE = 80
"""Letters that are in a line, about."""
LONGEST = 2 * LINE
"""A heading with more is a full paragraph: it is set as text, and no contents name it."""
ALWAYS = 120
"""Lines of contents, some three pages, that any text may have."""
SHARE = 12
"""Beyond these, the contents take one line for so many lines of text at most."""


def is_clause(section: Section) -> bool:
    """Whether the heading of a section is a full paragraph, as a contract's clauses have it."""
    return len(section.text.heading) > LONGEST


def has_heading(section: Section) -> bool:
    """Whether a section shows one: words, a number, or a picture in their place."""
    return bool(section.text.label or section.text.body.get("heading"))


def is_listed(section: Section) -> bool:
    """Whether contents may name a section. Not one without a heading, nor one whose heading is a full
    paragraph."""
    return bool(section.text.heading or section.text.label) and not is_clause(section)


def contents_depth(sections: Sequence[Section], depths: Iterable[int]) -> int:
    """The deepest of the depths that the contents name; ``depths`` are the sections'. One at least."""
    takes, named, clauses = ([0] * (DEEPEST + 1) for _ in range(3))
    lines = 0
    for section, depth in zip(sections, depths, strict=True):
        lines += sum(-(-len(line) // LINE) for line in body_lines(section.text.body, heading=True)) + 1
        if depth <= DEEPEST and is_clause(section):
            clauses[max(depth, 1)] += 1
        elif depth <= DEEPEST and is_listed(section):
            named[max(depth, 1)] += 1
            takes[max(depth, 1)] += -(-len(f"{section.text.label} {section.text.heading}") // LINE)
    most = max(ALWAYS, lines // SHARE)
    deepest = DEEPEST
    while deepest > 1 and (
        sum(takes[: deepest + 1]) > most or any(map(_of_clauses, clauses[2 : deepest + 1], named[2:]))
    ):
        deepest -= 1
    # A level that only the contents' first has no section of would leave them empty.
    while deepest < DEEPEST and not any(takes[: deepest + 1]):
        deepest += 1
    return deepest


def _of_clauses(clauses: int, named: int) -> bool:
    """Whether a level is one of clauses: the few short ones among them name nothing."""
    return clauses * 2 > named
