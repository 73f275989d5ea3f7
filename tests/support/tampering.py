"""Change the database behind the guards, as somebody with write access would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.db import connection


@contextmanager
def no_guards() -> Iterator[None]:
    pgtrigger.uninstall()
    try:
        yield
    finally:
        pgtrigger.install()


@contextmanager
def unguarded() -> Iterator[None]:
    """No guard asks how a row came to its state."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def tamper(*statements: str) -> None:
    """Runs SQL without guards; each statement changes something. ``{json}`` casts a text to the type of a
    JSON column."""
    with no_guards(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql.replace("{json}", "::jsonb"))
            assert cursor.rowcount > 0, sql
