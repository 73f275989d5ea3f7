"""Guards in the database: triggers that hold what must never change, whoever asks.

Each room registers its guards; they are installed after every migration, because SQLite drops the triggers of a table
silently when a migration remakes it, and a system check (``manage.py check --database default``) fails when one is missing.
The views answer before a guard fires; a guard that fires is a defect, and nothing was written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.models.signals import post_migrate


@dataclass(frozen=True)
class Guard:
    """Refuses ``event`` (INSERT, UPDATE, DELETE or TRUNCATE) on ``table`` where the SQL condition ``when`` holds.

    ``when`` may speak of OLD and NEW and must be understood by SQLite and PostgreSQL alike; ``says`` is the error's text.
    SQLite has no TRUNCATE, and needs no guard against it.
    """

    name: str
    table: str
    event: str
    when: str
    says: str

    def sql(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            if self.event == "TRUNCATE":
                return []
            return [
                f"DROP TRIGGER IF EXISTS {self.name}",
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} WHEN {self.when} "
                f"BEGIN SELECT RAISE(ABORT, '{self.says}'); END",
            ]
        gives = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(self.event, "NEW")
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self.when} THEN RAISE EXCEPTION '{self.says}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {gives}; END $$",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH {each} EXECUTE FUNCTION {self.name}()",
        ]

    def drop_sql(self, vendor: str) -> str:
        return f"DROP TRIGGER IF EXISTS {self.name}" + (f" ON {self.table}" if vendor == "postgresql" else "")


_guards: dict[str, Guard] = {}


def add(*guards: Guard) -> None:
    """Registers guards; a room calls it while its app gets ready."""
    for guard in guards:
        _guards[guard.name] = guard


def frozen(table: str, says: str) -> list[Guard]:
    """Guards for a table whose rows are written once: no change, no removal."""
    return [
        Guard(f"guard_{table}_update", table, "UPDATE", "1 = 1", says),
        Guard(f"guard_{table}_delete", table, "DELETE", "1 = 1", says),
        never_emptied(table, says),
    ]


def never_emptied(table: str, says: str) -> Guard:
    """PostgreSQL's TRUNCATE takes all rows without asking a guard of any row; an empty table may be emptied."""
    return Guard(f"guard_{table}_truncate", table, "TRUNCATE", f"EXISTS (SELECT 1 FROM {table})", says)  # noqa: S608


def installable(using: str = "default") -> list[Guard]:
    """The guards whose tables exist, and that this database can have."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    return [guard for guard in _guards.values() if guard.table in tables and guard.sql(connection.vendor)]


def install(using: str = "default") -> None:
    """Puts every guard in place, over what stands there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in installable(using):
            for statement in guard.sql(connection.vendor):
                cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Takes the guards away: for emptying a test's database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in installable(using):
            cursor.execute(guard.drop_sql(connection.vendor))


@contextmanager
def aside(using: str = "default") -> Iterator[None]:
    """While the tables of an SQLite database are remade, no trigger may stand: one that speaks of the table in the making
    stops the renaming (https://sqlite.org/lang_altertable.html). Whatever happens, the guards are put back. PostgreSQL
    changes its tables in place, under the guards."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard\\_%' ESCAPE '\\'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        install(using)


def missing(using: str = "default") -> list[str]:
    """Names of guards that should stand in the database and don't."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    return sorted(guard.name for guard in installable(using) if guard.name not in standing)


def install_after_migrate(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    install(using)


post_migrate.connect(install_after_migrate, dispatch_uid="audit.guards")


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """The system check."""
    problems = []
    for using in databases or ():
        problems += [
            Error(
                f"The guard {name} is missing in the database {using}.",
                hint="Run manage.py migrate.",
                id="audit.E001",
            )
            for name in missing(using)
        ]
    return problems


add(*frozen("audit_entry", "the audit trail is never changed"))
