"""``verify_audit`` names what was altered of what the public reads, and rights that nobody gave."""

from __future__ import annotations

import pytest

from audit.verify import problems
from directory.demo import load_services
from public.models import CampaignPage
from tests.support.factories import make_draft
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
    "an assignment": (
        "INSERT INTO documents_assignment (edition_id, user_id, language, assigned) SELECT e.id, u.id, 'mk', "
        "now() FROM documents_edition e, people_user u LIMIT 1",
        "the trail does not assign this",
    ),
}


@pytest.mark.parametrize(("sql", "line"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_named(campaign: dict[str, CampaignPage], sql: str, line: str) -> None:
    make_draft()
    load_services()
    assert list(problems()) == []
    tamper(sql)
    found = list(problems())
    assert any(line in one for one in found), found
