"""A database backend (``ENGINE = "tests.database"``) that does not run all migrations anew in every run of pytest.

Running them takes most of a short run. The first run with new migrations keeps what they made, in ``var/test-database``;
the next ones begin with a copy of it, in memory, and `migrate` then finds nothing to do (and sets the guards, as always).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, creation, operations

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "test-database"


def state() -> str:
    """Names what all migrations together would make."""
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    rooms = [ROOT / name for name in ("documents", "search", "site", "workflows")]
    paths = {path for room in rooms for path in (*room.rglob("migrations/*.py"), *room.rglob("guards.py"))}
    for path in sorted({*paths, ROOT / "uv.lock"}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:24]


@contextmanager
def alone(name: str = "lock") -> Iterator[None]:
    """Of several processes that begin at once, one migrates and the others wait for what it keeps."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def begin_file(path: Path) -> None:
    """Put what is kept where a site expects its SQLite file; where nothing is kept yet, its `migrate` makes it."""
    with alone():
        kept = KEPT / f"{state()}.sqlite3"
        if kept.exists():
            shutil.copyfile(kept, path)


begun: dict[str, sqlite3.Connection] = {}
"""Each database in memory, by its name, as the run began with it. Of the process and not of a connection: where an event loop runs in
the thread, as Playwright's does from the first browser on, Django gives another connection than before."""


class DatabaseCreation(creation.DatabaseCreation):
    def create_test_db(self, *args: Any, **options: Any) -> str:
        # Only a database in memory is begun from a copy: a file is somebody's who wants it empty.
        if not self.is_in_memory_db(self._get_test_db_name()):
            return super().create_test_db(*args, **options)
        with alone():
            kept = KEPT / f"{state()}.sqlite3"
            # A database in memory lasts while somebody is connected to it: Django closes its connection once on the way.
            with sqlite3.connect(self._get_test_db_name(), uri=True) as holding:
                if kept.exists():
                    with sqlite3.connect(kept) as copy:
                        copy.backup(holding)
                name = super().create_test_db(*args, **options)
                if not kept.exists():
                    self._keep(holding, kept)
                begun[name] = sqlite3.connect(":memory:", check_same_thread=False)
                holding.backup(begun[name])
            holding.close()
        return name

    def _keep(self, holding: sqlite3.Connection, kept: Path) -> None:
        """Keep what was migrated under its name; what was kept of earlier states goes."""
        beside = kept.with_suffix(f".{os.getpid()}")
        with sqlite3.connect(beside) as copy:
            holding.backup(copy)
        copy.close()
        for old in KEPT.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        beside.replace(kept)


def _bring_back(kept: sqlite3.Connection, into: sqlite3.Connection, patience: float = 10) -> None:
    """Waits for a page that a browser still asks for. Raises sqlite3.OperationalError where that takes too long."""
    until = time.monotonic() + patience

    def on_the_way(status: int, remaining: int, total: int) -> None:
        if status != sqlite3.SQLITE_DONE and time.monotonic() > until:
            raise sqlite3.OperationalError("The database of the test is still in use.")

    while True:
        try:
            return kept.backup(into, progress=on_the_way, sleep=0.02)
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, *args: Any, **options: Any) -> list[str]:
        """After a test that committed: the database as it was at the beginning, in some thousandths of a second, where emptying
        its tables and filling in again what `migrate` does takes a whole one."""
        kept = begun.get(str(self.connection.settings_dict["NAME"]))
        if kept is None:
            return super().sql_flush(*args, **options)
        self.connection.ensure_connection()
        _bring_back(kept, self.connection.connection)
        return []


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
