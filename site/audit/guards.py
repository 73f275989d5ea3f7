"""Guards in the database: triggers that protect what must never change, for every user.

Each room registers its guards with django-pgtrigger, and migrations install them. A system check
(``manage.py check --database default``) fails when one is missing; ``kodeks pgtrigger install`` restores
it. The views answer before a guard fires; a guard that fires is a defect, and nothing was written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import pgtrigger
from django.apps import apps
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.migrations.state import ProjectState
from django.db.models import Model
from pgtrigger import compiler, features, migrations

OPERATIONS = {
    "INSERT": pgtrigger.Insert,
    "UPDATE": pgtrigger.Update,
    "DELETE": pgtrigger.Delete,
    "TRUNCATE": pgtrigger.Truncate,
}


class GuardSql(compiler.UpsertTriggerSql):
    """The statements that install a guard. Migrations keep them.

    Unlike pgtrigger's own they let no session switch the trigger off, and find tables and operators by no
    search path. Else those of the session (pg_temp), or operators for the very types of the columns, would
    be found first.
    """

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER LANGUAGE plpgsql
            SET search_path = pg_catalog, pg_temp AS $${func}$$;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH {level} EXECUTE FUNCTION {pgid}();
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class DeferredGuardSql(GuardSql):
    """The same for a guard that asks at the end of the transaction."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER LANGUAGE plpgsql
            SET search_path = pg_catalog, pg_temp AS $${func}$$;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE CONSTRAINT TRIGGER {pgid} {when} {operation} ON {table} DEFERRABLE INITIALLY DEFERRED
            FOR EACH {level} EXECUTE FUNCTION {pgid}();
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Guard(pgtrigger.Trigger):
    """Refuses ``event`` (INSERT, UPDATE, DELETE or TRUNCATE) on ``table`` where the SQL condition
    ``refused`` holds.

    The condition may speak of OLD and NEW; ``says`` is the error's text. A ``deferred`` guard checks at the
    end of the transaction: the entry of the trail is written after the row.
    """

    def __init__(
        self, name: str, table: str, event: str, refused: str, says: str, *, deferred: bool = False
    ) -> None:
        self.table, self.event, self.refused, self.says = table, event, refused, says
        self.deferred = deferred
        self.when = pgtrigger.After if deferred else pgtrigger.Before
        level = pgtrigger.Statement if event == "TRUNCATE" else pgtrigger.Row
        super().__init__(name=name, operation=OPERATIONS[event], level=level)

    def get_func(self, model: type[Model]) -> str:  # type: ignore[override]
        returned = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(self.event, "NEW")
        refused = _tables().sub(rf'\1 "{features.schema()}".\2', self.refused)
        return (
            f" BEGIN IF {refused} THEN RAISE EXCEPTION '{self.says}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {returned}; END "
        )

    def compile(self, model: type[Model]) -> compiler.Trigger:  # type: ignore[override]
        kind = DeferredGuardSql if self.deferred else GuardSql
        sql = kind(
            pgid=self.get_pgid(model),  # type: ignore[arg-type]
            func=self.get_func(model),
            table=model._meta.db_table,
            when=self.when,
            operation=self.operation,
            level=self.level,
        )
        return compiler.Trigger(name=self.name, sql=sql)


@cache
def _tables() -> re.Pattern[str]:
    """Where a condition reads a table of ours."""
    tables = "|".join(sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True)))
    return re.compile(rf"\b(FROM|JOIN) ({tables})\b")


class AddGuard(migrations.AddTrigger):
    """Installs a guard in a migration. Unlike pgtrigger's own operation it does not rebuild the model and
    all related ones: a trigger changes no model."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        options = state.models[app_label, self.model_name].options
        options["triggers"] = [*options.get("triggers", []), self.trigger]


def add(*guards: Guard) -> None:
    """Registers guards; a room calls it while its app gets ready."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    for guard in guards:
        guard.register(models[guard.table])  # type: ignore[arg-type]


def frozen(table: str, says: str) -> list[Guard]:
    """Guards for a table whose rows are written once: no change, no removal."""
    return [
        Guard(f"{table}_update", table, "UPDATE", "1 = 1", says),
        *never_removed(table, says),
    ]


def never_removed(table: str, says: str) -> list[Guard]:
    return [Guard(f"{table}_delete", table, "DELETE", "1 = 1", says), never_emptied(table, says)]


def never_emptied(table: str, says: str) -> Guard:
    """TRUNCATE asks no row guard: only an empty table may be emptied."""
    return Guard(f"{table}_truncate", table, "TRUNCATE", f"EXISTS (SELECT 1 FROM {table})", says)  # noqa: S608


