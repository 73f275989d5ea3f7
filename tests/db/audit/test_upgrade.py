"""The data of each release upgrade to this one: the same hashes, a sound trail, pages that open."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connections
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from audit import guards
from audit.verify import problems
from config.settings.env import database_url
from documents.models import AdoptionAct, Edition
from people.models import Membership
from people.roles import Role
from tests.support.html import PageClient
from tests.support.releases import RELEASES, hashes, hashes_of, load
from tests.support.services.postgres import Postgres, migrate
from workflows.models import SignOff


@pytest.fixture(scope="module", params=RELEASES)
def upgraded(
    request: pytest.FixtureRequest,
    postgres_cluster: Postgres,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """The default connection, on the data of a release after `migrate`; gives the release."""
    address = load(postgres_cluster, request.param)
    migrate(address)
    before = connections.settings["default"]["NAME"]
    with django_db_blocker.unblock():
        connections.close_all()
        connections.settings["default"]["NAME"] = database_url(address)["NAME"]
        yield request.param
        connections.close_all()
        connections.settings["default"]["NAME"] = before


def test_no_hash_has_changed(upgraded: str) -> None:
    assert hashes() == hashes_of(upgraded)


def test_the_trail_verifies_and_every_guard_stands(upgraded: str) -> None:
    # The dump comes without the files.
    assert [line for line in problems() if not line.endswith(": the file is not there")] == []
    assert SignOff.every.exists() and AdoptionAct.objects.exists()
    assert guards.missing() == [] and guards.strangers() == []


def test_a_text_is_read_and_edited(upgraded: str) -> None:
    client = PageClient()
    drafter = Membership.objects.filter(role=Role.DRAFTER, institution__country="mk")[0].user
    client.force_login(drafter)
    edition = Edition.objects.filter(state="draft", instrument__country="mk").order_by("-pk")[0]
    adopted = Edition.objects.get(instrument__slug="sop", instrument__country="mk", number=1)
    assert client.get(f"/en/i/{adopted.instrument.path}/1/").status_code == 200
    assert client.get(reverse("desk:draft", args=[edition.pk])).status_code == 200
