"""SQLite as Kodeks uses it: write-ahead log, and a write lock taken at the start of a transaction, so that two who write
at once wait for each other instead of failing half-way."""

from pathlib import Path
from typing import Any


def sqlite(path: Path) -> dict[str, Any]:
    """A DATABASES entry for the file ``path``."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
            # Else INSERT OR REPLACE takes a row away without a guard being asked (audit.guards).
            "PRAGMA recursive_triggers=ON;",
        },
    }
