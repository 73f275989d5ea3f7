"""``python -m tests.support.lint_migrations``: migrations that would keep people waiting, a line each.

django-migration-linter checks the statements of each migration after an app's first. A rule of ours is added:
what may lock a table for longer than two seconds stands in a migration of its own, with ``atomic = False``.
docs/upgrading.md says what to write instead. ``ALLOWED`` names those that are known to be harmless, and why.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator

ALLOWED: dict[str, str] = {
    "people.0002_signing_in": "the table of apps before the first release; keys must not stay in clear",
}
"""By migration ("public.0002_name"), why it is harmless all the same."""

CHECKS = {
    "NOT_NULL": "a column that must be filled needs a default in the database (db_default)",
    "RENAME_COLUMN": "a column that the running release reads is renamed: add a new one instead",
    "RENAME_TABLE": "a table that the running release reads is renamed",
    "DROP_COLUMN": "a column that the running release reads is dropped: do it one release later",
    "DROP_TABLE": "a table that the running release reads is dropped: do it one release later",
    "CREATE_INDEX": "an index locks its table while it is made: AddIndexConcurrently, atomic = False",
    "CREATE_INDEX_EXCLUSIVE": "an index is made while a table is locked: in a migration of its own",
    "DROP_INDEX": "an index is dropped under a lock: RemoveIndexConcurrently, atomic = False",
    "ADD_UNIQUE": "a unique constraint locks its table while it is checked: make the index concurrently first",
    "ALTER_COLUMN": "a column of another type is written anew under a lock",
    "REINDEX": "REINDEX locks its table",
}
"""What django-migration-linter finds, and what to do."""
ROWS = "rows are changed while a table is locked: RunPython in a migration of its own, atomic = False"


LARGE = frozenset(
    {
        "audit_entry", "documents_citation", "documents_comment", "documents_fragment", "documents_section",
        "documents_sectionchange", "documents_versiontext", "mail_message", "people_grant", "search_outboxrow",
        "wagtailcore_pagelogentry", "wagtailcore_revision", "workflows_answeredtext", "workflows_roundtext",
    }
)  # fmt: skip
"""Tables with more than a row an edition, campaign or person: an index takes longer than two seconds there."""
_INDEX = re.compile(
    r'CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY).*? ON "(\w+)"|ALTER TABLE "(\w+)" ADD CONSTRAINT "\w+" UNIQUE'
)


def _is_quick(statement: str) -> bool:
    """Whether it makes an index of a small table."""
    found = _INDEX.match(statement)
    return found is not None and (found[1] or found[2]) not in LARGE


def faults(sql: list[str], *, atomic: bool, changes_rows: bool) -> Iterator[str]:
    """What is wrong with the statements of one migration, a line each."""
    from django_migration_linter.sql_analyser import PostgresqlAnalyser, analyse_sql_statements

    lines = [line for line in sql if not line.startswith("--") and not _is_quick(line)]
    errors, _ignored, warnings = analyse_sql_statements(
        PostgresqlAnalyser, ["BEGIN;", *lines, "COMMIT;"] if atomic else lines, []
    )
    for issue in (*errors, *warnings):
        yield CHECKS.get(issue.code, issue.message)
    if atomic and changes_rows and any(line.startswith("ALTER TABLE") for line in lines):
        yield ROWS


def problems() -> Iterator[str]:
    """Every migration that needs another form."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations import RunPython, RunSQL
    from django.db.migrations.loader import MigrationLoader

    ours = {app.label for app in apps.get_app_configs() if "site-packages" not in app.path}
    loader = MigrationLoader(connection, replace_migrations=False)
    for (label, name), migration in sorted(loader.disk_migrations.items()):
        here = f"{label}.{name}"
        if label not in ours or name.startswith("0001_") or here in ALLOWED:
            continue
        state = loader.project_state((label, name), at_end=False)
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            migration.apply(state, editor, collect_sql=True)
        changes_rows = any(isinstance(one, RunPython | RunSQL) for one in migration.operations)
        for fault in faults(editor.collected_sql, atomic=migration.atomic, changes_rows=changes_rows):
            yield f"{here}: {fault}"


def main() -> int:
    import django

    sys.path.insert(0, "site")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    found = list(problems())
    print("\n".join(found) or "Migrations keep nobody waiting.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
