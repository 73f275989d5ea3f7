"""Rows as JSON, exactly as PostgreSQL writes and reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import ProgrammingError, connection
from django.db.models import QuerySet

from backup.errors import BackupError
from handover.tables import Table

Row = dict[str, Any]
AT_ONCE = 500


def read(table: Table, wanted: QuerySet[Any]) -> Iterator[Row]:
    """The rows of a query, in the order of their keys."""
    keys = sorted(set(wanted.order_by().values_list("pk", flat=True)))
    statement = (
        f'SELECT CAST(row_to_json(t) AS text) FROM "{table.name}" t '  # noqa: S608
        f'WHERE t."{table.key}" = ANY(%s) ORDER BY t."{table.key}"'
    )
    for first in range(0, len(keys), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(statement, [keys[first : first + AT_ONCE]])
            found = cursor.fetchall()
        for (row,) in found:
            yield json.loads(row)


def write(table: Table, found: Iterable[Row]) -> None:
    """Insert rows with the keys that they have."""
    names = ", ".join(f'"{column}"' for column in table.columns)
    statement = (
        f'INSERT INTO "{table.name}" ({names}) SELECT {names} '  # noqa: S608
        f'FROM json_populate_recordset(NULL::"{table.name}", %s::json)'
    )
    rows = iter(found)
    with connection.cursor() as cursor:
        while some := list(islice(rows, AT_ONCE)):
            cursor.execute(statement, [json.dumps(some, ensure_ascii=False)])


def new_keys(table: Table, count: int) -> list[int]:
    """Numbers that no row of the table has or gets."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [f'"{table.name}"', table.key, count],
        )
        return [number for (number,) in cursor.fetchall()]


@contextmanager
def guards_aside(names: Iterable[str]) -> Iterator[None]:
    """Rows come in as they were elsewhere, not by the steps that the guards want. Until the transaction ends
    nobody else can write these tables. Raises BackupError where the role does not own the tables."""
    every = sorted(set(names))
    try:
        _each("DISABLE", every)
    except ProgrammingError as problem:
        raise BackupError(
            "The role of the database must own its tables, as it does for migrate. Nothing was taken in."
        ) from problem
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _each("ENABLE", every)


def _each(verb: str, names: list[str]) -> None:
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f'ALTER TABLE "{name}" {verb} TRIGGER USER')
