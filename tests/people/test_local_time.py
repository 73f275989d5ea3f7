"""Every page of the office shows times as they are where its reader works."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from mail.models import Message
from people.roles import Role
from tests.factories import make_country, make_institution, make_person

pytestmark = pytest.mark.django_db


def test_a_time_is_shown_in_the_zone_of_the_readers_country(client: Client) -> None:
    Message.objects.create(to="somebody@test.example", subject="S", text="T", language="en")
    Message.objects.update(written=datetime(2026, 11, 24, 20, 15, tzinfo=UTC))
    client.force_login(make_person(Role.PRACTITIONER))
    assert "21:15" in client.get("/en/outbox/").content.decode()
    make_country("jp", time_zone="Asia/Tokyo")
    client.force_login(make_person(Role.PRACTITIONER, make_institution("jp-police")))
    page = client.get("/en/outbox/").content.decode()
    assert "25 November 2026" in page
    assert "05:15" in page
