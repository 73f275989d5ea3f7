"""The PostgreSQL of the tests: one server for all processes of a run, and for each a copy of a database that
is migrated.

The server keeps its files in ``var/test-postgres``, so that a run with the same migrations begins at once.
``KODEKS_DATABASE_URL`` names another server, whose role may create databases.
"""

from __future__ import annotations

import fcntl
import hashlib
import itertools
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from config import embedded

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "var" / "test-postgres"
# The server is made anew if a power cut breaks it.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
EMPTY = "template_utf8"
_numbers = itertools.count()


@dataclass(frozen=True)
class Postgres:
    """A running server. Databases are made in it by name."""

    address: str

    def url(self, database: str) -> str:
        """The address of one database, as KODEKS_DATABASE_URL takes it."""
        return urlsplit(self.address)._replace(path=f"/{database}").geturl()

    def new_database(self, template: str = "") -> str:
        """Make a copy of the migrated database, or of ``template``, and give its address."""
        name = f"test_{os.getpid()}_{next(_numbers)}"
        self.create(name, template or self.migrated())
        return self.url(name)

    def empty_database(self) -> str:
        """Make a database without tables, and give its address."""
        return self.new_database(self._empty())

    def _empty(self) -> str:
        return EMPTY if EMPTY in self.databases() else "template0"

    def create(self, name: str, template: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)

    def drop(self, name: str) -> None:
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def migrated(self) -> str:
        """The name of the database with all tables, guards and rows that migrations make; nobody connects to
        it."""
        name = f"kodeks_{state()}"
        with _alone():
            if name not in self.databases():
                for old in self.databases():
                    if re.fullmatch(r"kodeks_[0-9a-f]{16}", old):
                        self._run("ALTER DATABASE {} WITH IS_TEMPLATE false", old)
                        self.drop(old)
                made = f"test_{os.getpid()}_migrated"
                self.create(made, self._empty())
                migrate(self.url(made))
                self._run("ALTER DATABASE {} RENAME TO {}", made, name)
                self._run("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false IS_TEMPLATE true", name)
        return name

    def databases(self) -> set[str]:
        with psycopg.connect(self.address, autocommit=True) as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}

    def _run(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


@cache
def start() -> Postgres:
    """The server, started where it does not run. It stops with the last process that asked for it."""
    if address := os.environ.get("KODEKS_DATABASE_URL"):
        return Postgres(address)
    with _alone():
        try:
            host = embedded.start(FOLDER)
        except subprocess.SubprocessError:
            shutil.rmtree(FOLDER)
            embedded.start.cache_clear()
            host = embedded.start(FOLDER)
        server = Postgres(embedded.url(host, "postgres"))
        with psycopg.connect(server.address, autocommit=True) as connection:
            if connection.execute("SHOW fsync").fetchone() != ("off",):
                for name, value in SETTINGS.items():
                    connection.execute(f"ALTER SYSTEM SET {name} = {value}")  # type: ignore[arg-type]
                connection.execute("SELECT pg_reload_conf()")
            embedded.create(host, EMPTY)
        for name in server.databases():
            ended = re.fullmatch(r"test_(\d+)_\w+", name)
            if ended and not embedded.is_running(int(ended[1])):
                server.drop(name)
    return server


def state() -> str:
    """Names what all migrations together would make."""
    digest = hashlib.sha256()
    rooms = [ROOT / name for name in ("documents", "search", "site", "workflows")]
    paths = {path for room in rooms for path in (*room.rglob("migrations/*.py"), *room.rglob("guards.py"))}
    # What comes into every database after its migrations.
    shipped = ROOT / "search" / "glossary" / "data" / "synonyms.tsv"
    for path in sorted({*paths, shipped, ROOT / "uv.lock"}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def migrate(address: str) -> None:
    """Run the migrations on a database, as a site does."""
    own = {"KODEKS_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    run([sys.executable, "manage.py", "migrate", "--verbosity=0"], **own)


def program(name: str) -> Path:
    """psql, pg_dump or pg_restore of the wheel."""
    return embedded.programs() / name


def run(command: list[object], **own: str) -> str:
    """Run a program to its end and give what it printed. Raises RuntimeError where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stderr[-3000:]}")
    return done.stdout


@contextmanager
def _alone() -> Iterator[None]:
    """Of several processes that begin at once, one does it and the others wait."""
    FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with FOLDER.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
