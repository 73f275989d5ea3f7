"""Signing in as a person does it in a browser: an app, then a passkey of a virtual authenticator."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone
from playwright.sync_api import Page, expect

from audit.models import Entry
from people.roles import Role
from tests.support.factories import PASSWORD, make_person

pytestmark = pytest.mark.django_db(transaction=True)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def test_from_a_password_to_a_passkey(live_server: Any, new_page: Callable[..., Page]) -> None:
    person = make_person(Role.COORDINATOR)
    page = new_page(viewport={"width": 390, "height": 844})
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{live_server.url}/en/people/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    expect(page.get_by_text("Your role requires two-factor authentication")).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator("main code").first.inner_text().replace(" ", "")
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(key, int(timezone.now().timestamp()) // 30)))
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main li code")).to_have_count(10)
    page.get_by_role("link", name="Continue").click()
    page.wait_for_url(re.compile("/en/people/$"))
    page.goto(f"{live_server.url}/en/account/second-factor/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of the passkey").fill("office laptop")
    no_sideways_scroll(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("office laptop", exact=True)).to_be_visible()
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    page.goto(f"{live_server.url}/en/account/sessions/")
    expect(page.get_by_text("This browser")).to_be_visible()
    no_sideways_scroll(page)
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/en/sign-in/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(re.compile("/en/$"))
    assert Entry.objects.filter(verb="sign_in", refused=False).latest("id").detail["by"] == "passkey"
