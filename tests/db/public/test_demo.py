"""The demonstration's campaign: read from its files, loaded once, kept as somebody left it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from public.actions.change_hotline import enter_hotline
from public.models import CampaignPage, HomePage, Hotline
from public.set_up import set_up_site
from tests.support.public.fixtures import load_one


def test_every_language_has_the_same_blocks(campaign: dict[str, CampaignPage]) -> None:
    def outline(page: CampaignPage) -> list[tuple[str, int, list[str]]]:
        return [
            (block.block_type, len(block.value), [sign["picture"] for sign in block.value.get("signs", ())])
            for block in page.body
        ]

    assert {str(outline(page)) for page in campaign.values()} == {str(outline(campaign["en"]))}
    assert len(campaign["en"].body) == 13


def test_it_is_published_as_an_editor_would(campaign: dict[str, CampaignPage]) -> None:
    assert sorted(campaign) == ["ar", "en", "mk", "sq"]
    for page in campaign.values():
        assert page.live
        assert not page.has_unpublished_changes
        assert page.live_revision is not None
        assert page.translation_key == campaign["mk"].translation_key
        page.full_clean()


def test_loading_again_changes_nothing(campaign: dict[str, CampaignPage]) -> None:
    page = campaign["mk"]
    page.title = "Another title"
    page.save_revision().publish()
    number = Hotline.objects.get(key="mk")
    number.number = "0800 111 111"
    enter_hotline(number)
    campaign["sq"].unpublish()
    counts = [model.objects.count() for model in (CampaignPage, HomePage, Hotline)]
    load_one()
    assert [model.objects.count() for model in (CampaignPage, HomePage, Hotline)] == counts
    page.refresh_from_db()
    assert page.title == "Another title"
    assert Hotline.objects.get(key="mk").number == "0800 111 111"
    assert not CampaignPage.objects.get(pk=campaign["sq"].pk).live


def test_the_site_stands_where_the_settings_say(db: None, settings: object) -> None:
    settings.PUBLIC_BASE_URL = "https://kodeks.example"  # type: ignore[attr-defined]
    set_up_site()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("kodeks.example", 443, True)
    assert site.root_page.specific == HomePage.objects.get(locale__language_code="en")


def test_it_is_loaded_nowhere_else(settings: Any) -> None:
    settings.KODEKS_DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")
