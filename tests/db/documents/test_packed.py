"""How PostgreSQL packs long texts."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from documents.models import Section

pytestmark = pytest.mark.django_db
packing = importlib.import_module("documents.migrations.0015_quicker_columns")


def packed_with() -> set[str]:
    """What the columns of texts say: lz4 ("l"), or as the server does by itself ("")."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, attcompression FROM pg_attribute WHERE attrelid = %s::regclass AND attname "
            "LIKE %s",
            [Section._meta.db_table, "body_%"],
        )
        found = dict(cursor.fetchall())
    assert len(found) == len(settings.MODELTRANSLATION_LANGUAGES)
    return set(found.values())


def test_texts_are_packed_with_lz4_where_the_server_has_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'")
        has_lz4 = "lz4" in cursor.fetchone()[0]
    assert packed_with() == ({"l"} if has_lz4 else {""})
    with connection.schema_editor() as editor:
        packing.pack_with("default")(apps, editor)
    assert packed_with() == {""}


def test_a_server_that_has_not_got_it_goes_on_as_before() -> None:
    before = packed_with()
    with connection.schema_editor() as editor:
        packing.pack_with("no_such")(apps, editor)
    assert packed_with() == before