def registered() -> list[tuple[type[Model], Guard]]:
    """Every guard with its model."""
    return [(model, guard) for model, guard in pgtrigger.registered() if isinstance(guard, Guard)]  # type: ignore[misc]


def missing(using: str = "default") -> list[str]:
    """Names of guards that the database lacks. Or they differ there in text, table or condition, or were
    switched off."""
    with connections[using].cursor() as cursor:
        cursor.execute(_STANDING)
        there = set(cursor.fetchall())
    return sorted(
        guard.get_pgid(model)  # type: ignore[arg-type]
        for model, guard in registered()
        if (guard.get_pgid(model), guard.table, _type(guard), guard.deferred, guard.get_func(model))  # type: ignore[arg-type]
        not in there
    )


def strangers(using: str = "default") -> list[str]:
    """Triggers and rules on guarded tables that are not Kodeks's own, each with its table. They change rows
    after the guards have checked them."""
    own = {(guard.table, guard.get_pgid(model)) for model, guard in registered()}  # type: ignore[arg-type]
    guarded = {table for table, _name in own}
    with connections[using].cursor() as cursor:
        cursor.execute(_TRIGGERS)
        there = cursor.fetchall()
    return sorted(
        f"{name} on {table}" for table, name in there if table in guarded and (table, name) not in own
    )


_TYPES = {"INSERT": 7, "DELETE": 11, "UPDATE": 19, "TRUNCATE": 34}
"""What pg_trigger says of a trigger before each row of an event (TRUNCATE: before the statement):
https://www.postgresql.org/docs/current/catalog-pg-trigger.html."""
_BEFORE = 2
_OF_TABLES = (
    "JOIN pg_class c ON c.oid = {of} JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = "
    "current_schema()"
)
_STANDING = f"""
SELECT t.tgname, c.relname, t.tgtype, t.tginitdeferred, p.prosrc
FROM pg_trigger t {_OF_TABLES.format(of="t.tgrelid")}
JOIN pg_proc p ON p.oid = t.tgfoid AND p.pronamespace = n.oid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgqual IS NULL AND CAST(t.tgattr AS text) = ''
AND p.proname = t.tgname AND p.proconfig @> ARRAY['search_path=pg_catalog, pg_temp']
"""  # noqa: S608
_TRIGGERS = f"""
SELECT c.relname, t.tgname FROM pg_trigger t {_OF_TABLES.format(of="t.tgrelid")} WHERE NOT t.tgisinternal
UNION ALL SELECT c.relname, r.rulename FROM pg_rewrite r {_OF_TABLES.format(of="r.ev_class")}
"""  # noqa: S608


def _type(guard: Guard) -> int:
    return _TYPES[guard.event] - (_BEFORE if guard.deferred else 0)


