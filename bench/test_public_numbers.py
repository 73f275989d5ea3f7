"""A number that changed: how soon every page, card and poster has the new one, or is marked."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.test import Client

from config.running.worker import jobs
from config.settings.base import page_stores
from materials.actions.make import make_waiting
from materials.actions.mark_stale import mark_if_changed
from materials.actions.order import order
from materials.choices import Size
from materials.models import Material
from people.roles import Role
from public import saved_pages
from public.actions.change_hotline import enter_hotline
from public.models import CampaignPage, Hotline
from public.number_uses import Number, uses_of
from tests.support.factories import make_institution, make_person
from tests.support.public.fixtures import PUBLIC
from tests.support.public.whole import load_whole

OLD, NEW = ("0800 55 123", "080055123"), ("0800 77 123", "080077123")
SIZES = (Size.POSTER_A4, Size.CARD, Size.SHARE_WIDE)
EACH = 9
"""One page of so many is read."""


def test_a_changed_number(db: None, settings: Any, tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.KODEKS_PAGES, settings.CACHES = tmp_path, page_stores(tmp_path)
    load_whole()
    person = make_person(Role.PUBLISHER, make_institution())
    hotline = Hotline.objects.get(key="mk")
    hotline.number, hotline.tel = OLD  # in the demonstration two countries have the same made-up digits
    enter_hotline(hotline)
    reader = Client(headers={"host": PUBLIC})
    every = list(saved_pages.to_save())[::EACH]
    shown = [path for path in every if hotline.number in reader.get(path).content.decode()]
    campaign = CampaignPage.published().get(slug="work-abroad", locale__language_code="en")
    order(
        person,
        campaign.translation_key,
        languages=["en", "mk", "ar"],
        countries=["mk"],
        sizes=SIZES,
        publish=True,
    )
    make_waiting()
    made = list(Material.objects.made())
    uses = uses_of(Number(hotline.number, "mk", hotline), person)
    assert len(shown) > 30 and made

    start, old = time.monotonic(), hotline.number
    hotline.number, hotline.tel = NEW
    enter_hotline(hotline)
    marked = mark_if_changed()
    took = time.monotonic() - start
    period = next(job.every for job in jobs() if job.run is mark_if_changed)
    time.sleep(settings.KODEKS_PAGE_SECONDS)
    wrong = [path for path in shown if old in reader.get(path).content.decode()]
    with capsys.disabled():
        print(
            f"  number changed: {len(shown)} pages, {len(made)} posters and cards, {len(uses)} uses listed; "
            f"all marked after {took + period:.0f} s, pages after {settings.KODEKS_PAGE_SECONDS:.0f} s "
            f"(60 s where a browser has one), {len(wrong)} wrong"
        )
    assert wrong == [] and marked == len(made) and took + period <= 60
