"""Guards in the database: triggers that hold what must never change, whoever asks.

Each room registers its guards; they are installed after every migration, and a system check
(``manage.py check --database default``) fails when one is missing.
The views answer before a guard fires; a guard that fires is a defect, and nothing was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models.signals import post_migrate


@dataclass(frozen=True)
class Guard:
    """Refuses ``event`` (INSERT, UPDATE, DELETE or TRUNCATE) on ``table`` where the SQL condition ``when`` holds.

    ``when`` may speak of OLD and NEW; ``says`` is the error's text.
    """

    name: str
    table: str
    event: str
    when: str
    says: str

    def sql(self, schema: str) -> list[str]:
        """The statements that put it in place. In PostgreSQL it reads the tables of ``schema``, whatever others have their names,
        and compares by the operators of PostgreSQL itself: tables that a session makes (pg_temp), or operators that somebody
        made in the same schema for the very types of the columns, would else be found first."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = pg_catalog, pg_temp AS $${self.standing(schema)}$$",
            f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH {each} EXECUTE FUNCTION {self.name}()",
        ]

    def standing(self, schema: str) -> str:
        """What the database keeps of it: the body of the function."""
        gives = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(self.event, "NEW")
        when = _read().sub(rf'\1 "{schema}".\2', self.when)
        return (
            f" BEGIN IF {when} THEN RAISE EXCEPTION '{self.says}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {gives}; END "
        )

    def drop_sql(self) -> str:
        return f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}"


@cache
def _read() -> re.Pattern[str]:
    """Where a condition reads a table of ours."""
    tables = "|".join(sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True)))
    return re.compile(rf"\b(FROM|JOIN) ({tables})\b")


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
    """The guards whose tables exist."""
    tables = set(connections[using].introspection.table_names())
    return [guard for guard in _guards.values() if guard.table in tables]


def install(using: str = "default") -> None:
    """Puts every guard in place, over what stands there; one that an older Kodeks had, and this one has not, goes."""
    connection = connections[using]
    with connection.cursor() as cursor:
        schema = _schema(cursor)
        for name, _on, table in (one.partition(" on ") for one in strangers(using)):
            if re.fullmatch(rf"guard_{table}_[a-z_]+", name):
                cursor.execute(Guard(name, table, "", "", "").drop_sql())
        for guard in installable(using):
            for statement in guard.sql(schema):
                cursor.execute(statement)


def _schema(cursor: CursorWrapper) -> str:
    """Where the tables are made."""
    cursor.execute("SELECT current_schema()")
    return str(cursor.fetchone()[0]).replace('"', '""')


def remove(using: str = "default") -> None:
    """Takes the guards away: for emptying a test's database."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in installable(using):
            cursor.execute(guard.drop_sql())


def missing(using: str = "default") -> list[str]:
    """Names of guards that should stand in the database and don't, or say something else there, stand elsewhere or on a condition,
    or were switched off."""
    connection = connections[using]
    guards = installable(using)
    with connection.cursor() as cursor:
        schema = _schema(cursor)
        cursor.execute(_STANDING)
        there = set(cursor.fetchall())
    return sorted(
        guard.name
        for guard in guards
        if (guard.name, guard.table, _TYPES[guard.event], guard.standing(schema)) not in there
    )


def strangers(using: str = "default") -> list[str]:
    """Triggers and rules on guarded tables that are none of Kodeks's own, each with its table: what one changes, it changes after
    the guards have looked."""
    connection = connections[using]
    guards = installable(using)
    own, guarded = {(guard.table, guard.name) for guard in guards}, {guard.table for guard in guards}
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        there = cursor.fetchall()
    return sorted(
        f"{name} on {table}" for table, name in there if table in guarded and (table, name) not in own
    )


_TYPES = {"INSERT": 7, "DELETE": 11, "UPDATE": 19, "TRUNCATE": 34}
"""What pg_trigger says of a trigger before each row of an event (TRUNCATE: before the statement):
https://www.postgresql.org/docs/current/catalog-pg-trigger.html."""
_OF_TABLES = "JOIN pg_class c ON c.oid = {of} JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()"
_STANDING = f"""
SELECT t.tgname, c.relname, t.tgtype, p.prosrc FROM pg_trigger t {_OF_TABLES.format(of="t.tgrelid")}
JOIN pg_proc p ON p.oid = t.tgfoid AND p.pronamespace = n.oid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND CAST(t.tgattr AS text) = ''
AND p.proname = t.tgname AND p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp']
"""  # noqa: S608
_TRIGGERS = f"""
SELECT c.relname, t.tgname FROM pg_trigger t {_OF_TABLES.format(of="t.tgrelid")} WHERE NOT t.tgisinternal
UNION ALL SELECT c.relname, r.rulename FROM pg_rewrite r {_OF_TABLES.format(of="r.ev_class")}
"""  # noqa: S608


def install_after_migrate(sender: AppConfig, using: str = "default", **kwargs: Any) -> None:
    """Once: Django tells each app of it, and all tables are there before the first is told."""
    if sender.label == "audit":
        install(using)


post_migrate.connect(install_after_migrate, dispatch_uid="audit.guards")


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """The system check."""
    problems = []
    for using in databases or ():
        problems += [
            Error(
                f"The guard {name} is missing in the database {using}, or is not as it should be.",
                hint="Run manage.py migrate.",
                id="audit.E001",
            )
            for name in missing(using)
        ]
        problems += [
            Error(
                f"The trigger {name} in the database {using} is none of Kodeks's own.",
                hint="Find out who made it and what it does; drop it, and run manage.py verify_audit.",
                id="audit.E002",
            )
            for name in strangers(using)
        ]
    return problems


add(
    *frozen("audit_entry", "the audit trail is never changed"),
    Guard(
        "guard_people_user_actor",
        "people_user",
        "UPDATE",
        "OLD.actor <> NEW.actor",
        "whom the trail names is never changed",
    ),
)
