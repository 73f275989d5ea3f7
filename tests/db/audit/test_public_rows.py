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
    "lead of a campaign that is made a copy": (
        "UPDATE public_campaignpage SET lead = 'Pay first.'; UPDATE wagtailcore_page p SET alias_of_id = (SELECT "
        "min(page_ptr_id) FROM public_campaignpage c WHERE c.page_ptr_id <> p.id) WHERE live AND id IN (SELECT "
        "page_ptr_id FROM public_campaignpage)",
        "it is no copy of the page that it says",
    ),
    "campaign off the site": ("UPDATE wagtailcore_page SET live = false", "it is not on the site"),
    "campaign outside of the tree": (
        "UPDATE wagtailcore_page SET path = '000100ZZ0001' WHERE id = (SELECT min(page_ptr_id) FROM "
        "public_campaignpage)",
        "it stands outside of the tree of pages",
    ),
    "number that is gone": (
        "DELETE FROM public_hotlinetext; DELETE FROM public_hotline",
        "the trail tells of it, and it is gone",
    ),
    "day of a check": ("UPDATE public_hotline SET checked = '2030-01-01'", "another day of the last check"),
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
