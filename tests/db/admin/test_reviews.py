"""The report of reviews in the admin, as a page and as a table, for coordinators alone."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import openpyxl
from django.test import Client
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from config.admin.reviews import COLUMNS
from people.actions.groups import sync_groups
from people.models import User
from people.roles import Role
from tests.support.html import PageClient
from tests.support.reviews import make_cast, person, seat_of
from tests.support.tampering import unguarded
from workflows.actions.sign_off import sign_off
from workflows.models import Seat, Stage

SignIn = Callable[..., Client]
ADDRESS = "/admin/reports/kodeks-reviews/"


def test_who_was_asked_and_who_is_late(db: None, sign_in: SignIn) -> None:
    cast = make_cast()
    review = cast.start()
    sign_off(cast.goran, seat_of(review, cast.interior), "agree_with_remarks", "=1+1", review.manifest.sha256)
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=3))
    sync_groups(cast.coordinator)
    client = PageClient()
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
    # Where any reviewer could answer it says so, and who did.
    with unguarded():
        Seat.objects.filter(stage__review=review).update(user=None)
    page = client.get(ADDRESS).content.decode()
    assert "any reviewer: Goran" in page and page.count("any reviewer") == 2
    # The operator runs the admin and reads no text; another institution's coordinator runs none of these
    # reviews.
    assert sign_in(Role.OPERATOR).get(ADDRESS).status_code == 404
    other = person("Sanja", cast.health, Role.COORDINATOR)
    sync_groups(other)
    client.force_login(other)
    assert "Ministry of" not in client.get(ADDRESS).content.decode()


def test_the_csv_has_no_formula_and_speaks_the_language_of_the_person(db: None) -> None:
    cast = make_cast()
    review = cast.start()
    User.objects.filter(pk=cast.biljana.pk).update(name="=1+1")
    Stage.objects.filter(review=review).update(name="@SUM(A1)")
    sign_off(cast.goran, seat_of(review, cast.interior), "agree", "", review.manifest.sha256)
    sync_groups(cast.coordinator)
    client = PageClient()
    client.force_login(cast.coordinator)
    own = UserProfile.get_for_user(cast.coordinator)
    for language, answers in (("en", ["Agree", "waiting"]), ("hr", ["Suglasno", "čeka se odgovor"])):
        own.preferred_language = language
        own.save()
        data = b"".join(client.get(ADDRESS + "?export=csv"))
        head, *rows = csv.reader(StringIO(data.decode("utf-8-sig")))
        assert data.startswith(BOM_UTF8)
        with translation.override(language):
            assert head == [str(label) for label, _say in COLUMNS.values()]
        assert [row[-1] for row in rows] == answers
        assert [row[-2] for row in rows] == ["Goran", "'=1+1"] and rows[0][3] == "'@SUM(A1)"
