"""The search page in a real browser on both hosts: axe, narrow screens, without JavaScript, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.search.in_browser import Open, sound
from tests.support.search.in_browser import searching as searching

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("on_public", "width", "scheme"),
    [(False, 1280, "dark"), (False, 390, "light"), (True, 1280, "light"), (True, 320, "dark")],
)
def test_the_page_is_sound_at_every_width(searching: Open, on_public: bool, width: int, scheme: str) -> None:
    page = searching(
        "sr-latn",
        "q=razgovor sa zrtvom",
        on_public=on_public,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    expect(page.locator("article.hit").first).to_be_visible()
    sound(page, width)
    page.goto(page.url.split("?")[0] + "?q=qqqqxy&country=rs")
    expect(page.locator(".nothing")).to_be_visible()
    sound(page, width)
    page.goto(page.url.split("?")[0])
    expect(page.locator(".begin-search")).to_be_visible()
    sound(page, width)


def test_on_a_phone_the_filters_open_and_close_without_javascript(searching: Open) -> None:
    page = searching("sr-cyrl", "q=zrtva", viewport={"width": 390, "height": 800}, java_script_enabled=False)
    filters = page.locator("#filters")
    expect(filters).to_be_hidden()
    page.locator(".to-fac a").click()
    expect(filters).to_be_visible()
    filters.get_by_role("link", name="Српски").click()
    expect(page).to_have_url(page.url.split("#")[0])
    assert "language=sr" in page.url
    expect(filters).to_be_hidden()
    expect(page.locator(".chips li")).to_have_count(2)


def test_words_are_typed_and_a_section_opened_with_them_marked(searching: Open) -> None:
    page = searching("sr-latn", "country=rs", java_script_enabled=False)
    field = page.get_by_role("searchbox")
    field.fill("prvi razgovor")
    field.press("Enter")
    assert "country=rs" in page.url, "the choice made stays"
    page.locator("article.hit h4 a").first.click()
    expect(page.locator("article.text h1 mark").first).to_be_visible()
    page.locator(".searched a").last.click()
    expect(page.get_by_role("searchbox")).to_have_value("prvi razgovor")


def test_the_bar_of_every_page_searches(searching: Open) -> None:
    page = searching("en", "")
    page.goto(page.url.replace("/search/", "/library/"))
    page.locator("#bar-q").fill("interview")
    page.locator("#bar-q").press("Enter")
    expect(page.locator("article.hit").first).to_be_visible()


def test_on_a_wide_screen_the_filters_are_reached_before_the_results_by_keyboard(searching: Open) -> None:
    """They stand after the results in the page: a link that shows when it has the focus leads there, and
    another back."""
    page = searching("en", "q=interview", viewport={"width": 1280, "height": 900})
    there, back = page.locator(".to-fac a"), page.locator(".close-fac a")
    page.locator("#q").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("details.how summary")).to_be_focused()
    assert page.evaluate("getComputedStyle(document.querySelector('.to-fac')).clipPath") == "inset(50%)"
    page.keyboard.press("Tab")
    expect(there).to_be_focused()
    assert page.evaluate("getComputedStyle(document.querySelector('.to-fac')).clipPath") == "none"
    sound(page, 1280)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".fac section a").first).to_be_focused()
    page.locator(".fac section a").last.focus()
    page.keyboard.press("Tab")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#found a").first).to_be_focused()


def test_suggestions_are_chosen_by_keyboard(searching: Open) -> None:
    page = searching("sr-latn", "", viewport={"width": 390, "height": 800})
    field = page.get_by_role("combobox")
    field.press_sequentially("razgov")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("group", name="Odeljci")).to_be_visible()
    sound(page, 390)
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = options.first.get_attribute("id")
    assert first
    expect(field).to_have_attribute("aria-activedescendant", first)
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press_sequentially("o")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("article.text h1")).to_contain_text("azgovor")
