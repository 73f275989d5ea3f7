"""``verify_audit`` names what was altered of what the public reads."""

from __future__ import annotations

import pytest

from audit.verify import problems
from directory.demo import load_services
from public.models import CampaignPage
from tests.support.tampering import tamper

pytestmark = pytest.mark.django_db

ALTERED = {
    "country of a number": (
        "UPDATE public_hotline h SET country_id = (SELECT min(code) FROM people_country c "
        "WHERE c.code <> h.country_id)",
        "the trail confirms another number (country)",
    ),
    "words of a number": (
        "UPDATE public_hotlinetext SET name = 'Police'",
        "the trail confirms another number (texts_sha256)",
    ),
    "lead of a campaign": ("UPDATE public_campaignpage SET lead = 'Pay first.'", "it is not as its version"),
    "version of a campaign": (
        "UPDATE wagtailcore_revision SET content = jsonb_set(content, '{lead}', '\"Pay first.\"')",
        "its version is not the one that was confirmed",
    ),
    "words of a service": (
        "UPDATE directory_servicetext SET description = 'Closed.'",
        "the trail confirms other words or values",
    ),
    "website of an organisation": (
        "UPDATE directory_organisation SET website = 'https://example.org/'",
        "the trail confirms other words or values",
    ),
}


@pytest.mark.parametrize(("sql", "line"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_named(campaign: dict[str, CampaignPage], sql: str, line: str) -> None:
    load_services()
    assert list(problems()) == []
    tamper(sql)
    found = list(problems())
    assert any(line in one for one in found), found
