"""Of several workers one does what must be done once. The database says which: by a lock that ends with its
connection."""

from __future__ import annotations

from contextlib import suppress

import psycopg
from django.db import connection

LOCK = 7_310_412  # any number: the name of the advisory lock


class Lease:
    """The right to run the jobs that only one worker may run. It passes on when its holder dies."""

    def __init__(self) -> None:
        self._connection: psycopg.Connection | None = None

    def is_mine(self) -> bool:
        """Whether this process has the lease, or could take it just now."""
        try:
            if self._connection is not None:
                self._connection.execute("SELECT 1")
                return True
            self._connection = self._take()
        except psycopg.Error:
            self.release()
        return self._connection is not None

    def _take(self) -> psycopg.Connection | None:
        given = connection.get_connection_params()
        known = {name: given[name] for name in given if name not in ("cursor_factory", "context")}
        # A connection of its own: those of Django are closed and opened again.
        own = psycopg.connect(**known, autocommit=True)
        answer = own.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        if answer and answer[0]:
            return own
        own.close()
        return None

    def release(self) -> None:
        """Let another worker have it."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            self._connection.close()
            self._connection = None


def is_held() -> bool:
    """Whether some worker has the lease, so whether one runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCK],
        )
        return cursor.fetchone() is not None
