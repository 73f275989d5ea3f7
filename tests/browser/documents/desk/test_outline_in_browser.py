"""The outline in a real browser: by keyboard, by mouse, without JavaScript."""

from __future__ import annotations

from playwright.sync_api import expect

from documents.actions.edit_outline import outline_of
from documents.models import Edition
from tests.support.documents.desk.fixtures import UID, UID3, Desk, Open


def order(edition: Edition) -> list[tuple[str, int]]:
    return [(node.uid[-1], node.level) for node in outline_of(edition)]


def test_the_outline_by_keyboard_without_javascript(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.url(), java_script_enabled=False)
    page.get_by_role("button", name="Move up: 2 Постапка").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Постапка")
    assert order(desk_here.edition) == [("2", 1), ("0", 1), ("1", 2)]
    page.get_by_role("button", name="One level down: 2 Прв разговор").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("1.1 Прв разговор")
    assert order(desk_here.edition) == [("2", 1), ("0", 2), ("1", 3)]
    page.get_by_role("button", name="One level up: 1.1 Прв разговор").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("2 Прв разговор")


def test_the_focus_stays_on_the_button_that_moved(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.url())
    page.get_by_role("button", name="Move up: 2 Постапка").click()
    page.get_by_role("button", name="Move down: 1 Постапка").click()
    page.wait_for_url("**did=down*")
    expect(page.get_by_role("button", name="Move up: 2 Постапка")).to_be_focused()
    page.get_by_role("button", name="Move up: 2 Постапка").click()
    page.wait_for_url("**did=up*")
    # At the very top there is no further up: the focus is on what the section can still do.
    expect(page.get_by_role("button", name="Move down: 1 Постапка")).to_be_focused()
    page.get_by_role("button", name="Move down: 1 Постапка").click()
    page.wait_for_url("**did=down*")
    assert order(desk_here.edition) == [("0", 1), ("1", 2), ("2", 1)]


def test_the_outline_by_mouse(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.url())
    target = page.locator(f"#s-{UID}")
    box = target.bounding_box()
    assert box is not None
    page.locator(f"#s-{UID3} .handle").drag_to(target, target_position={"x": 40, "y": 4})
    page.wait_for_url("**at=*")
    assert order(desk_here.edition) == [("2", 1), ("0", 1), ("1", 2)]
    page.locator(f"#s-{UID3} .handle").drag_to(
        page.locator(f"#s-{UID}"), target_position={"x": box["width"] - 20, "y": 8}
    )
    page.wait_for_load_state("load")
    expect(page.locator("tbody tr").nth(1)).to_contain_text("1.1 Постапка")
    assert order(desk_here.edition) == [("0", 1), ("2", 2), ("1", 2)]
