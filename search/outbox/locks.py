"""Who may write to the index, and who is building another one: held by one process at a time, and let go when
it dies."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from zlib import crc32

from django.db import connection

WRITER: Final = "writer"
BUILDER: Final = "builder"
_PAUSE: Final = 0.05


@contextmanager
def holding(name: str, *, wait: float = 0.0) -> Iterator[bool]:
    """Holds a lock of the database while the block runs; gives False, after ``wait`` seconds, where
    another holds it."""
    until = time.monotonic() + wait
    key = crc32(f"kodeks-search-{name}".encode())

    def asked(function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [key])
            return bool(cursor.fetchone()[0])

    while not (held := asked("pg_try_advisory_lock")) and time.monotonic() < until:
        time.sleep(_PAUSE)
    try:
        yield held
    finally:
        # With the connection, the server has let go of the lock too.
        if held and connection.connection is not None and not connection.connection.closed:
            asked("pg_advisory_unlock")


def is_locked(name: str) -> bool:
    """Whether somebody else holds the lock at this moment."""
    with holding(name) as mine:
        return not mine
