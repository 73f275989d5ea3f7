"""The pages around a review in a real browser: axe, no sideways scroll, a suggestion accepted without
script."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from documents.comments.actions import section_text
from documents.comments.decide import decide
from tests.support.workflows.in_browser import RULES
from tests.support.workflows.in_browser import office as office
from workflows.actions.comments import write_comment
from workflows.actions.reopen import reopen

pytestmark = pytest.mark.django_db(transaction=True)


def test_comments_are_answered_and_accepted_without_script_on_a_phone(office: Any) -> None:
    cast, review, open_as = office
    for quote, other in (("24 часа", "12 часа"), ("Социјалниот работник", "Социјалната работничка")):
        write_comment(
            cast.goran,
            review,
            cast.uids[0],
            "mk",
            "Shorter, please.",
            quote=quote,
            suggestion=other,
            to=f"u{cast.coordinator.pk}",
        )
    rejected = write_comment(cast.biljana, review, cast.uids[1], "mk", "Say where.")
    decide(cast.coordinator, rejected, "rejected", "The guideline says where.")
    reopen(cast.coordinator, review, "Comments.")
    pages = [f"/mk/review/{review.pk}/comments/", f"/sr-cyrl/review/{review.pk}/?view=comments", "/en/audit/"]
    for address in pages:
        for width in (390, 1280):
            page = open_as(cast.coordinator, address, viewport={"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
            if width == 390:
                found = Axe().run(page, options=RULES)
                assert found.violations_count == 0, found.generate_report()
    page = open_as(
        cast.coordinator,
        f"/en/review/{review.pk}/comments/",
        viewport={"width": 390, "height": 800},
        java_script_enabled=False,
    )
    page.get_by_role("button", name="Accept and change the text").first.click()
    expect(page.get_by_text("The text was changed.")).to_be_visible()
    assert "12 часа" in (section_text(cast.edition, cast.uids[0], "mk") or "")
    for address in ("/en/review/delegates/", "/en/account/second-factor/"):
        page = open_as(cast.goran, address, viewport={"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, found.generate_report()
