"""What a test that commits leaves behind: nothing, and every row that was there before has its number still."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection

from people.models import Country

pytestmark = pytest.mark.sqlite_only  # PostgreSQL's tables are emptied by Django.


@pytest.mark.django_db(transaction=True)
def test_the_database_is_as_it_began_whichever_connection_gives_it_back() -> None:
    """Of the same thread: Django gives another where an event loop runs in it, as from the first browser of a run on."""
    before = list(ContentType.objects.values_list("pk", "model"))
    Country.objects.create(code="mk", name_en="North Macedonia", time_zone="Europe/Skopje")
    other = connection.copy()
    other.ensure_connection()
    try:
        assert other.ops.sql_flush(no_style(), connection.introspection.table_names()) == []
    finally:
        other.connection.close()
    assert not Country.objects.exists()
    assert before and list(ContentType.objects.values_list("pk", "model")) == before
