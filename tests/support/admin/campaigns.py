"""What several test files of admin begin with: campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from people.actions.groups import sync_groups
from people.models import Institution, User
from people.roles import Role
from public.actions.change_hotline import enter_hotline
from public.checks.faults import Fault
from public.models import CampaignPage, HomePage, Hotline
from public.models.confirmed_versions import versions_proposed
from tests.support.factories import make_country, make_institution, make_person
from tests.support.html import PageClient


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


def page_data(
    title: str,
    *,
    number: bool = True,
    publish: bool = False,
    prepare: tuple[str, str] = ("Before you leave", "Ask."),
    **fields: Any,
) -> dict[str, Any]:
    call = ("hotline", {"heading": "Call", "hotline": str(a_number().pk), "note": ""})
    body = streamfield(
        [
            *([call] if number else []),
            (
                "prepare",
                {
                    "heading": prepare[0],
                    "points-count": "1",
                    "points-0-value": prepare[1],
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


def write(browser: Client, title: str = "Safe work", *, publish: bool = False, **fields: Any) -> CampaignPage:
    """Makes a campaign; ``publish``: a second person confirms it."""
    home = HomePage.objects.get(locale__language_code="en")
    answer = browser.post(f"/admin/pages/add/public/campaignpage/{home.pk}/", page_data(title, **fields))
    assert answer.status_code == 302, answer.content[:2000]
    page = CampaignPage.objects.get(slug=fields.get("slug", "safe-work"))
    if publish:
        publish_by_two(browser, page)
    return CampaignPage.objects.get(pk=page.pk)


def edit(browser: Client, page: CampaignPage, title: str, *, publish: bool = False, **fields: Any) -> None:
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", page_data(title, **fields))
    assert answer.status_code == 302, answer.content[:2000]
    if publish:
        publish_by_two(browser, page)


def publish_by_two(browser: Client, page: CampaignPage) -> User:
    """One publisher sends the draft, another one of its country confirms it; gives the second one."""
    send(browser, page)
    second = publisher_of(page.country_id)
    confirm(browser_of(second), page)
    return second


def send(browser: Client, page: CampaignPage) -> None:
    latest = CampaignPage.objects.get(pk=page.pk).latest_revision_id
    sent = browser.post(f"/admin/campaigns/{page.pk}/check/", {"revision": latest, "tick": [*Fault]})
    assert sent.status_code == 302, sent.content[:2000]


def confirm(browser: Client, page: CampaignPage) -> None:
    change = versions_proposed(page).get(decided=None)
    sent = {"decision": "confirm", "read": ["changes", "checks"]}
    answer = browser.post(f"/en/proposals/{change.pk}/", sent)
    assert answer.status_code == 302, answer.content[:2000]


def publisher_of(country: str | None, **fields: Any) -> User:
    """A new one; of the whole region for None."""
    kind = Institution.Kind.MINISTRY if country else Institution.Kind.INTERNATIONAL
    found = make_person(Role.PUBLISHER, make_institution(f"{country or 'mk'}-{kind}", kind=kind), **fields)
    sync_groups(found)
    return found


def browser_of(found: User) -> Client:
    browser = PageClient()
    browser.force_login(found)
    return browser
