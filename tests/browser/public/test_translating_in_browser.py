"""A translator in Chromium: the table, the source beside the translation, on a wide and a narrow screen."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from people.actions.groups import sync_groups
from people.roles import Role
from public.models import CampaignPage
from public.translation.states import State, state_of_page
from tests.support.factories import make_institution, make_person
from tests.support.public.fixtures import load_one, make_countries


def test_a_part_that_is_out_of_date_is_read_and_marked(
    live_server: LiveServer, transactional_db: None, client: Client, new_page: Callable[..., Page]
) -> None:
    make_countries()
    pages = {page.tag: page for page in load_one()}
    source = pages["en"]
    source.lead = "A good offer can wait a week. Talk in your own language to someone who listens."
    source.save_revision().publish()
    publisher = make_person(Role.PUBLISHER, make_institution("mk-coordinator", "mk"))
    sync_groups(publisher)
    client.force_login(publisher)
    name = settings.SESSION_COOKIE_NAME
    page = new_page(viewport={"width": 1280, "height": 900})
    page.context.add_cookies([{"name": name, "url": live_server.url, "value": client.cookies[name].value}])
    page.goto(f"{live_server.url}/admin/translations/")
    cell = page.get_by_role("link", name="Work abroad: check before you leave, العربية: Out of date")
    cell.click()
    part = page.locator("#part-lead")
    expect(part.locator("ins").first).to_contain_text("week")
    text = part.get_by_label("العربية")
    expect(text).to_have_attribute("dir", "rtl")
    assert not Axe().run(page, "main").response["violations"]
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    text.fill("العرض الجيد ينتظر أسبوعاً. تحدّث بلغتك مع من يسمعك.")
    part.get_by_role("button", name="Save and mark as still right").click()
    expect(page.locator("#part-lead")).to_contain_text("Machine-assisted, not reviewed")
    draft = CampaignPage.objects.get(pk=pages["ar"].pk)
    assert "أسبوعاً" in draft.draft_content["lead"]
    assert state_of_page(draft.comparisons()) == State.UNREVIEWED
