"""SQLite's REPLACE takes the row away that stands in the way, and asks no guard of removal about it unless the connection was
told to (``recursive_triggers``, which ours are and others are not: https://sqlite.org/lang_conflict.html). So where a table is
guarded, a row is also not written over one that is there: not under its id, and not under anything else that is its alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.backends.utils import CursorWrapper

UNIQUE = """
SELECT m.name, i.name, i.partial, c.name, COALESCE(s.sql, '')
FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) c
LEFT JOIN sqlite_master s ON s.type = 'index' AND s.name = i.name
WHERE m.type = 'table' AND i."unique" AND c.name IS NOT NULL ORDER BY m.name, i.name, c.seqno
"""
COLUMNS = (
    "SELECT m.name, c.name, c.pk FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
)


@dataclass(frozen=True)
class Own:
    """Columns whose values are one row's alone, where the SQL condition ``where`` holds of it (empty: always)."""

    columns: tuple[str, ...]
    where: str = ""

    def taken(self, table: str, every: list[str], besides: str = "") -> str:
        """The SQL condition that a row of ``table`` has what NEW brings; ``every`` are the table's columns, ``besides`` is a
        condition more for the row that has it."""
        wanted = [f'"{one}" = NEW."{one}"' for one in self.columns] + [besides] * bool(besides)
        if not self.where:
            return f'EXISTS (SELECT 1 FROM "{table}" WHERE {" AND ".join(wanted)})'  # noqa: S608
        there = " AND ".join([*wanted, f"({self.where})"])
        brought = ", ".join(f'NEW."{one}" AS "{one}"' for one in every)
        return (
            f'EXISTS (SELECT 1 FROM "{table}" WHERE {there}) '  # noqa: S608
            f"AND EXISTS (SELECT 1 FROM (SELECT {brought}) WHERE {self.where})"
        )

    def altered(self, table: str, every: list[str]) -> str:
        """The SQL condition that NEW changes it into what another row has."""
        # Where there is a condition, any other column can make it hold.
        columns = every if self.where else self.columns
        differs = " OR ".join(f'OLD."{one}" IS NOT NEW."{one}"' for one in columns)
        return f"({differs}) AND {self.taken(table, every, 'rowid <> OLD.rowid')}"


def conditions(cursor: CursorWrapper, tables: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """For each table the condition under which a row that is written, and one that is changed, would take another's place."""
    cursor.execute(COLUMNS)
    columns: dict[str, list[str]] = defaultdict(list)
    own: dict[str, list[Own]] = defaultdict(list)
    for table, column, is_key in cursor.fetchall():
        columns[table].append(column)
        if is_key:
            own[table].append(Own((column,)))
    cursor.execute(UNIQUE)
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for table, index, partial, column, sql in cursor.fetchall():
        where = re.split(r"\bWHERE\b", sql, maxsplit=1)[1].strip() if partial else ""
        found[table, index, where].append(column)
    for (table, _index, where), of in found.items():
        own[table].append(Own(tuple(of), where))
    for table in sorted(tables):
        every, keys = columns[table], list(dict.fromkeys(own[table]))
        written = " OR ".join(f"({one.taken(table, every)})" for one in keys)
        altered = " OR ".join(f"({one.altered(table, every)})" for one in keys)
        yield table, written, altered
