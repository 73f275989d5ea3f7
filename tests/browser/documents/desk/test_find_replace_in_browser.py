"""Find and replace, and the choice between two texts: without a manual, on a desk and on a phone."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from documents.text import body_text
from tests.support.documents.desk.browsing import RULES, end_of_text
from tests.support.documents.desk.fixtures import UID2, Desk, Open
from tests.support.factories import body


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(v["id"], v["nodes"][0]["html"][:200]) for v in found]


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_words_are_replaced_and_brought_back(desk_here: Desk, opened: Open, width: int, scheme: str) -> None:
    desk_here.save("mk", body("Служба", "Оваа служба и таа служба."), UID2)
    page = opened(
        desk_here.drafter,
        desk_here.url("find/?language=mk"),
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    page.get_by_label("Find").fill("служба")
    page.get_by_label("Replace with").fill("полиција")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    fits(page, width)
    page.get_by_role("checkbox", name="Служба").first.uncheck()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Replace in 2 places")).to_be_visible()
    fits(page, width)
    page.get_by_role("button", name="Replace in 2 places").click()
    expect(page.get_by_text("Replaced in 2 places.")).to_be_visible()
    assert body_text(desk_here.row(UID2).body_mk, heading=True) == "Служба\nОваа полиција и таа полиција."
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone in 1 section.")).to_be_visible()
    assert "полиција" not in json.dumps(desk_here.row(UID2).body_mk, ensure_ascii=False)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_the_choice_between_two_texts(desk_here: Desk, opened: Open, width: int, scheme: str) -> None:
    page = opened(
        desk_here.drafter,
        desk_here.section(uid=UID2),
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    end_of_text(page)
    page.keyboard.type(" Мое.")
    text = desk_here.row(UID2).body_mk
    desk_here.save(
        "mk", body(body_text({"blocks": [], "heading": text["heading"]}, heading=True), "Нивно."), UID2
    )
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Someone else changed this section")
    fits(page, width)
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_role("link", name="Difference 1: choose which text stays")).to_be_visible()
    fits(page, width)
    page.get_by_label("Keep theirs").check()
    page.get_by_role("button", name="Save what I chose").click()
    expect(page.get_by_text("The other text was kept.")).to_be_visible()
