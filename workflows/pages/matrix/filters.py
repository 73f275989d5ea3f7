"""Filters of the comment table, by the query of its address. Its files follow the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from documents.choices import CommentOutcome
from theme.localized_names import localized_name
from workflows.pages.matrix.rows import Row

Choices = list[tuple[str, str]]
OPEN, ANSWERED, LEFT_OUT = "open", "answered", "left_out"


@dataclass(frozen=True)
class Filter:
    """``institution`` is a number, "0" for none; ``section`` a uid; ``state`` one of :func:`states`."""

    state: str = ""
    institution: str = ""
    section: str = ""

    @property
    def any(self) -> bool:
        return bool(self.state or self.institution or self.section)

    @property
    def query(self) -> str:
        """The part of the address that says it, with its "?"; empty where everything is shown."""
        return self.at()

    def at(self, **more: int | str) -> str:
        """The same with more in it: a page, a part, a comment."""
        wanted: dict[str, int | str] = {
            "only": self.state,
            "institution": self.institution,
            "section": self.section,
            **more,
        }
        given = {name: value for name, value in wanted.items() if value}
        return f"?{urlencode(given)}" if given else ""

    def of(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that are asked for; they keep the numbers that they have among all."""
        return [row for row in rows if self._wants(row)]

    def _wants(self, row: Row) -> bool:
        of_place = self.institution in ("", _place(row)) and self.section in ("", str(row.comment.uid))
        return of_place and self._is_in_state(row)

    def _is_in_state(self, row: Row) -> bool:
        if self.state == LEFT_OUT:
            return row.left_out
        outcome = row.comment.outcome
        return {"": True, OPEN: row.waits, ANSWERED: not row.waits}.get(self.state, outcome == self.state)


def filter_of(given: Mapping[str, str], rows: Sequence[Row]) -> Filter:
    """The filter of an address; what no comment has is left out of it."""
    wanted = Filter(given.get("only", ""), given.get("institution", ""), given.get("section", ""))

    def known(value: str, choices: Choices) -> str:
        return value if value in dict(choices) else ""

    return Filter(
        known(wanted.state, states()),
        known(wanted.institution, institutions(rows)),
        known(wanted.section, sections(rows)),
    )


def states() -> Choices:
    """What can become of a comment, in words."""
    return [
        (OPEN, _("Unanswered")),
        (ANSWERED, _("Answered")),
        *((value, str(label)) for value, label in CommentOutcome.choices),
        (LEFT_OUT, _("Accepted, not in the text")),
    ]


def institutions(rows: Sequence[Row]) -> Choices:
    """The institutions that commented, by name; who speaks for none last."""
    found = {_place(row): localized_name(row.comment.institution) for row in rows if row.comment.institution}
    alone = [("0", _("no institution"))] if any(row.comment.institution is None for row in rows) else []
    return [*sorted(found.items(), key=lambda one: one[1]), *alone]


def sections(rows: Sequence[Row]) -> Choices:
    """The sections that were commented on, in the order of the text."""
    found: dict[str, str] = {}
    for row in rows:
        found.setdefault(str(row.comment.uid), row.section or _("a removed section"))
    return list(found.items())


def _place(row: Row) -> str:
    return str(row.comment.institution_id or 0)
