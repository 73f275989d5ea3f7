"""The publisher's first page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from people.roles import Role
from public.models import CampaignPage, Hotline
from tests.support.factories import make_institution, make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db


def read(role: Role) -> str:
    return signed_in(make_person(role, make_institution("mk-coordinator"))).get("/en/").content.decode()


def test_a_publisher_reads_what_is_missing_stale_and_unchecked(campaign: dict[str, CampaignPage]) -> None:
    Hotline.objects.update(checked=timezone.localdate())
    page = read(Role.PUBLISHER)
    assert "Missing: " in page and "Српски" in page and "Out of date" not in page
    assert "Machine-assisted, not reviewed: " in page
    assert "Numbers to check" not in page
    Hotline.objects.filter(key="mk").update(checked=timezone.localdate() - timedelta(days=91))
    original = CampaignPage.objects.order_by("pk")[0]
    original.title = "Work abroad: ask first"
    original.save_revision().publish()
    page = read(Role.PUBLISHER)
    assert "Out of date: " in page and "Numbers to check" in page
    assert f"/admin/snippets/public/hotline/edit/{Hotline.objects.get(key='mk').pk}/" in page


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.COORDINATOR, Role.OPERATOR])
def test_nobody_else_does(campaign: dict[str, CampaignPage], role: Role) -> None:
    page = read(role)
    assert "Missing: " not in page and "Numbers to check" not in page
