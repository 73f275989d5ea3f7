"""The command that checks the trail, in the process that an operator starts."""

from __future__ import annotations

import pytest
from django.db import connections

from audit.verify import one_moment, problems

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_trail_is_checked_over_a_connection_that_was_never_opened() -> None:
    """As `manage.py verify_audit` finds it: nothing has asked the database before."""
    usual, fresh = connections["default"], connections.create_connection("default")
    connections["default"] = fresh
    try:
        with one_moment():
            assert list(problems()) == []
    finally:
        fresh.close()
        connections["default"] = usual
