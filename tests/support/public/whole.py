"""The whole public site of the demonstration, in a test's database."""

from __future__ import annotations

from directory.demo import load_services
from public.demo import load_campaigns, load_situations
from public.models import CampaignPage
from tests.support.factories import make_institution
from tests.support.public.fixtures import make_countries


def load_whole() -> list[CampaignPage]:
    """Numbers, services, first pages, situations and campaigns in every language that has them."""
    make_countries()
    load_campaigns()
    make_institution("mk-coordinator", "mk")
    load_services()
    load_situations()
    return list(CampaignPage.published())
