"""``manage.py access_matrix``: who may do what, out of the tables that the rules ask."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.access_routes import ROWS
from documents.choices import PUBLISHED, Classification, State
from documents.models.access_table import Cell, Given, Place, cells
from people.roles import Role, Verb

Row = Sequence[str]
Table = tuple[str, Row, list[Row]]
"""A heading, the columns, the rows."""


def tables() -> Iterator[Table]:
    """The table in short, and the words in it."""
    found = list(cells())
    yield "Who reads a published text, by classification", *_readers(found, published=True)
    yield "Who reads a text that is not published", *_readers(found, published=False)
    yield "Who does what to a text that they may read", *_verbs(found)
    routes: list[Row] = [
        [host, name or "/", row.who] for host, rows in ROWS.items() for name, row in rows.items()
    ]
    yield "Who opens which address (by the beginning of its name or path)", ["host", "route", "who"], routes
    for heading, words in (("What else is needed", Given), ("Where somebody has the role", Place)):
        yield heading, ["word", "meaning"], [[one.value, str(one.label)] for one in words]


def _readers(found: Iterable[Cell], *, published: bool) -> tuple[Row, list[Row]]:
    """States differ only in whether they are published."""
    answers = {
        (cell.role, cell.place, cell.classification): cell.answer
        for cell in found
        if cell.verb == Verb.READ and (cell.state in PUBLISHED) == published
    }
    rows: list[Row] = [
        [role.value, place.value, *(answers[role, place, kind] for kind in Classification)]
        for role in Role
        for place in Place
    ]
    return ["role", "where", *(str(kind.label) for kind in Classification)], rows


def _verbs(found: Iterable[Cell]) -> tuple[Row, list[Row]]:
    """Of a public text; a stricter classification takes away, and gives nothing."""
    states: dict[tuple[str, str, str, str], list[str]] = {}
    for cell in found:
        if cell.classification == Classification.PUBLIC and cell.verb != Verb.READ and cell.answer != "no":
            key = (cell.verb.value, cell.role.value, cell.place.value, cell.answer)
            states.setdefault(key, []).append(cell.state.value)
    rows: list[Row] = [
        [verb, role, place, "every state" if len(where) == len(State) else ", ".join(where), answer]
        for (verb, role, place, answer), where in sorted(states.items())
    ]
    return ["verb", "role", "where", "states", "may"], rows


def in_text(heading: str, columns: Row, rows: list[Row]) -> str:
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (columns, *rows)
    ]
    return "\n".join([heading.upper(), *lines, ""])


def in_markdown(heading: str, columns: Row, rows: list[Row]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in (columns, ["---"] * len(columns), *rows)]
    return "\n".join([f"## {heading}", "", *lines, ""])


class Command(BaseCommand):
    help = "Prints who may do what: role, institution, classification, state, verb, and every address."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--format",
            choices=["text", "markdown", "csv"],
            default="text",
            help="csv: every cell, in a row of its own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] == "csv":
            lines = csv.writer(self.stdout)
            lines.writerow(["role", "where", "classification", "state", "verb", "may"])
            for cell in cells():
                values = (cell.role, cell.place, cell.classification, cell.state, cell.verb)
                lines.writerow([*(one.value for one in values), cell.answer])
            return
        shape = in_markdown if options["format"] == "markdown" else in_text
        self.stdout.write("\n".join(shape(*table) for table in tables()))
