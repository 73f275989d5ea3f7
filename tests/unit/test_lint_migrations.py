"""Which statements of a migration keep people waiting."""

from __future__ import annotations

import pytest

from tests.support.lint_migrations import CHECKS, ROWS, faults

COLUMN = 'ALTER TABLE "documents_section" ADD COLUMN "c" integer'
INDEX = 'CREATE INDEX "i" ON "documents_section" ("c");'


@pytest.mark.parametrize(
    ("sql", "atomic", "changes_rows", "expected"),
    [
        ([f"{COLUMN} NULL;"], True, False, []),
        ([f"{COLUMN} DEFAULT 0 NOT NULL;"], True, False, []),
        ([f"{COLUMN} NOT NULL;"], True, False, ["NOT_NULL"]),
        (['ALTER TABLE "t" RENAME COLUMN "c" TO "d";'], True, False, ["RENAME_COLUMN"]),
        (['ALTER TABLE "t" RENAME TO "u";'], True, False, ["RENAME_TABLE"]),
        (['ALTER TABLE "t" DROP COLUMN "c" CASCADE;'], True, False, ["DROP_COLUMN"]),
        (['DROP TABLE "t" CASCADE;'], True, False, ["DROP_TABLE"]),
        ([INDEX], True, False, ["CREATE_INDEX"]),
        ([f"{COLUMN} NULL;", INDEX], True, False, ["CREATE_INDEX", "CREATE_INDEX_EXCLUSIVE"]),
        (['CREATE INDEX CONCURRENTLY "i" ON "t" ("c");'], False, False, []),
        (['CREATE TABLE "documents_section" ("c" integer NOT NULL);', INDEX], True, False, []),
        (['CREATE INDEX "i" ON "documents_edition" ("c");'], True, False, []),
        (['ALTER TABLE "audit_entry" ADD CONSTRAINT "u" UNIQUE ("c");'], True, False, ["ADD_UNIQUE"]),
        (['ALTER TABLE "people_user" ADD CONSTRAINT "u" UNIQUE ("c");'], True, False, []),
        ([f"{COLUMN} NULL;"], True, True, ["ROWS"]),
        ([f"{COLUMN} NULL;"], False, True, []),
        (["-- a step in Python"], True, True, []),
    ],
)
def test_what_keeps_people_waiting_is_named(
    sql: list[str], atomic: bool, changes_rows: bool, expected: list[str]
) -> None:
    found = list(faults(sql, atomic=atomic, changes_rows=changes_rows))
    assert found == [ROWS if code == "ROWS" else CHECKS[code] for code in expected]
