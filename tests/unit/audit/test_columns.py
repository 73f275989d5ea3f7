"""Every column of the database is guarded, compared by ``verify_audit``, or named in docs/operators.md. So are
the rows that are added or removed."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

from django.apps import apps

from audit import guards
from audit.verify import compared, noticed

PAGE = Path("docs/operators.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`[^|]+) \| ([^|]+) \| [^|]+ \|$", re.MULTILINE)
NAME = re.compile(r"`([a-z_0-9*]+)`")
COLUMN = re.compile(r"\b(OLD|NEW)\.\"?([a-z_0-9]+)")


def columns() -> dict[str, set[str]]:
    """Of each table the columns beside its number, which is how the trail names the row."""
    return {
        model._meta.db_table: {
            str(field.column)
            for field in model._meta.local_fields
            if not (field.primary_key and field.name == "id")
        }
        for model in apps.get_models(include_auto_created=True)
    }


def guarded() -> dict[str, set[str]]:
    """The columns whose change a guard refuses: always, by what was before, or by the trail."""
    found: dict[str, set[str]] = {}
    for _model, guard in guards.registered():
        if guard.event != "UPDATE":
            continue
        names = found.setdefault(guard.table, set())
        if guard.refused == "1 = 1":
            names |= columns()[guard.table]
            continue
        seen = {
            side: {name for at, name in COLUMN.findall(guard.refused) if at == side}
            for side in ("OLD", "NEW")
        }
        names |= seen["NEW"] if guard.deferred else seen["OLD"] & seen["NEW"]
    return found


def named() -> list[tuple[str, set[str]]]:
    section = PAGE.partition("### What is not compared")[2].partition("\n### ")[0]
    return [(table, set(NAME.findall(names)) or {"*"}) for table, names in rows_of(section)]


def rows_of(section: str) -> list[tuple[str, str]]:
    return [(table, words) for tables, words in ROW.findall(section) for table in NAME.findall(tables)]


def left_over() -> dict[str, set[str]]:
    """Columns that nothing guards or compares."""
    held, found = guarded(), {}
    for table, names in columns().items():
        patterns = compared.get(table, set())
        left = {one for one in names - held.get(table, set()) if not matches(one, patterns)}
        if left:
            found[table] = left
    return found


def matches(name: str, patterns: set[str]) -> bool:
    """``title_*`` means ``title`` too: the column of no language, which stays empty."""
    return any(fnmatchcase(name, one) or one == f"{name}_*" for one in patterns)


def test_every_column_is_held_or_named() -> None:
    rows = named()
    for table, names in left_over().items():
        patterns = {one for row, found in rows if fnmatchcase(table, row) for one in found}
        assert {one for one in names if not matches(one, patterns)} == set(), table


def test_what_is_named_is_there_and_not_held() -> None:
    left = left_over()
    for row, patterns in named():
        tables = [table for table in left if fnmatchcase(table, row)]
        assert tables, row
        for pattern in patterns:
            assert any(matches(name, {pattern}) for table in tables for name in left[table]), (row, pattern)


def test_what_checks_compare_is_there() -> None:
    for table, patterns in compared.items():
        for pattern in patterns:
            assert any(matches(name, {pattern}) for name in columns()[table]), (table, pattern)


def test_every_row_that_is_added_or_removed_is_held_or_named() -> None:
    section = PAGE.partition("### Rows that are added or removed")[2].partition("\n## ")[0]
    named = {(table, word) for table, words in rows_of(section) for word in words.split(", ")}
    held = {guard.table for _model, guard in guards.registered()} | {*compared}
    for event, word in (("INSERT", "added"), ("DELETE", "removed")):
        by_guards = {
            guard.table
            for _model, guard in guards.registered()
            if guard.event == event and not guard.name.endswith("_number")
        }
        left = held - by_guards - noticed[event]
        assert left == {table for table, one in named if one == word}, event
