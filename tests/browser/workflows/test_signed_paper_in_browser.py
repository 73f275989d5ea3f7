"""A signed paper in a browser: the operator's lists, the check before the act is recorded, the pill beside it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from documents.actions.check_papers import check_waiting
from documents.signatures.files import read_list_file
from people.roles import Role
from tests.support.documents.signatures.papers import plain, sign
from tests.support.documents.signatures.pki import pki
from tests.support.factories import make_person
from tests.support.reviews import act_form, pass_all, to
from tests.support.workflows.in_browser import RULES
from tests.support.workflows.in_browser import office as office

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = (
    "body",
    "number",
    "date",
    "protocol",
    "session",
    "gazette",
    "gazette_number",
    "gazette_year",
    "published",
)
SHOTS = os.environ.get("SHOTS")


def signed() -> bytes:
    """Signed in a thread of its own: pyHanko has a loop of events, as the driver of the browser has."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(sign, plain(), pki().ana).result()


def fits(page: Any, name: str) -> None:
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_a_signed_act_from_the_list_to_the_page_of_the_edition(office: Any) -> None:
    cast, review, open_as = office
    read_list_file(pki().plain.pem)  # the first takes longest: no click should wait for it
    operator = make_person(Role.OPERATOR, cast.commission)
    page = open_as(operator, to("desk:trusted_lists"))
    file = {"name": "list.xml", "mimeType": "text/xml", "buffer": pki().trusted_list()}
    page.set_input_files("#id_file", [file])
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("not verified")).to_be_visible()
    fits(page, "lists")

    pass_all(cast, review)
    page = open_as(cast.coordinator, to("coordinate:adopt", review.pk))
    sent = act_form()
    for name in FIELDS:
        page.fill(f"[name=act0-{name}]", str(sent[f"act0-{name}"]))
    page.fill("[name=valid_from]", str(sent["valid_from"]))
    page.set_input_files(
        "#id_act0-signed",
        [{"name": "act.pdf", "mimeType": "application/pdf", "buffer": signed()}],
    )
    page.get_by_role("button", name="Check and record").click()
    page.check("[name=antedated]")
    page.get_by_role("button", name="Check and record").click()
    expect(page.get_by_text("Signatures not checked yet")).to_be_visible()
    check_waiting()
    page.get_by_role("button", name="Show the result").click()
    expect(page.get_by_text("Valid by a list that is not verified").first).to_be_visible()
    page.get_by_text("Details of the signatures").click()
    expect(page.get_by_text("Ana Anevska")).to_be_visible()
    fits(page, "answers")
    page.get_by_role("button", name="Record the adoption").click()
    instrument = cast.edition.instrument
    for tag in ("en", "sr-cyrl"):
        address = to("documents:edition", instrument.country_id, instrument.slug, cast.edition.number)
        page.goto(page.url.partition("/en/")[0] + address.replace("/en/", f"/{tag}/"))
        page.locator(".signed-paper summary").first.click()
        fits(page, f"edition-{tag}")
