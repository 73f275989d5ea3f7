"""What stands against bringing the database to this release: asked before anything is changed."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from backup import files
from config.running import folders
from handover.tables import STORED_NAMES

SOME = 20
"""So many names of each column are looked for: another folder has none of them."""


def problems() -> Iterator[str]:
    """In words, with what to do. Raises OperationalError where the database does not answer."""
    yield from _too_old()
    locked = list(folders.problems())
    yield from locked or _files_elsewhere()


def _too_old() -> Iterator[str]:
    """An app whose first migration stands for several is there with some of these alone
    (docs/decisions/0058-one-migration-an-app.md)."""
    loader = MigrationLoader(connection, replace_migrations=False)
    applied = set(loader.applied_migrations)
    for (app, name), migration in loader.disk_migrations.items():
        replaced = set(migration.replaces)
        if (app, name) not in applied and replaced & applied and not replaced <= applied:
            yield (
                "The database is of a Kodeks that can't be upgraded in one step. Nothing was changed. "
                "First migrate it with commit 85319560: docs/upgrading.md, under “To 0.1.0”."
            )
            return


def _files_elsewhere() -> Iterator[str]:
    """The database names files, and not one of them is in the storage."""
    names = list(_named())
    kind, place, setting = files.place()
    if names and not any(default_storage.exists(name) for name in names):
        yield (
            f"The database names files, as {names[0]}, and none is in the {kind} {place}. Bring them there, "
            f"or name the right {kind} in {setting}: docs/upgrading.md, under “Files that stay behind”."
        )


def _named() -> Iterator[str]:
    """Names of stored files, from the columns that the database has now: it may be of an older release."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        )
        there = set(cursor.fetchall())
        for table, column in there & _columns():
            table, column = connection.ops.quote_name(table), connection.ops.quote_name(column)
            cursor.execute(
                f"SELECT {column} FROM {table} WHERE {column} <> '' "  # noqa: S608
                f"AND NOT starts_with({column}, %s) LIMIT {SOME}",
                [files.WAITING],
            )
            yield from (name for (name,) in cursor.fetchall())


def _columns() -> set[tuple[str, str]]:
    return {
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "FileField" or field.column in STORED_NAMES.get(model._meta.label, ())
    }
