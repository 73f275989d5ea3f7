"""A drafter brings a reviewed file back, switches a change, takes, refuses and undoes, on a phone and at a
desk."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from documents.exports.own_file import export_own
from documents.models import Edition
from people.models import User
from tests.support.returned_files import BORIS, dele, edited, ins, inside, save, texts, tracked


def change(text: str) -> str:
    """As ``tracked``, and Boris changes another word of Ana's paragraph."""
    text = text.replace("текст за заштита", f"текст за {inside(dele('заштита', BORIS), ins('помош', BORIS))}")
    return tracked(text)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_file_out_back_and_decided(
    transactional_db: Any, live_server: Any, edition: Edition, drafter: User, new_page: Callable[..., Page],
    tmp_path: Path, width: int,
) -> None:  # fmt: skip
    file = tmp_path / "back.docx"
    out = export_own(drafter, edition, "mk").data
    file.write_bytes(edited(out, change))
    save(drafter, edition, 1, "Ова важи за сите тела.", "Последен став, изменет.")
    client, page = Client(), new_page(viewport={"width": width, "height": 900})
    client.force_login(drafter)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": live_server.url}])
    page.goto(f"{live_server.url}/en/desk/{edition.pk}/back/")
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("3 open suggestions", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    card = page.locator(".suggestion").first
    card.locator(".switches input[type=checkbox]").first.uncheck()
    expect(card.locator(".text ins")).to_have_text(["помош"])
    if folder := os.environ.get("KODEKS_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/cards-{width}.png", full_page=True)
    card.get_by_role("button", name="Accept").click()
    assert texts(edition)[0].startswith("Првиот текст за помош")
    page.get_by_role("button", name="Reject all 2 open suggestions").click()
    expect(page.get_by_role("heading", name="Reject 2 suggestions")).to_be_visible()
    page.get_by_role("button", name="Reject 2 suggestions").click()
    expect(page.get_by_text("2 suggestions were rejected")).to_be_visible()
    page.locator(".note-good").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 suggestions were reopened")).to_be_visible()
    # The draft says something else: the texts, and what a person writes.
    page.locator(".suggestion").last.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="The draft has changed since")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if folder:
        page.screenshot(path=f"{folder}/conflict-{width}.png", full_page=True)
    page.get_by_label("New text of the draft").fill("Последниот став, изменет.")
    page.get_by_role("button", name="Save my text").click()
    expect(page.get_by_text("1 open suggestion", exact=True)).to_be_visible()
    assert texts(edition)[1].endswith("Последниот став, изменет.")
