"""The first page of a language, and the numbers to call."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from public.models import CampaignPage, HomePage, Hotline
from tests.support.public.campaign import read
from tests.support.public.fixtures import FOOTNOTE


# First: the campaign is made once for all that come after.
def test_before_anybody_wrote_a_page_there_is_one(db: None, reader: Client) -> None:
    assert HomePage.objects.count() == 1
    for tag in ("en", "sq", "ar", "fa"):
        assert "<h1>" in read(reader, f"/{tag}/")


def test_the_first_page_lists_campaigns_and_numbers(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    page = read(reader, "/mk/")
    assert "<h1>Не сте сами</h1>" in page
    assert f'<a href="/mk/work-abroad/">{campaign["mk"].title}</a>' in page
    assert '<a href="/mk/?in=mk">Северна Македонија</a>' in page
    danger = re.findall(r'href="tel:(\d+)', page)
    assert danger and {*danger} <= {"112", "122", "127", "129", "192"}, (
        "in danger, before a country is chosen"
    )
    assert page.index("tel:") < page.index("<h1>")
    page = read(reader, "/mk/?in=mk")
    assert re.findall(r'href="tel:(\d+)', page) == [
        "0800000000",
        "0800000000",
        "112",
        "192",
        "194",
        "0800000000",
    ]
    assert '<a href="/mk/work-abroad/?in=mk">' in page
    assert 'href="/mk/help/?in=mk"' in page


def test_a_language_without_a_first_page_has_our_own_words_and_says_what_is_missing(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    page = read(reader, "/sr-latn/")
    assert '<html lang="sr-Latn" dir="ltr"' in page
    assert '<a href="/sr-latn/work-abroad/" lang="en" hreflang="en" dir="ltr">' in page
    assert '<a href="/sr-latn/?in=rs">Srbija</a>' in page


def test_a_country_has_its_numbers(campaign: dict[str, CampaignPage], reader: Client) -> None:
    page = read(reader, "/ar/help/mk/")
    assert "مقدونيا الشمالية" in page
    assert "خط المساعدة المجاني" in page
    assert 'href="tel:0800000000"' in page
    assert '<bdi lang="ar" dir="rtl">العربية</bdi> · <bdi lang="mk"' in page  # the reader's own comes first


def test_serbian_latin_is_made_of_the_cyrillic(campaign: dict[str, CampaignPage], reader: Client) -> None:
    page = read(reader, "/sr-latn/help/rs/")
    assert "Besplatna linija za pomoć" in page
    assert not re.search(
        "[а-ш]", re.sub(r"<details class=\"plang.*?</details>|<bdi.*?</bdi>", "", page, flags=re.S)
    )


@pytest.mark.parametrize("path", ["/en/", "/en/help/", "/en/help/xk/", "/en/privacy/"])
def test_a_footnote_travels_with_the_name(
    campaign: dict[str, CampaignPage], reader: Client, path: str
) -> None:
    page = read(reader, path)
    assert page.count(FOOTNOTE) == 1


def test_a_footnote_in_another_language_carries_it(campaign: dict[str, CampaignPage], reader: Client) -> None:
    page = read(reader, "/ar/help/xk/")
    assert "كوسوفو*" in page
    assert f'lang="en" dir="ltr">{FOOTNOTE}' in page


def test_a_campaign_of_that_country_has_the_footnote(
    campaign: dict[str, CampaignPage], reader: Client
) -> None:
    page = campaign["en"]
    page.country_id = "xk"
    page.save_revision().publish()
    assert FOOTNOTE in read(reader, "/en/work-abroad/")


def test_what_is_not_shown_and_what_is_unknown(campaign: dict[str, CampaignPage], reader: Client) -> None:
    Hotline.objects.filter(key="al").update(is_shown=False)
    assert re.findall(r'href="tel:(\d+)', read(reader, "/en/help/al/")) == ["129", "127"]
    assert reader.get("/en/help/zz/").status_code == 404


def test_words_in_another_language_carry_it(campaign: dict[str, CampaignPage], reader: Client) -> None:
    Hotline.objects.get(key="mk").texts.exclude(language="mk").delete()
    page = read(reader, "/sq/help/mk/")
    assert '<span lang="mk" dir="ltr">Бесплатна линија за помош</span>' in page


def test_a_list_of_numbers_is_read_at_once(
    campaign: dict[str, CampaignPage], reader: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        read(reader, "/en/help/")


def test_privacy_says_what_leaving_does_not_hide(db: None, reader: Client) -> None:
    page = read(reader, "/en/privacy/")
    assert "may still show this site" in page
