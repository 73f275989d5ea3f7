"""Which tests run on SQLite, which on PostgreSQL, and which on both (docs/testing.md)."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest
from django.db import connection

PAGES = (
    "tests/admin/",
    "tests/config/",
    "tests/documents/desk/",
    "tests/documents/exports/",
    "tests/documents/reading/",
    "tests/people/test_pages.py",
    "tests/public/",
    "tests/search/test_api.py",
    "tests/search/test_glossary.py",
    "tests/search/test_page",
    "tests/search/test_unfinished_text.py",
    "tests/workflows/illegal_moves/",
    "tests/workflows/test_acts_form.py",
    "tests/workflows/test_desk",
    "tests/workflows/test_like_words.py",
    "tests/workflows/test_many_comments.py",
    "tests/workflows/test_matrix",
    "tests/workflows/test_posts.py",
    "tests/workflows/test_procedure_pages.py",
    "tests/workflows/test_put_in_",
    "tests/workflows/test_record_each_round.py",
    "tests/workflows/test_record_forms.py",
    "tests/workflows/test_record_kept.py",
    "tests/workflows/test_record_members.py",
    "tests/workflows/test_record_procedure.py",
    "tests/workflows/test_room",
    "tests/workflows/test_typed_letters.py",
)
"""Not run again on PostgreSQL: what these pages and files ask the database is asked by Django's own queries, and the actions
behind them, the guards, the rights, the moves of a review and the search are tested there. `tests/production` opens them on PostgreSQL.
The records are altered as files, once made (`test_record.py` makes them on both); where words go in is found in values of a section."""
PAGES_ON_BOTH = ("test_access.py", "test_conflicts.py", "test_save.py")
"""But for these: who may open what, and two who save at once."""
MOVES = (
    "tests/documents/actions/",
    "tests/documents/comments/",
    "tests/documents/corrigenda/",
    "tests/mail/",
    "tests/workflows/",
)
"""In `make test` on PostgreSQL alone, what is no page: what they ask of SQLite the pages and the walks through a browser ask too."""
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_serialized_rollback"}
BESIDE = "KODEKS_BESIDE_POSTGRES"
"""Set in the run on SQLite that has one on PostgreSQL beside it."""


def mark(items: Iterable[pytest.Item]) -> None:
    """Marks what needs the site's database and what needs a browser."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        if fixtures & {"browser", "page", "new_page"}:
            item.add_marker("browser")


def left_out(items: Iterable[pytest.Item]) -> set[pytest.Item]:
    """What of marked tests is about the other database, or the same on it."""
    if connection.vendor == "postgresql":
        return {item for item in items if _is_page(item)}
    beside = bool(os.environ.get(BESIDE))
    return {
        item for item in items if item.get_closest_marker("postgresql_only") or (beside and _is_move(item))
    }


def _is_page(item: pytest.Item) -> bool:
    return item.nodeid.startswith(PAGES) and not item.path.name.startswith(PAGES_ON_BOTH)


def _is_move(item: pytest.Item) -> bool:
    if not item.nodeid.startswith(MOVES) or _is_page(item) or not item.get_closest_marker("database"):
        return False
    return not (item.get_closest_marker("browser") or item.get_closest_marker("sqlite_only"))
