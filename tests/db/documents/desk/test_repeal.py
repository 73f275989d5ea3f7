"""Repealing an edition in force: who may, what is checked, and that it is asked first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from documents.choices import State
from documents.models import Edition
from people.roles import Role
from tests.support.factories import make_in_force, make_institution, make_person
from tests.support.html import signed_in
from tests.support.reviews import CONFIRMED

pytestmark = pytest.mark.django_db


def test_an_edition_in_force_is_repealed_after_a_check() -> None:
    edition = make_in_force()
    owner, today = edition.instrument.owner, timezone.localdate()
    client, path = signed_in(make_person(Role.COORDINATOR, owner)), f"/en/desk/{edition.pk}/repeal/"
    form = {"until": f"{today:%d.%m.%Y}", "reason": "Decision 12."}
    for other in (make_person(Role.DRAFTER, owner), make_person(Role.COORDINATOR, make_institution("rs-x"))):
        assert signed_in(other).get(path).status_code == 404
        assert signed_in(other).post(path, form | CONFIRMED).status_code == 404
    for wrong, words in (
        ({"until": "31.2.2026"}, "Enter a real date"),
        ({"until": f"{today + timedelta(days=2):%d.%m.%Y}"}, "not a day to come"),
        ({"reason": ""}, "required"),
    ):
        refused = client.post(path, form | wrong)
        assert refused.status_code == 422 and words in refused.content.decode(), words
    shown = client.post(path, form).content.decode()
    assert "Check before you repeal the text" in shown and "Decision 12." in shown
    assert Edition.objects.get(pk=edition.pk).state == State.IN_FORCE
    assert client.post(path, form | CONFIRMED).status_code == 302
    assert Edition.objects.get(pk=edition.pk).state == State.REPEALED
    assert Entry.objects.filter(verb="repealed", refused=False).exists()
    assert client.post(path, form | CONFIRMED).status_code == 404, "it is over"
