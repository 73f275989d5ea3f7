"""pg_dump and pg_restore, on the database of the site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.db import connection

from backup.errors import BackupError


@cache
def program(name: str) -> str:
    """The path of pg_dump or pg_restore that is new enough for the server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        server = int(cursor.fetchone()[0]) // 10_000
    installed: list[str | Path] = [
        *sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version, reverse=True),
        *filter(None, [shutil.which(name)]),
        *([settings.KODEKS_POSTGRES() / name] if settings.KODEKS_POSTGRES else []),
    ]
    for path in installed:
        if _version(path) >= server:
            return str(path)
    raise BackupError(
        f"No {name} of PostgreSQL {server} or newer is installed here. Install the package postgresql-client."
    )


def _version(path: str | Path) -> int:
    answer = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)(\.\d+)*\s*(\(|$)", answer)
    return int(found[1]) if found else 0


def _environment() -> dict[str, str]:
    """Where the database is, as libpq reads it: no password stands in a list of processes."""
    at = connection.get_connection_params()
    given = {
        "PGHOST": at.get("host"),
        "PGPORT": at.get("port"),
        "PGUSER": at.get("user"),
        "PGPASSWORD": at.get("password"),
        "PGDATABASE": at["dbname"],
        "PGSSLMODE": at.get("sslmode"),
        "PGSSLROOTCERT": at.get("sslrootcert"),
    }
    return os.environ | {name: str(value) for name, value in given.items() if value}


def dump(target: Path) -> None:
    """Write the whole database as of one moment in pg_dump's custom form.

    It is not compressed: so a damaged byte can be traced to its row.
    """
    _run([program("pg_dump"), "--format=custom", "--compress=0", "--no-owner", f"--file={target}"])


def restore(source: Path) -> None:
    """Fill the empty database of the site. Raises BackupError and leaves it as it was where that fails."""
    name = connection.get_connection_params()["dbname"]
    arguments = ["--no-owner", "--no-privileges", "--single-transaction", f"--dbname={name}", str(source)]
    _run([program("pg_restore"), *arguments])


def lines(source: Path) -> Iterator[bytes]:
    """The rows of a dump, as pg_restore writes them for COPY."""
    command = [program("pg_restore"), "--data-only", "--file=-", str(source)]
    with (
        TemporaryFile() as problems,
        subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=problems
        ) as process,
    ):
        yield from process.stdout or ()
        process.wait()
        problems.seek(0)
        problem = problems.read().decode(errors="replace")
    if process.returncode:
        raise BackupError(f"The dump of the database can't be read: {problem.strip()[-500:]}")


def is_empty() -> bool:
    """Whether the site's database has no tables."""
    return not connection.introspection.table_names()


def may_make_tables() -> bool:
    """Whether the role may do so, and not only read and write rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_schema_privilege('public', 'CREATE')")
        return bool(cursor.fetchone()[0])


def _run(command: list[str]) -> Any:
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")
    return done.stdout
