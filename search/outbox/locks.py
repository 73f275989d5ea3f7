"""Locks of the writer and of the builder of the index; they end with the process."""

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
    """Holds a database lock during the block; False, after ``wait`` seconds, where another holds it."""
    until = time.monotonic() + wait
    key = crc32(f"kodeks-search-{name}".encode())

    def asked(function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [key])
            return bool(cursor.fetchone()[0])

    while not (is_mine := asked("pg_try_advisory_lock")) and time.monotonic() < until:
        time.sleep(_PAUSE)
    try:
        yield is_mine
    finally:
        # With the connection, the server has let go of the lock too.
        if is_mine and connection.connection is not None and not connection.connection.closed:
            asked("pg_advisory_unlock")


def is_locked(name: str) -> bool:
    """Whether somebody else holds the lock at this moment."""
    with holding(name) as mine:
        return not mine
