"""Every page of the office shows times as they are where its reader works."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from mail.models import Message
from people.roles import Role
from tests.support.factories import make_country, make_institution, make_person

pytestmark = pytest.mark.django_db


def test_a_time_is_shown_in_the_zone_of_the_readers_country(client: Client) -> None:
    make_country("jp", time_zone="Asia/Tokyo")
    here, there = (
        make_person(Role.PRACTITIONER),
        make_person(Role.PRACTITIONER, make_institution("jp-police")),
    )
    for person in (here, there):
        Message.objects.create(to=person.email, subject="S", text="T", language="en", message_id=person.email)
    Message.objects.update(written=datetime(2026, 11, 24, 20, 15, tzinfo=UTC))
    client.force_login(here)
    assert "21:15" in client.get("/en/outbox/").content.decode()
    client.force_login(there)
    page = client.get("/en/outbox/").content.decode()
    assert "25 November 2026" in page
    assert "05:15" in page
