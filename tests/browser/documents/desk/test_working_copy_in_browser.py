"""The editor saves by itself, and shows who else has the section open."""

from __future__ import annotations

from playwright.sync_api import expect

from documents.models import WorkingCopy
from tests.support.documents.desk.browsing import TEXT, editor_body, end_of_text, save
from tests.support.documents.desk.fixtures import RICH, Desk, Open


def test_what_was_typed_survives_a_closed_tab(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    end_of_text(page)
    page.keyboard.type(" Недовршено.")
    expect(page.locator("[data-copy-status]")).to_contain_text("Working copy saved at")
    # What was typed last is sent while the page goes.
    page.keyboard.type(" Крај.")
    page.close(run_before_unload=False)
    assert desk_here.row().body_mk == RICH

    page = opened(desk_here.drafter, desk_here.section())
    notice = page.locator("[data-copy]")
    expect(notice).to_contain_text("You have unsaved changes from")
    expect(page.locator(TEXT)).to_contain_text("Недовршено.")
    notice.get_by_role("button", name="Continue with them").click()
    expect(notice).to_have_count(0)
    save(page)
    assert "Недовршено." in str(desk_here.row().body_mk)
    assert not WorkingCopy.objects.exists()
    page.reload()
    expect(page.locator("[data-copy]")).to_have_count(0)


def test_discarding_brings_the_saved_text_back(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    end_of_text(page)
    page.keyboard.type(" Погрешно.")
    expect(page.locator("[data-copy-status]")).to_contain_text("Working copy saved at")
    page.reload()
    page.get_by_role("link", name="Discard them").click()
    expect(page.locator("ins")).to_contain_text("Погрешно.")
    page.get_by_role("button", name="Discard my changes").click()
    expect(page.get_by_text("Your unsaved changes were discarded.")).to_be_visible()
    assert editor_body(page) == RICH


def test_two_people_see_each_other(desk_here: Desk, opened: Open) -> None:
    first = opened(desk_here.coordinator, desk_here.section())
    with first.expect_response(lambda answer: answer.url.endswith("/copy/")):
        pass
    second = opened(desk_here.drafter, desk_here.section())
    expect(second.locator("[data-present]")).to_have_text("Also editing this section now: Cveta")
    with second.expect_response(lambda answer: answer.url.endswith("/copy/")):
        pass
    end_of_text(first)
    first.keyboard.type(" Прва.")
    expect(first.locator("[data-present]")).to_have_text("Also editing this section now: Dragi")
    save(first)
    end_of_text(second)
    second.keyboard.type(" Втора.")
    expect(second.locator("[data-present]")).to_contain_text("Someone else saved this section")
    expect(second.locator("[data-copy-status]")).to_contain_text("Working copy saved at")


def test_without_a_connection_it_is_quiet_and_tries_again(desk_here: Desk, opened: Open) -> None:
    page = opened(desk_here.drafter, desk_here.section())
    page.context.set_offline(True)
    end_of_text(page)
    page.keyboard.type(" Без мрежа.")
    expect(page.locator("[data-copy-status]")).to_contain_text("No connection.")
    page.context.set_offline(False)
    page.keyboard.type(" Со мрежа.")
    expect(page.locator("[data-copy-status]")).to_contain_text("Working copy saved at")
