"""The report of reviews in the admin: who was asked, who is late, as a page and as a table; for coordinators alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import openpyxl
from django.test import Client
from django.utils import timezone

from people.actions.groups import sync_groups
from people.roles import Role
from tests.workflows.conftest import make_cast, person, seat_of
from workflows.actions.sign_off import sign_off
from workflows.models import Stage

SignIn = Callable[..., Client]
ADDRESS = "/admin/reports/kodeks-reviews/"


def test_who_was_asked_and_who_is_late(db: None, sign_in: SignIn) -> None:
    cast = make_cast()
    review = cast.start()
    sign_off(cast.goran, seat_of(review, cast.interior), "agree_with_remarks", "=1+1", review.manifest.sha256)
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=3))
    sync_groups(cast.coordinator)
    client = Client()
    client.force_login(cast.coordinator)
    page = client.get(ADDRESS).content.decode()
    assert "Ministry of Interior" in page and "Ministry of Social Policy" in page and "days late" in page
    assert "Ministry of Justice" not in page  # not asked yet
    late = client.get(ADDRESS + "?answer=late").content.decode()
    assert "Ministry of Social Policy" in late and "Ministry of Interior" not in late
    answered = client.get(ADDRESS + "?answer=answered").content.decode()
    assert "Ministry of Interior" in answered and "Ministry of Social Policy" not in answered
    table = client.get(ADDRESS + "?export=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(table))).active.values)  # type: ignore[union-attr]
    assert len(rows) == 3 and "Biljana" in rows[2]
    assert b"Biljana" in b"".join(client.get(ADDRESS + "?export=csv"))
    # The operator runs the admin and reads no text; another institution's coordinator runs none of these reviews.
    assert sign_in(Role.OPERATOR).get(ADDRESS).status_code == 404
    other = person("Sanja", cast.health, Role.COORDINATOR)
    sync_groups(other)
    client.force_login(other)
    assert "Ministry of" not in client.get(ADDRESS).content.decode()
