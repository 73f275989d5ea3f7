"""Of several workers one does what must be done once. The database says which, and which workers live: by
locks that end with their connections."""

from __future__ import annotations

import secrets
from contextlib import suppress

import psycopg
from django.db import connection

LOCK = 7_310_412  # any number: the name of the advisory lock
WORKERS = 7_310_413
"""The first half of each worker's own lock; the second is the worker's number."""


class Lease:
    """A worker's number, and the right to run the jobs that only one worker may run. The right passes on when
    its holder dies."""

    def __init__(self) -> None:
        self.number = secrets.randbelow(2**31)
        self._connection: psycopg.Connection | None = None
        self._mine = False

    @property
    def name(self) -> str:
        return f"kodeks-{self.number}"

    def is_mine(self) -> bool:
        """Whether this process has the lease, or could take it just now."""
        try:
            if self._connection is None:
                self._connection = self._connect()
            if self._mine:
                self._connection.execute("SELECT 1")
            else:
                answer = self._connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
                self._mine = bool(answer and answer[0])
        except psycopg.Error:
            self.release()
        return self._mine

    def _connect(self) -> psycopg.Connection:
        """A connection of its own: those of Django are closed and opened again."""
        given = connection.get_connection_params()
        known = {name: given[name] for name in given if name not in ("cursor_factory", "context")}
        own = psycopg.connect(**known, autocommit=True)
        own.execute("SELECT pg_try_advisory_lock(%s, %s)", [WORKERS, self.number])
        return own

    def release(self) -> None:
        """Let another worker have it."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._connection.close()
        self._connection, self._mine = None, False


def is_held() -> bool:
    """Whether some worker has the lease, so whether one runs."""
    return LOCK in _locks(0)


def living() -> set[str]:
    """The names of the workers that live."""
    return {f"kodeks-{number}" for number in _locks(WORKERS)}


def _locks(first_half: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [first_half],
        )
        return {int(number) for (number,) in cursor.fetchall()}
