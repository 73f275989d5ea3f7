"""The demonstration's campaign, and a reader on the public host."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from public.demo import load_campaigns
from public.models import CampaignPage
from tests.support.factories import make_country
from tests.support.html import PageClient

PUBLIC = "public.test"
FOOTNOTE = "* This designation is without prejudice to positions on status."


def make_countries() -> None:
    for code, name in (("al", "Albania"), ("ba", "Bosnia and Herzegovina"), ("me", "Montenegro")):
        make_country(code, name_en=name)
    make_country("mk", name_en="North Macedonia", name_mk="Северна Македонија")
    make_country("rs", name_en="Serbia", name_sr="Србија", languages=["sr"])
    make_country("xk", name_en="Kosovo*", footnote_en=FOOTNOTE, languages=["sq", "sr"])


@pytest.fixture
def reader() -> Client:
    """Somebody on the public host."""
    return PageClient(headers={"host": PUBLIC})


def load_one() -> list[CampaignPage]:
    """One campaign in four languages."""
    return load_campaigns(["work-abroad"], ["en", "mk", "sq", "ar"])


def make_campaign() -> dict[str, CampaignPage]:
    make_countries()
    return {page.tag: page for page in load_one()}


@pytest.fixture(scope="module")
def campaign_once(once: Callable[..., Any]) -> dict[str, CampaignPage]:
    made: dict[str, CampaignPage] = once(make_campaign)
    return made


@pytest.fixture
def campaign(campaign_once: dict[str, CampaignPage], db: None) -> dict[str, CampaignPage]:
    """The campaign in its four languages, by tag, all published."""
    return copy.deepcopy(campaign_once)
