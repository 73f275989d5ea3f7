"""A reviewer without an account's password: from the mail to the signature; a comment beside the text."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, Route, expect

from documents.models import Comment
from mail.delivery import deliver
from mail.models import Message
from tests.support.reviews import to
from tests.support.workflows.in_browser import Open
from tests.support.workflows.in_browser import office as office
from workflows.models import SignOff

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_mail_to_the_signature(office: Any, live_server: Any, new_page: Open) -> None:
    cast, _review, _open_as = office
    message = Message.objects.filter(template="asked", to=cast.goran.email).latest("id")
    Message.objects.filter(pk=message.pk).update(sent=None, taken=None)
    assert deliver(message.pk)
    found = re.search(r"/\w+/mail-link/[\w-]+/", str(mail.outbox[-1].body))
    assert found
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(live_server.url + found[0].replace("/mk/", "/en/", 1))
    page.click("main button")
    page.check("input[value=agree]")
    page.click("text=Check and sign >> nth=-1")
    page.click("main button[value=confirmed]")
    expect(page.locator(".todo")).to_contain_text("Signed: Ministry of Interior")
    expect(page.get_by_role("button", name="Take the answer back").first).to_be_visible()
    assert SignOff.objects.get().person == cast.goran


def choose_words(page: Page) -> None:
    page.evaluate(
        """() => {
          const text = document.querySelector("article.chg .body p");
          const range = document.createRange();
          range.selectNodeContents(text);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    page.get_by_role("toolbar").get_by_text("Comment").click()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_comment_is_written_beside_the_text(office: Any, width: int) -> None:
    cast, review, open_as = office
    address = to("review:room", review.pk) + "?text=en"
    page = open_as(cast.goran, address, viewport={"width": width, "height": 900})
    late: list[Route] = []
    page.route(re.compile("/comment/"), lambda route: late.append(route))
    choose_words(page)
    expect(page.get_by_role("toolbar")).to_contain_text("…")  # at once, however late the form is
    late[0].continue_()
    page.unroute(re.compile("/comment/"))
    form = page.locator(".in-place form")
    expect(page.get_by_role("toolbar")).to_be_hidden()
    expect(form.locator("#c-text")).to_be_focused()
    assert form.locator("#c-quote").input_value()
    assert page.locator("#changes .body .cq").count() >= 1
    form.get_by_role("button", name="Save comment").click()
    expect(page.locator("#c-text-e")).to_contain_text("Enter a comment")
    form.locator("#c-text").fill("Say who pays.")
    choose_words(page)
    expect(form.locator("#c-text")).to_have_value("Say who pays.")
    form.get_by_role("button", name="Save comment").click()
    expect(page.locator(".in-place form")).to_have_count(0)
    expect(page.locator(".threads")).to_contain_text("Say who pays.")
    expect(page.locator(".in-place")).to_have_count(0, timeout=8_000)
    assert page.url.endswith(address) and Comment.objects.get().text == "Say who pays."
    assert page.evaluate("document.documentElement.scrollWidth") <= width
