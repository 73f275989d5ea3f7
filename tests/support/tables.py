"""What the tables hold, in short: whether anything was changed is asked of the database, which reads no row into a
program."""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.db import connection


def fingerprints(rooms: Collection[str], without: str = "") -> dict[str, str]:
    """Of every table of these apps, by its model: what changes with any of its rows. ``without``: a column that
    does not count."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in rooms and model._meta.managed and not model._meta.proxy
    ]
    row = "to_jsonb(t) - %s"
    asked = " UNION ALL ".join(
        f"SELECT %s, md5(coalesce(string_agg(({row})::text, '|' ORDER BY ({row})::text), '')) "
        f"FROM {connection.ops.quote_name(model._meta.db_table)} t"
        for model in models
    )
    values = [value for model in models for value in (model._meta.label, without, without)]
    with connection.cursor() as cursor:
        cursor.execute(asked, values)
        return dict(cursor.fetchall())


def tables_with(text: str) -> list[str]:
    """Tables of which a row holds a text anywhere, in any case of letters."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)} t "
                "WHERE strpos(lower(to_jsonb(t)::text), lower(%s)) > 0)",
                [text],
            )
            found += [table] if cursor.fetchone()[0] else []
    return found
