"""How PostgreSQL packs long texts."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from documents.models import Section

# SQLite packs nothing.
pytestmark = [pytest.mark.django_db, pytest.mark.postgresql_only]
packing = importlib.import_module("documents.migrations.0015_quicker_columns")


def packed_with() -> set[str]:
    """What the columns of texts say: lz4 ("l"), or as the server does by itself ("")."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, attcompression FROM pg_attribute WHERE attrelid = %s::regclass AND attname LIKE %s",
            [Section._meta.db_table, "body_%"],
        )
        found = dict(cursor.fetchall())
    assert len(found) == len(settings.MODELTRANSLATION_LANGUAGES)
    return set(found.values())


def test_texts_are_packed_with_lz4_and_the_way_back_is_open():
    assert packed_with() == {"l"}
    with connection.schema_editor() as editor:
        packing.pack_with("default")(apps, editor)
    assert packed_with() == {""}


def test_a_server_that_has_not_got_it_goes_on_as_before():
    with connection.schema_editor() as editor:
        packing.pack_with("no_such")(apps, editor)
    assert packed_with() == {"l"}
