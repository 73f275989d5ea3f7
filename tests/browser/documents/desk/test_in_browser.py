"""The desk in a real browser: typing, saving, pasting, conflicts, the outline by keyboard and mouse, narrow
screens, axe."""

from __future__ import annotations

from itertools import pairwise

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from documents.actions.save_section import save_section
from documents.text import body_text
from tests.support.documents.desk.browsing import RULES, TEXT, end_of_text, save, settle
from tests.support.documents.desk.fixtures import UID, UID2, UID3, Desk, Open
from tests.support.factories import body
from tests.support.returned_files import suggest


def test_three_clicks_to_typing(desk_here: Desk, opened: Open) -> None:
    desk_here.save("mk", body("Постапка"), UID3)
    page = opened(desk_here.drafter, "/en/")
    page.get_by_role("navigation").get_by_role("link", name="My work").first.click()
    page.get_by_role("link", name="Write the first section").click()
    expect(page.locator(TEXT)).to_be_focused()
    settle(page)
    page.keyboard.type("Веднаш се пишува.")
    save(page)
    assert body_text(desk_here.row(UID3).body_mk) == "Веднаш се пишува."
    # What may be case data is said at once, and no longer when it is gone.
    page.keyboard.type(" 0101006500006")
    save(page)
    expect(page.locator("[data-case-data]")).to_contain_text("Paragraph 1")
    for _n in range(14):
        page.keyboard.press("Backspace")
    save(page)
    expect(page.locator("[data-case-data]")).to_be_empty()


def test_the_editor_says_that_the_original_was_changed_meanwhile(desk_here: Desk, opened: Open) -> None:
    desk = desk_here
    page = opened(desk.translator, desk.section("sq", UID2))
    settle(page)
    shown = desk.row(UID2).text_hash_mk
    save_section(desk.drafter, desk.edition, UID2, "mk", body("Цел", "Рок 9."), shown)
    for word in ("Një.", "Dy."):  # saved twice beside the same original
        end_of_text(page)
        page.keyboard.type(word)
        expect(page.locator("[data-status]")).to_contain_text("Not saved yet")
        save(page)
        expect(page.locator("[data-status]")).to_contain_text("the translation is out of date")
        assert desk.row(UID2).source_hash_sq == shown
    page.reload()
    settle(page)
    expect(page.locator("[data-state]")).to_contain_text("out of date")
    end_of_text(page)
    page.keyboard.type("Tre.")
    save(page)
    expect(page.locator("[data-status]")).not_to_contain_text("the translation is out of date")
    expect(page.locator("[data-state]")).to_contain_text("up to date")
    expect(page.locator("[data-stale]")).to_have_count(0)
    assert desk.row(UID2).source_hash_sq == desk.row(UID2).text_hash_mk != shown


def test_without_javascript_the_desk_says_what_it_needs(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section(), java_script_enabled=False)
    expect(page.locator("main")).to_contain_text("The editor needs JavaScript")


def test_pages_fit_and_are_accessible(desk_here: Desk, opened: Open) -> None:
    desk_here.save("mk", body("Прв разговор", "Сосема друго."))
    stale = desk_here.section("sq")
    pages = [
        "/sr-cyrl/desk/",
        desk_here.url(),
        desk_here.section(uid=UID2),
        stale,
        desk_here.url("people/"),
        desk_here.url("add/"),
        desk_here.url("upload/"),
        desk_here.url("classification/"),
        desk_here.url("word/"),
        desk_here.url("removed/"),
        "/en/desk/new/",
        "/en/desk/new/empty/",
    ]
    page = opened(desk_here.coordinator, pages[0])
    for path in pages:
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + path)
        for width, scheme in ((320, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found = Axe().run(page, options=RULES).response["violations"]
            assert not found, (path, [(v["id"], v["nodes"][0]["html"][:200]) for v in found])


def test_what_is_seldom_needed_is_one_press_away(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    end_of_text(page)
    expect(page.get_by_role("button", name="Quotation")).to_be_hidden()
    page.get_by_role("button", name="More formatting").click()
    page.get_by_role("button", name="Quotation").click()
    save(page)
    assert desk_here.row().body_mk["blocks"][0]["attrs"] == {"style": "quote"}


def test_the_ground_of_a_changed_heading_covers_no_letters_of_the_line_above(
    desk_here: Desk, opened: Open
) -> None:
    heading = "Надлежности и јавни обврски на сите учесници во постапката за заштита"
    suggest(desk_here.drafter, desk_here.edition, UID, "mk", body("Јавни"), body(heading))
    page = opened(desk_here.drafter, desk_here.url("suggestions/"), viewport={"width": 390, "height": 800})
    lines = page.locator(".suggestion h3 ins").first.evaluate(
        "(ins) => [...ins.getClientRects()].filter((line) => line.height).map((line) => [line.top, "
        "line.bottom])"
    )
    assert len(lines) > 1
    assert all(below[0] >= above[1] for above, below in pairwise(lines)), lines
