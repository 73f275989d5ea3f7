"""The page of a campaign: its blocks, its languages, and what stands in for a language that it has not."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from public.models import CampaignPage, HomePage, Hotline
from tests.support.html import squeeze
from tests.support.public.campaign import read

TAGS = ("mk", "sq", "ar", "en")


def main_of(page: str) -> str:
    found = re.search(r"<main.*</main>", page, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_has_every_block_and_the_number(
    campaign: dict[str, CampaignPage], reader: Client, tag: str
) -> None:
    page = read(reader, f"/{tag}/work-abroad/")
    direction = "rtl" if tag == "ar" else "ltr"
    assert f'<html lang="{tag}" dir="{direction}"' in page
    main = main_of(page)
    for block in campaign[tag].body:
        drawn = escape(block.value["heading"]) in main
        assert drawn == (block.block_type != "related"), "the related campaigns are not there"
    assert main.count('type="checkbox"') == 5
    assert "<form" not in page
    assert main.count("<details>") == 1 + 6, "a story, and the numbers of six countries"
    assert main.count('href="tel:0800000000"') >= 2
    assert 'href="sms:0700000000"' in main
    assert "style=" not in page
    assert page.count("<script") == 1


def test_what_has_no_files_is_not_drawn(campaign: dict[str, CampaignPage], reader: Client) -> None:
    page = campaign["en"]
    page.body.append(("materials", {"heading": "To share and print", "materials": []}))
    page.save_revision().publish()
    assert "To share and print" not in read(reader, "/en/work-abroad/")


def test_leaving_comes_first_and_calling_last(campaign: dict[str, CampaignPage], reader: Client) -> None:
    page = read(reader, "/en/work-abroad/")
    links = re.findall(r'<a class="(leave|num|big|pcall)"', page)
    assert (links[:3], links[-1]) == (["num", "leave", "big"], "pcall")
    assert re.findall(r'href="tel:(1\d\d)"', page)[:3] == ["112", "192", "194"], "beside the number"
    assert re.search(r'<a class="leave" href="https://[^"]+" rel="nofollow noreferrer">', page)


def test_languages_lead_to_the_same_campaign(campaign: dict[str, CampaignPage], reader: Client) -> None:
    page = read(reader, "/mk/work-abroad/")
    assert re.findall(r'<a href="([^"]+)" lang="([a-z]+)" hreflang', page) == [
        ("/ar/work-abroad/", "ar"),
        ("/en/work-abroad/", "en"),
        ("/sq/work-abroad/", "sq"),
    ]
    campaign["sq"].unpublish()
    assert "/sq/work-abroad/" not in read(reader, "/mk/work-abroad/")


def test_another_language_stands_in_and_the_page_says_so(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    answer = reader.get("/bs/work-abroad/")
    page = squeeze(answer.content.decode())
    assert answer.headers["Content-Language"] == "en"
    assert '<html lang="bs" dir="ltr"' in page  # the buttons stay in the reader's language
    assert '<main id="main" tabindex="-1" lang="en" dir="ltr">' in page
    assert 'class="note standin"' in page
    assert "note standin" not in read(reader, "/en/work-abroad/")


def test_what_is_said_is_said_in_the_language_asked_for(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    page = read(reader, "/prs/work-abroad/")
    assert '<p lang="prs" dir="rtl"><b>این صفحه هنوز به این زبان نیست.</b></p>' in page
    assert '<bdi lang="en" dir="ltr">English</bdi>' in page
    assert re.search('<section class="hot" lang="prs" dir="rtl".*?<span lang="en"', page)
    assert "Police" not in page and "Free of charge" not in page, "numbers in the reader's language"


def test_without_english_whatever_there_is_stands_in(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    for tag in ("en", "sq", "mk"):
        campaign[tag].unpublish()
    page = read(reader, "/en/work-abroad/")
    assert '<html lang="en" dir="ltr"' in page
    assert 'lang="ar" dir="rtl">' in main_of(page)


def test_a_draft_is_never_shown(campaign: dict[str, CampaignPage], reader: Client) -> None:
    page = campaign["en"]
    page.title = "A title that nobody approved"
    page.save_revision()
    assert "nobody approved" not in read(reader, "/en/work-abroad/")
    for one in campaign.values():
        one.unpublish()
    for tag in (*TAGS, "bs", "fa"):
        assert reader.get(f"/{tag}/work-abroad/").status_code == 404
        assert "work-abroad" not in read(reader, f"/{tag}/")
    assert "work-abroad" not in read(reader, "/sitemap.xml")


def test_a_page_that_is_not_open_to_everybody_is_not_here(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    PageViewRestriction.objects.create(page=campaign["mk"], restriction_type=PageViewRestriction.LOGIN)
    assert campaign["mk"].title not in read(reader, "/mk/work-abroad/")
    assert "/mk/work-abroad/" not in read(reader, "/sitemap.xml")


def test_a_campaign_goes_with_its_first_page(campaign: dict[str, CampaignPage], reader: Client) -> None:
    HomePage.published().get(locale__language_code="sq").unpublish()
    assert campaign["sq"].title not in read(reader, "/sq/work-abroad/")


def test_the_name_of_another_language_leads_to_the_own_one(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    page = campaign["sq"]
    page.slug = "pune-jashte"
    page.save_revision().publish()
    answer = reader.get("/sq/work-abroad/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sq/pune-jashte/")
    answer = reader.get("/mk/pune-jashte/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/mk/work-abroad/")


@pytest.mark.parametrize("slug", ["help", "library", "privacy"])
def test_a_campaign_takes_no_address_of_the_site(campaign: dict[str, CampaignPage], slug: str) -> None:
    page = campaign["en"]
    page.slug = slug
    with pytest.raises(ValidationError, match="slug"):
        page.full_clean()


def test_a_number_that_is_not_shown_is_not_called(campaign: dict[str, CampaignPage], reader: Client) -> None:
    Hotline.objects.filter(key="mk").update(is_shown=False)
    page = read(reader, "/en/work-abroad/")
    assert 'class="hot"' not in page and 'class="pcall" href="tel:' not in page
    assert "tel:0800000000" in read(reader, "/en/work-abroad/?in=rs"), "that of the chosen country is"


def test_a_number_that_is_gone_leaves_a_page_that_stands(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    Hotline.objects.get(key="mk").delete()
    page = read(reader, "/en/work-abroad/")
    assert 'class="hot"' not in page and 'class="pcall" href="tel:' not in page


def test_the_number_of_queries_does_not_grow(
    campaign: dict[str, CampaignPage], reader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(17):
        read(reader, "/mk/work-abroad/")