@register(Tags.database)
def guards_stand(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """The system check."""
    problems = []
    for using in databases or ():
        problems += [
            Error(
                f"The guard {name} is missing in the database {using}, or is not as it should be.",
                hint="Run kodeks migrate, then kodeks pgtrigger install.",
                id="audit.E001",
            )
            for name in missing(using)
        ]
        problems += [
            Error(
                f"The trigger {name} in the database {using} is none of Kodeks's own.",
                hint="Find out who made it and what it does; drop it, and run kodeks verify_audit.",
                id="audit.E002",
            )
            for name in strangers(using)
        ]
    return problems


GRANTING = ("join", "take_over", "add_operator", "enter_role")
"""The entries of the trail that give somebody a role."""
COUNTED = "refusals are counted up, never down"


def numbered(table: str) -> Guard:
    """Numbers begin with 1, as the database gives them: below is what nobody looks through."""
    return Guard(f"{table}_number", table, "INSERT", "NEW.id < 1", "rows are numbered from 1")


def told(kind: str, verbs: Sequence[str], *, key: str = "NEW.id", **detail: str) -> str:
    """SQL: an entry of these verbs names the row, with these values. ``key`` and the values are SQL; a
    ``moment`` is compared as one, ``actor`` is who did it."""
    entry = _about(kind, verbs, key)
    for name, value in detail.items():
        stored = "CAST(a.actor AS TEXT)" if name == "actor" else f"a.detail->>'{name}'"
        entry += f" AND {f'CAST({stored} AS timestamptz)' if name == 'moment' else stored} = {value}"
    return f"EXISTS (SELECT 1 FROM audit_entry a WHERE {entry})"  # noqa: S608


def last_told(kind: str, verbs: Sequence[str], *, key: str = "NEW.id", what: str = "a.verb") -> str:
    """SQL: the verb of the last such entry, or what else of it is asked."""
    entry = _about(kind, verbs, key)
    return f"(SELECT {what} FROM audit_entry a WHERE {entry} ORDER BY a.id DESC LIMIT 1)"  # noqa: S608


def _about(kind: str, verbs: Sequence[str], key: str) -> str:
    listed = ", ".join(f"'{verb}'" for verb in verbs)
    return f"a.thing = '{kind}:' || CAST({key} AS TEXT) AND NOT a.refused AND a.verb IN ({listed})"


def actor_of(column: str) -> str:
    """SQL: how the trail names the person in that column."""
    return f"(SELECT CAST(u.actor AS TEXT) FROM people_user u WHERE u.id = {column})"  # noqa: S608


def _unnamed(kind: str, verbs: Sequence[str]) -> str:
    """No entry of these verbs names the row."""
    return f"NOT {told(kind, verbs)}"


add(
    *frozen("audit_entry", "the audit trail is never changed"),
    Guard(
        "audit_furtherrefusals_update",
        "audit_furtherrefusals",
        "UPDATE",
        "(OLD.id, OLD.actor, OLD.hour) <> (NEW.id, NEW.actor, NEW.hour) OR NEW.count <= OLD.count",
        COUNTED,
    ),
    Guard("audit_furtherrefusals_delete", "audit_furtherrefusals", "DELETE", "1 = 1", COUNTED),
    never_emptied("audit_furtherrefusals", COUNTED),
    Guard(
        "people_user_actor",
        "people_user",
        "UPDATE",
        "OLD.actor <> NEW.actor",
        "whom the trail names is never changed",
    ),
    Guard(
        "people_user_superuser",
        "people_user",
        "UPDATE",
        "NEW.is_superuser AND NOT OLD.is_superuser",
        "nobody becomes a superuser",
    ),
    Guard(
        "people_user_email",
        "people_user",
        "UPDATE",
        "OLD.email <> NEW.email AND (NEW.email <> CAST(NEW.actor AS TEXT) || '@nobody.invalid' OR "
        f"{_unnamed('user', ['make_nameless'])})",
        "an address changes only when a name is removed",
        deferred=True,
    ),
    numbered("people_membership"),
    numbered("people_invitation"),
    Guard(
        "people_membership_granted",
        "people_membership",
        "INSERT",
        _unnamed("membership", GRANTING),
        "the trail grants this role to nobody",
        deferred=True,
    ),
    Guard(
        "people_membership_update",
        "people_membership",
        "UPDATE",
        "(OLD.id, OLD.user_id, OLD.institution_id, OLD.role) <> "
        "(NEW.id, NEW.user_id, NEW.institution_id, NEW.role)",
        "a role is ended and given anew, never changed",
    ),
    Guard(
        "people_membership_confirmed",
        "people_membership",
        "UPDATE",
        f"OLD.confirmed IS NULL AND NEW.confirmed IS NOT NULL AND {_unnamed('membership', ['confirm_role'])}",
        "the trail does not say that this role was confirmed",
        deferred=True,
    ),
    Guard(
        "people_membership_ended",
        "people_membership",
        "UPDATE",
        "OLD.ends < COALESCE(NEW.ends, 'infinity')",
        "a role that has an end is given anew, never for longer",
    ),
    *never_removed("people_membership", "a role is ended, never removed"),
    *never_removed("people_user", "nobody is ever removed"),
    Guard(
        "people_invitation_made",
        "people_invitation",
        "INSERT",
        _unnamed("invitation", ["invite"]),
        "the trail does not say that anybody was invited",
        deferred=True,
    ),
    Guard(
        "people_invitation_update",
        "people_invitation",
        "UPDATE",
        "(OLD.id, OLD.email, OLD.institution_id, OLD.role, OLD.token_sha256, OLD.invited_by_id) IS DISTINCT "
        "FROM (NEW.id, NEW.email, NEW.institution_id, NEW.role, NEW.token_sha256, NEW.invited_by_id)",
        "an invitation is never changed",
    ),
    Guard(
        "people_maillink_made",
        "people_maillink",
        "INSERT",
        f"NOT {told('user', ['mail_link'], key='NEW.user_id', link_sha256='NEW.token_sha256')}",
        "the trail does not say that this link was sent",
        deferred=True,
    ),
    Guard(
        "people_maillink_update",
        "people_maillink",
        "UPDATE",
        "OLD.used IS NOT NULL OR (OLD.id, OLD.user_id, OLD.email, OLD.institution_id, OLD.token_sha256, "
        "OLD.onward, OLD.about, OLD.made, OLD.expires) IS DISTINCT FROM (NEW.id, NEW.user_id, NEW.email, "
        "NEW.institution_id, NEW.token_sha256, NEW.onward, NEW.about, NEW.made, NEW.expires)",
        "a link is used once and never changed",
    ),
)
