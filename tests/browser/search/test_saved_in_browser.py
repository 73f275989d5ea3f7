"""From a search to its mail, as a practitioner does it: on a phone, by keyboard, without JavaScript."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import expect

from mail.digest import local_now
from search.outbox import drain
from search.saved.alerts import send_alerts
from tests.support.factories import make_in_force, make_tree
from tests.support.search.in_browser import Open, sound
from tests.support.search.in_browser import searching as searching

__all__ = ["searching"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_choice_is_made_shared_taken_back_saved_and_told(searching: Open) -> None:
    page = searching("sr-latn", "q=zrtva", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page.locator(".to-fac a").press("Enter")
    page.locator("#filters").get_by_role("link", name="Srbija").press("Enter")
    assert "country=rs" in page.url

    shared = page.url.partition("?")[2].partition("#")[0]
    other = searching("sr-latn", shared, viewport={"width": 360, "height": 740})
    sound(other, 360)
    counted = page.locator("h2").first.inner_text()
    expect(other.locator("h2").first).to_have_text(counted)

    page.locator(".chips a", has_text="Srbija").press("Enter")
    assert "country=rs" not in page.url

    atom = page.locator(".acts a", has_text="Atom").get_attribute("href")
    assert atom
    answer = page.request.get(atom)  # on the public host: a feed reader can't sign in
    assert answer.ok and "atom+xml" in answer.headers["content-type"] and "<entry>" in answer.text()

    page.get_by_role("link", name="Sačuvaj ovu pretragu").press("Enter")
    page.get_by_label("Naziv").fill("Žrtve")
    page.get_by_label("Svaki dan").press("Space")
    page.get_by_role("button", name="Sačuvaj").press("Enter")
    expect(page.locator(".saved .name")).to_have_text("Žrtve")
    other.goto(page.url)
    sound(other, 360)

    tree = make_tree("sr", "Novo uputstvo", [(1, "Smeštaj", "Žrtva dobija smeštaj.")])
    make_in_force(slug="novo", languages=("sr",), tree=tree)
    drain()
    tomorrow = datetime.combine(local_now().date() + timedelta(days=1), time(9), UTC)
    (mail,) = send_alerts(tomorrow)
    [told] = set(re.findall(r"/[\w-]+/i/\w+/novo/1/", mail.text))
    page.goto(page.url.partition("/sr-latn/")[0] + told)
    expect(page.locator("main")).to_contain_text("Smeštaj")
