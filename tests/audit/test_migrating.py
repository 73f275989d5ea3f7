"""Migrating a database in use: tables are remade with their rows, and every guard stands afterwards."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

from audit import guards
from tests.support.reviews import make_cast
from workflows.models import Seat, Stage

pytestmark = pytest.mark.sqlite_only  # PostgreSQL changes its tables in place.


@pytest.mark.django_db(transaction=True)
def test_tables_that_others_guard_are_remade_with_their_rows() -> None:
    make_cast().start()
    before = Stage.objects.count(), Seat.objects.count()
    assert all(before)
    guard = next(one for one in guards.installable() if one.table == "workflows_seat")
    with connection.cursor() as cursor:
        cursor.execute(guard.drop_sql("sqlite"))
    assert guards.missing() == [guard.name]
    call_command("migrate", "workflows", "0001", verbosity=0)
    call_command("migrate", verbosity=0)
    assert (Stage.objects.count(), Seat.objects.count()) == before
    assert guards.missing() == []
    guards.remove()  # Emptying the test's database ends with putting them back.


@pytest.mark.django_db
def test_guards_are_put_in_place_once_and_not_for_each_app(monkeypatch: pytest.MonkeyPatch) -> None:
    put: list[str] = []
    monkeypatch.setattr(guards, "install", put.append)
    emit_post_migrate_signal(0, False, "default")
    assert put == ["default"]
