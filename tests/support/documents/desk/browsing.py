"""What the tests of the desk in a browser share: the pages opened as a person, the editor, a rich text."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


TEXT = "[data-text] .pm"


def editor_body(page: Page) -> Any:
    return page.evaluate("document.querySelector('form[data-editor]').editor.body()")


def end_of_text(page: Page) -> None:
    """The cursor at the end of the first paragraph."""
    page.locator(f"{TEXT} [data-body] > p").first.click()
    page.keyboard.press("End")
    settle(page)


def settle(page: Page) -> None:
    """Lets the browser tell the editor where the cursor went; no hand is as quick as a script."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))")


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator("[data-status]")).to_contain_text("Saved at")
