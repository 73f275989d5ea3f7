"""The page on which an outline is decided about, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload

from documents.models import Upload
from tests.documents.desk.conftest import Desk, Open
from tests.documents.desk.test_landing import EN, written
from tests.documents.docx import build
from tests.documents.docx.test_own_levels import LINKED, OUTLINE, chapters


@pytest.mark.parametrize("width", [360, 1280])
def test_what_is_decided_about_a_section_stands_in_one_line(
    desk_here: Desk, opened: Open, width: int
) -> None:
    page = opened(desk_here.drafter, desk_here.url("upload/"), viewport={"width": width, "height": 800})
    page.get_by_label("Language of the file").select_option("sq")
    file = FilePayload(name="text.docx", mimeType="application/octet-stream", buffer=written(EN))
    page.get_by_label("Word file").set_input_files(files=[file])
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/upload/*/")
    upload = Upload.objects.get()
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


def test_the_numbers_follow_a_level_as_it_is_chosen(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.url("upload/"))
    page.get_by_label("Language of the file").select_option("sq")
    data = build.word_file(chapters(), styles=LINKED, numbering=OUTLINE)
    file = FilePayload(name="text.docx", mimeType="application/octet-stream", buffer=data)
    page.get_by_label("Word file").set_input_files(files=[file])
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/upload/*/")
    lines = Upload.objects.get().lines
    page.goto(f"{page.url}?open={lines[0][0]}")
    assert page.locator(".lname .num").all_inner_texts() == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    at = next(line[0] for line in lines if line[1] == "Words")
    page.locator(f"#a{at} [data-level]").select_option("1")
    page.locator(f"#a{at} .num:text-is('2')").wait_for()
    assert page.locator(".lname .num").all_inner_texts() == ["1", "1.1", "2", "3", "3.1", "3.2"]
