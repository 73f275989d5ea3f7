"""A campaign goes live by two people in a real browser, and its results: pages of both, axe, narrow screens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from materials.models import Material
from outreach.actions.count import this_week
from outreach.models import Kind, WeekCount
from people.models import User
from public.models import CampaignPage
from public.models.confirmed_versions import versions_proposed
from tests.support.admin.campaigns import browser_of, publisher_of
from tests.support.public.fixtures import load_one, make_countries
from tests.support.workflows.in_browser import RULES


@pytest.fixture
def open_as(live_server: Any, new_page: Callable[..., Page]) -> Callable[..., Page]:
    def opened(user: User, address: str, width: int = 1280) -> Page:
        page = new_page(viewport={"width": width, "height": 900})
        page.set_default_timeout(60_000)
        name = django_settings.SESSION_COOKIE_NAME
        cookie = browser_of(user).cookies[name].value
        page.context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + address)
        return page

    return opened


def test_two_people_publish_and_read_results(open_as: Callable[..., Page]) -> None:
    make_countries()
    campaign = next(page for page in load_one() if page.tag == "en")
    first, second = publisher_of("mk"), publisher_of("mk")
    page = open_as(first, f"/admin/pages/{campaign.pk}/edit/")
    page.locator("#id_title").fill("Safe work abroad")
    page.get_by_role("button", name="Check and publish").click()
    expect(page.get_by_role("heading", name="Look for these eight faults")).to_be_visible()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Send to a second person").click()
    expect(page.get_by_text("You proposed this")).to_be_visible()
    change = versions_proposed(campaign).get()
    page = open_as(second, f"/en/proposals/{change.pk}/")
    expect(page.locator("ins", has_text="Safe work abroad")).to_be_visible()
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_text("Confirmed.")).to_be_visible()
    assert CampaignPage.objects.get(pk=campaign.pk).title == "Safe work abroad"
    page.get_by_role("link", name="On a phone").click()
    frame = page.frame_locator("iframe[title=English]")
    expect(frame.get_by_role("heading", name="Safe work abroad")).to_be_visible()

    material = Material.objects.create(
        campaign=campaign.translation_key, language="en", country_id="mk", size="card", inputs="x", shown={},
        title="x", country_name="x", checked=this_week(), code="K7MQ2R", code_word="apple",
        state=Material.State.MADE, published_at=campaign.last_published_at,
    )  # fmt: skip
    for n, kind in ((1, Kind.OPENED), (2, Kind.HEARD)):
        week = this_week() - timedelta(weeks=n)
        WeekCount.objects.create(kind=kind, material=material, week=week, number=40)
    own = CampaignPage.objects.get(slug="work-abroad", locale__language_code="ar")
    for address in ("", "words/", "sheets/", f"sheets/{own.pk}/", f"sheets/{own.pk}/enter/"):
        page = open_as(first, f"/en/results/{address}", width=320)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
