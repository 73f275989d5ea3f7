"""How the check of the trail reads it: a few times, or, where it is too long to be held in memory, for each check."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import guards, verify
from audit.verify import problems
from tests.audit.test_altered import make_adopted

pytestmark = pytest.mark.django_db


def readings() -> int:
    """How often all checks together read the trail of what is in the database."""
    with CaptureQueriesContext(connection) as queries:
        list(problems())
    return sum('FROM "audit_entry"' in query["sql"] for query in queries)


def test_a_trail_is_read_few_times_and_a_long_one_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    make_adopted()
    assert list(problems()) == []
    assert readings() < 10  # some look for a few entries of their own
    guards.remove()
    with transaction.atomic():
        with connection.cursor() as cursor:
            for sql in (
                "DELETE FROM workflows_signoff WHERE id = (SELECT min(id) FROM workflows_signoff)",
                "UPDATE documents_edition SET valid_from = '2020-01-01'",
                "UPDATE audit_entry SET detail = '[]' WHERE verb = 'create'",
            ):
                cursor.execute(sql)
        held = list(problems())
        monkeypatch.setattr(verify, "HELD", 5)
        assert list(problems()) == held
        assert readings() > 40
        transaction.set_rollback(True)
    guards.install()
    assert any("edition:" in line for line in held) and any("signoff:" in line for line in held)
