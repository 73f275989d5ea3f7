"""How PostgreSQL packs long texts."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection

from documents.models import Section

pytestmark = pytest.mark.django_db


def test_texts_are_packed_with_lz4_where_the_server_has_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'")
        has_lz4 = "lz4" in cursor.fetchone()[0]
        cursor.execute(
            "SELECT attname, attcompression FROM pg_attribute WHERE attrelid = %s::regclass AND attname "
            "LIKE %s",
            [Section._meta.db_table, "body_%"],
        )
        found = dict(cursor.fetchall())
    assert len(found) == len(settings.MODELTRANSLATION_LANGUAGES)
    assert set(found.values()) == ({"l"} if has_lz4 else {""})
