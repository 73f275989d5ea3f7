"""The formatting bar: one row on a desk, no sideways scroll on a phone, the table's tools in a table alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.documents.desk.browsing import TEXT, editor_body, end_of_text
from tests.support.documents.desk.fixtures import UID2, Desk, Open


def height(page: Page) -> float:
    box = page.locator(".pm-tools").bounding_box()
    assert box
    return box["height"]


@pytest.mark.parametrize("language", ["en", "mk", "sq", "sr-cyrl"])
def test_the_bar_is_one_row_on_a_desk(desk_here: Desk, opened: Open, language: str) -> None:
    page = opened(desk_here.drafter, desk_here.section("sq").replace("/en/", f"/{language}/"))
    expect(page.locator(TEXT)).to_be_visible()
    assert height(page) < 44
    names = page.locator(".pm-bar button").evaluate_all("all => all.map((one) => one.textContent.trim())")
    assert all(names)


def test_the_bar_wraps_on_a_phone(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section(), viewport={"width": 390, "height": 844})
    end_of_text(page)
    for row in page.locator(".pm-tools, .pm-context:not([hidden])").all():
        assert row.evaluate("(row) => row.scrollWidth <= row.clientWidth")


def test_the_table_has_its_tools_in_a_table_alone(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    end_of_text(page)
    expect(page.get_by_role("button", name="Insert row below")).to_be_hidden()
    page.locator(f"{TEXT} td").first.click()
    expect(page.get_by_role("button", name="Insert row below")).to_be_visible()


def test_a_table_is_inserted_in_the_size_that_was_chosen(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section(uid=UID2))
    end_of_text(page)
    page.get_by_role("button", name="Table", exact=True).click()
    page.get_by_label("Rows").fill("2")
    page.get_by_label("Columns").fill("4")
    page.get_by_label("The first row is a header").uncheck()
    page.get_by_role("button", name="Insert", exact=True).click()
    page.keyboard.type("Прва")
    rows = editor_body(page)["blocks"][1]["content"]
    assert [len(row["content"]) for row in rows] == [4, 4]
    assert rows[0]["content"][0]["content"][0]["content"][0]["text"] == "Прва"
    assert "attrs" not in rows[0]["content"][0]
