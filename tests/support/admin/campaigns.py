"""What several test files of admin begin with: campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from public.actions.change_hotline import enter_hotline
from public.models import CampaignPage, HomePage, Hotline
from tests.support.factories import make_country


def a_number() -> Hotline:
    known = Hotline.objects.first()
    return known or enter_hotline(
        Hotline(
            key="number",
            country=make_country("mk"),
            number="0800 000 000",
            tel="0800000000",
            checked=date(2026, 1, 1),
        )
    )


def page_data(title: str, *, number: bool = True, publish: bool = False, **fields: Any) -> dict[str, Any]:
    call = ("hotline", {"heading": "Call", "hotline": str(a_number().pk), "note": ""})
    body = streamfield(
        [
            *([call] if number else []),
            (
                "prepare",
                {
                    "heading": "Before you leave",
                    "points-count": "1",
                    "points-0-value": "Ask.",
                    "points-0-type": "item",
                    "points-0-order": "0",
                    "points-0-deleted": "",
                },
            ),
        ]
    )
    data = {
        "title": title,
        "slug": "safe-work",
        "lead": "One sentence.",
        "art": "door",
        "country": "mk",
        "body": body,
        "comments": inline_formset([]),
    }
    asked = {"action-publish": "1"} if publish else {}
    return nested_form_data(data | asked | fields)


def write(browser: Client, title: str = "Safe work", **fields: Any) -> CampaignPage:
    home = HomePage.objects.get(locale__language_code="en")
    answer = browser.post(f"/admin/pages/add/public/campaignpage/{home.pk}/", page_data(title, **fields))
    assert answer.status_code == 302, answer.content[:2000]
    return CampaignPage.objects.get(slug="safe-work")
