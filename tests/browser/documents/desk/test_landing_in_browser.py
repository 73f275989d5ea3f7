"""The page on which an outline is decided about, in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, Route

from documents.models import Section, Upload
from documents.pages.desk.landing import Landed
from documents.pages.desk.views import uploads as landing_page
from tests.support.documents.desk.fixtures import Desk, Open
from tests.support.documents.desk.landing import EN, written
from tests.support.documents.word import build
from tests.support.documents.word.own_levels import LINKED, OUTLINE, chapters


def a_second_language(page: Page) -> Upload:
    """Brings the file of another language, and waits until it was read."""
    page.get_by_label("Language of the file").select_option("sq")
    file = FilePayload(name="text.docx", mimeType="application/octet-stream", buffer=written(EN))
    page.get_by_label("Word file").set_input_files(files=[file])
    page.get_by_role("button", name="Upload the file").click()
    page.wait_for_url("**/upload/*/")
    return Upload.objects.get()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_decided_about_a_section_stands_in_one_line(
    desk_here: Desk, opened: Open, width: int
) -> None:
    page = opened(desk_here.drafter, desk_here.url("upload/"), viewport={"width": width, "height": 800})
    upload = a_second_language(page)
    # The language stands clear of what is below it.
    language, table = page.locator(".ltake").bounding_box(), page.locator(".lpairs").bounding_box()
    assert language and table and table["y"] - language["y"] - language["height"] > 8
    at = upload.lines[0][0]
    page.goto(f"{page.url}?open={at}")
    controls = page.locator(".lctl").nth(1)
    level, join = (controls.locator(part).bounding_box() for part in ("select", "[data-join]"))
    assert level and join
    between = join["y"] + join["height"] / 2 - level["y"] - level["height"] / 2
    assert abs(between) < 3 if width == 1280 else between < 60


def test_what_stands_beside_nothing_is_told_as_it_is_chosen(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.url("upload/"))
    upload = a_second_language(page)
    at, uid = next((at, uid) for at, (uid, _score) in (upload.pairs or {}).items() if uid)
    assert page.locator(f"#a{at}").count() == 0
    page.locator(f"#t{uid}").focus()
    page.locator(f"#t{uid}").select_option("")
    page.locator(f"#a{at}").get_by_text("will be left out").wait_for()
    assert "will be left out" in page.locator("[data-said]").inner_text()
    assert page.evaluate("document.activeElement.id") == f"t{uid}"
    page.locator(f"#t{uid}").select_option(at)
    page.locator(f"#a{at}").wait_for(state="detached")
    upload.refresh_from_db()
    assert (upload.pairs or {})[at][0] == uid


def test_the_numbers_follow_a_level_as_it_is_chosen(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.url("upload/"))
    page.get_by_label("Language of the file").select_option("sq")
    data = build.word_file(chapters(), styles=LINKED, numbering=OUTLINE)
    file = FilePayload(name="text.docx", mimeType="application/octet-stream", buffer=data)
    page.get_by_label("Word file").set_input_files(files=[file])
    page.get_by_role("button", name="Upload the file").click()
    page.wait_for_url("**/upload/*/")
    lines = Upload.objects.get().lines
    page.goto(f"{page.url}?open={lines[0][0]}")
    assert page.locator(".lname .num").all_inner_texts() == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    at = next(line[0] for line in lines if line[1] == "Words")
    page.locator(f"#a{at} [data-level]").select_option("1")
    page.locator(f"#a{at} .num:text-is('2')").wait_for()
    assert page.locator(".lname .num").all_inner_texts() == ["1", "1.1", "2", "3", "3.1", "3.2"]


@pytest.fixture
def torn(desk_here: Desk, opened: Open, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The outline of a text with one heading above all others, four sections a page."""
    monkeypatch.setattr(landing_page, "PAGE", 4)
    without = {f"{name}_{code}": "" for name in ("text_hash", "source_hash") for code in ("sq", "en")}
    Section.objects.filter(edition=desk_here.edition).update(body_sq=None, body_en=None, **without)
    page = opened(desk_here.drafter, desk_here.url("upload/"))
    page.get_by_label("Language of the file").select_option("mk")
    data = build.word_file(build.heading("Strategy") + chapters(2), styles=LINKED)
    file = FilePayload(name="text.docx", mimeType="application/octet-stream", buffer=data)
    page.get_by_label("Word file").set_input_files(files=[file])
    page.get_by_role("button", name="Upload the file").click()
    page.wait_for_url("**/upload/*/")
    assert levels(page) == ["1", "2", "3", "3"]
    return page


def levels(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator("[data-level]").all()]


def stored() -> list[int]:
    return [outlined.head.level for outlined in Landed.of(Upload.objects.get()).outline]


def kept(page: Page, number: int, level: str) -> None:
    with page.expect_response(lambda answer: answer.request.method == "GET" and "/upload/" in answer.url):
        page.locator("[data-level]").nth(number).select_option(level)


def test_where_all_levels_go_up_the_page_shows_it_and_other_pages_follow(torn: Page) -> None:
    kept(torn, 0, "2")
    torn.locator("[data-row].l2").nth(1).wait_for()
    assert levels(torn) == ["1", "1", "2", "2"]
    assert stored() == [1, 1, 2, 2, 1, 2, 2]
    kept(torn, 3, "1")
    assert stored() == [1, 1, 2, 1, 1, 2, 2]
    torn.get_by_role("button", name="5–7").first.click()
    torn.locator("[data-row]").nth(2).wait_for()
    assert levels(torn) == ["1", "2", "2"]


def test_what_is_chosen_while_all_levels_go_up_goes_up_too(torn: Page) -> None:
    """The answer is late: meanwhile another level is chosen, and the next page is asked for."""
    address = re.compile(r"/upload/\d+/$")

    def late(route: Route) -> None:
        torn.wait_for_timeout(700)
        route.continue_()

    torn.route(address, late)
    with torn.expect_request(lambda one: one.method == "POST"):
        torn.locator("[data-level]").nth(0).select_option("2")
    torn.locator("[data-level]").nth(3).select_option("2")
    torn.get_by_role("button", name="5–7").first.click()
    torn.locator("[data-level]").nth(3).wait_for(state="detached")
    assert stored() == [1, 1, 2, 1, 1, 2, 2]
    assert levels(torn) == ["1", "2", "2"]
