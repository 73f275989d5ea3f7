"""A PostgreSQL database with all tables and guards: migrated once, and made from a dump of that until a migration changes.

The dump is kept in ``var/test-database``, as what SQLite's tests begin with (tests/database).
"""

from __future__ import annotations

import os
import subprocess
import sys

from tests.database.base import KEPT, ROOT, alone, state
from tests.services.postgres import Postgres, find


def migrated(cluster: Postgres, name: str) -> str:
    """Make a database of this name in the cluster, and give its address."""
    address = cluster.new_database(name)
    programs = find()
    with alone("postgres"):
        kept = KEPT / f"{state()}-{programs.parent.name}.sql"
        if kept.exists():
            _run([programs / "psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={kept}", address])
            return address
        own = {"KODEKS_TEST_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        _run([sys.executable, "manage.py", "migrate", "--verbosity=0"], **own)
        beside = kept.with_suffix(f".{os.getpid()}")
        _run([programs / "pg_dump", "--no-owner", f"--file={beside}", address])
        for old in KEPT.glob("*.sql"):
            old.unlink()
        beside.replace(kept)
    return address


def _run(command: list[object], **own: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr[-3000:]}")
