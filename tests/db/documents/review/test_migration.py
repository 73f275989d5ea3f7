"""Suggestions that an older Kodeks kept: decided ones stay as history, open ones are carried over where
they can be said."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from documents.actions.decide_suggestions import accept
from documents.models import Suggestion
from people.models import User
from people.roles import Role
from tests.support.factories import body, make_institution, make_person
from tests.support.returned_files import draft_of, texts, uid_at

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = [("documents", "0017_section_level")]


def piece(words: str = "") -> dict[str, Any]:
    return {"heading": [], "blocks": body("", words)["blocks"] if words else [], "notes": {}}


def test_suggestions_of_an_older_kodeks_are_carried_over() -> None:
    drafter = make_person(Role.DRAFTER, make_institution())
    edition = draft_of(drafter)
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    old = MigrationExecutor(connection)
    apps = old.migrate(BEFORE, plan=old.migration_plan(BEFORE)).apps
    file = apps.get_model("documents", "ReturnedFile").objects.create(
        edition_id=edition.pk, language="mk", name="b.docx", sha256="a" * 64, by_id=drafter.pk
    )

    def keep(kind: str, before: str, after: str, **more: Any) -> int:
        row = apps.get_model("documents", "Suggestion").objects.create(
            edition_id=edition.pk, returned=file, uid=uid_at(edition, 0), language="mk", kind=kind,
            before=piece(before), after=piece(after), old=before, new=after, **more,
        )  # fmt: skip
        return int(row.pk)

    open_ones = [
        keep("changed", "Првиот текст за заштита.", "Првиот став за заштита."),
        keep("removed", "Вториот текст останува.", ""),
        keep("changed", "Зборови што ги нема.", "Други."),
        keep("added", "", "Нов став.", place="\x1eПрвиот"),
        keep("joined", "", "", place="x text"),
    ]
    done = keep("gone", "Нешто.", "", state="accepted", decided_by_id=drafter.pk)
    MigrationExecutor(connection).migrate(latest)
    found = {row.pk: row for row in Suggestion.objects.all()}
    assert [found[pk].state for pk in open_ones] == ["open", "open", "closed", "closed", "closed"]
    assert all("Bring the file back again" in found[pk].why_closed for pk in open_ones[2:])
    assert (found[done].state, found[done].kind) == ("accepted", "section_removed")
    outcome = accept(User.objects.get(pk=drafter.pk), [found[pk] for pk in open_ones])
    assert len(outcome.done) == 2 and len(outcome.left) == 3
    assert texts(edition)[0] == "Првиот став за заштита."
