"""Who may write to the index, and who is building another one: held by one process at a time, and let go when it dies."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zlib import crc32

from django.conf import settings
from django.db import connection

WRITER: Final = "writer"
BUILDER: Final = "builder"
_PAUSE: Final = 0.05


@contextmanager
def holding(name: str, *, wait: float = 0.0) -> Iterator[bool]:
    """Holds a lock while the block runs; gives False, after ``wait`` seconds, where another holds it.

    On PostgreSQL every machine asks the database. With SQLite there is only one machine, and a file will do.
    """
    take = _in_postgres if connection.vendor == "postgresql" else _in_file
    with take(name, time.monotonic() + wait) as held:
        yield held


def is_held(name: str) -> bool:
    """Whether somebody else holds the lock at this moment."""
    with holding(name) as mine:
        return not mine


@contextmanager
def _in_postgres(name: str, until: float) -> Iterator[bool]:
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


@contextmanager
def _in_file(name: str, until: float) -> Iterator[bool]:
    folder = Path(settings.VAR)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"search-{name}.lock").open("a") as file:
        held = _flock(file.fileno())
        while not held and time.monotonic() < until:
            time.sleep(_PAUSE)
            held = _flock(file.fileno())
        yield held  # closing the file lets go


def _flock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
