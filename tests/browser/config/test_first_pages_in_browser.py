"""The first page of each role, the page of health and the tiles, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from documents.actions.edit_start_tiles import TileData, add_tile
from people.roles import Role
from tests.support.factories import make_person
from tests.support.reviews import seat_of, sign, to
from tests.support.workflows.in_browser import RULES
from tests.support.workflows.in_browser import office as office
from workflows.models import Stage


def test_axe_finds_nothing_and_nothing_scrolls_sideways(office: Any) -> None:
    cast, review, open_as = office
    Stage.objects.filter(review=review, order=1).update(due=timezone.now() - timedelta(days=4))
    sign(cast.biljana, seat_of(review, cast.social), "agree_with_remarks", "A remark.")
    add_tile(cast.coordinator, cast.country, TileData({"mk": "Дете на граница"}, 1, query="дете"))
    operator = make_person(Role.OPERATOR, cast.commission)
    practitioner = make_person(Role.PRACTITIONER, cast.social)
    tiles = to("desk:start_tiles", "mk")
    pages = [
        *((user, "/en/") for user in (cast.coordinator, cast.goran, cast.drafter, practitioner, operator)),
        (make_person(Role.PUBLISHER, cast.commission), "/en/"),
        (operator, "/en/health/"),
        (cast.coordinator, tiles),
    ]
    for user, address in pages:
        page = open_as(user, address, viewport={"width": 320, "height": 3000}, color_scheme="dark")
        for width, scheme in ((320, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 3000})
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{user} {address}\n{found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{user} {address}"


def test_a_reviewer_comes_to_the_answer_by_one_click(office: Any) -> None:
    cast, review, open_as = office
    page = open_as(cast.goran, "/en/", viewport={"width": 390, "height": 800})
    button = page.get_by_role("link", name="Read and answer")
    expect(button).to_be_in_viewport()
    button.click()
    page.wait_for_url(f"**{to('review:room', review.pk)}?seat=*")
