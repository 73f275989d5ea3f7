"""A coordinator leaves words and a paragraph out, and sees what everybody will read; on a narrow screen too."""

from __future__ import annotations

import os

import pytest

from documents.models import RedactionMark
from people.roles import Role
from tests.support.documents.desk.fixtures import Open
from tests.support.documents.redacted import SEEN, UIDS, WORDS, make_original
from tests.support.factories import make_person


@pytest.mark.parametrize("width", [320])
def test_words_are_left_out_and_the_preview_shows_it(office: str, opened: Open, width: int) -> None:
    original = make_original()
    elena = make_person(Role.COORDINATOR, original.instrument.owner)
    home = f"/en/desk/{original.pk}/redaction/"
    page = opened(elena, home, viewport={"width": width, "height": 800})

    def shot(name: str) -> None:
        narrow = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        if folder := os.environ.get("CD_SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
            page.set_viewport_size({"width": 1280, "height": 900})
            page.screenshot(path=f"{folder}/{name}-1280.png", full_page=True)
            page.set_viewport_size({"width": width, "height": 800})
        assert narrow, name

    page.get_by_role("button", name="Make a redacted edition").click()
    page.get_by_label("Words to leave out").fill(WORDS)
    page.get_by_label("Legal ground").select_option("safety")
    page.get_by_label("Reason", exact=True).fill("član 9")
    page.get_by_role("button", name="Leave the words out").click()
    assert "places are left out." in page.inner_text("body")
    shot("start")
    page.goto(f"{office}{home}{UIDS[1]}/bs/")
    page.get_by_label("These paragraphs").check()
    page.get_by_label("Paragraph 2").check()
    page.get_by_label("Legal ground").select_option("methods")
    page.get_by_label("Reason", exact=True).fill("član 10")
    shot("section")
    page.get_by_role("button", name="Leave it out").click()
    assert RedactionMark.objects.filter(block=2).count() == 1
    page.goto(f"{office}{home}preview/bs/")
    text = page.inner_text(".stack.narrow")
    assert WORDS not in text and SEEN in text and "[" in text
    shot("preview")
    page.goto(f"{office}{home}")
    page.get_by_role("button", name="Check and ask a second person").click()
    shot("check")
    page.get_by_role("button", name="Ask a second person").click()
    assert "Another coordinator can approve it now." in page.inner_text("body")
    shot("waits")
