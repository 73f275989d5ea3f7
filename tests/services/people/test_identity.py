"""Signing in with a government's identity provider: who gets in, who does not, keys that change, the way
out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialApp
from lxml import html

from audit.models import Entry
from config.settings.env import Environment
from config.settings.oidc import providers
from mail.models import Message
from people.models import User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient
from tests.support.services import oidc
from tests.support.services.missing import provide

pytestmark = pytest.mark.django_db
ANA = {"email": "Ana@mvr.gov.mk", "email_verified": True, "org": "MVR"}
ACCOUNTS: dict[str, dict[str, Any]] = {
    "ana": ANA,
    "ana-again": ANA,
    "unverified": ANA | {"email_verified": False},
    "stranger": ANA | {"email": "stranger@mvr.gov.mk"},
    "elsewhere": ANA | {"email": "boris@elsewhere.mk"},
    "other-claim": ANA | {"org": "MON"},
    "other-house": ANA | {"email": "vera@mvr.gov.mk"},
    "abroad": ANA | {"email": "zoran@mvr.gov.mk"},
    "marija": ANA | {"email": "marija@mvr.gov.mk"},
}


@pytest.fixture(scope="module")
def identities() -> Iterator[oidc.Identities]:
    there = "http://testserver/oidc/mk/login/callback/"
    running = provide(lambda: oidc.start(ACCOUNTS, there, "http://testserver/"))
    yield running
    running.stop()


@pytest.fixture
def ana(identities: oidc.Identities, settings: Any) -> User:
    settings.SOCIALACCOUNT_PROVIDERS = providers(
        Environment(
            {
                "KODEKS_OIDC_MK_URL": identities.issuer,
                "KODEKS_OIDC_MK_NAME": "eID",
                "KODEKS_OIDC_MK_CLIENT": "kodeks",
                "KODEKS_OIDC_MK_SECRET": oidc.SECRET,
                "KODEKS_OIDC_MK_DOMAINS": "mvr.gov.mk=mk-interior",
                "KODEKS_OIDC_MK_CLAIM": "org",
                "KODEKS_OIDC_MK_VALUES": "MVR=mk-interior MON=mk-education",
            }
        )
    )
    return named("ana@mvr.gov.mk")


def named(address: str, role: Role = Role.DRAFTER, place: str = "mk-interior") -> User:
    return make_person(role, make_institution(place), email=address)


class Browser:
    """A browser at Kodeks (the test client) and at the provider."""

    def __init__(self) -> None:
        self.office, self.there = PageClient(), requests.Session()
        self.there.trust_env = False

    def come(self, who: str) -> Any:
        """Signs in as ``who``; gives Kodeks's answer to what the provider sends back."""
        answer = self.office.post("/oidc/mk/login/?next=/en/account/")
        return self.office.get(self._walk(answer["Location"], {"login": who, "password": "any"}))

    def leave(self) -> str:
        return self._walk(self.office.post("/en/sign-out/")["Location"], {})

    def _walk(self, address: str, given: dict[str, str]) -> str:
        """Follows the provider and sends each form of its pages, until it leads back to Kodeks."""
        page = self.there.get(address, allow_redirects=False, timeout=20)
        for _ in range(12):
            if page.is_redirect:
                target = page.headers["Location"]
                if urlsplit(target).netloc == "testserver":
                    return target.removeprefix("http://testserver")
                page = self.there.get(
                    requests.compat.urljoin(page.url, target), allow_redirects=False, timeout=20
                )
                continue
            tree = html.fromstring(page.content)
            tree.make_links_absolute(page.url)
            form = tree.forms[0]
            fields = dict(form.form_values()) | {k: v for k, v in given.items() if k in form.fields}
            if "logout" in page.text:
                fields["logout"] = "yes"
            page = self.there.post(form.action or page.url, data=fields, allow_redirects=False, timeout=20)
        raise AssertionError(page.text)


def test_who_is_known_gets_in_and_out_again(ana: User, identities: oidc.Identities) -> None:
    page = PageClient().get("/en/sign-in/?next=/en/review/")
    assert (
        ">eID</button>" in page.content.decode()
        and "/oidc/mk/login/?next=/en/review/" in page.content.decode()
    )
    assert f"form-action 'self' {identities.issuer}" in page["Content-Security-Policy"]
    browser = Browser()
    assert browser.come("ana")["Location"] == "/en/account/"
    assert browser.office.get("/en/account/").status_code == 200
    linked = SocialAccount.objects.get()
    assert (linked.user, linked.uid, linked.extra_data) == (ana, "ana", {})
    assert Entry.objects.get(verb="sign_in").detail["by"] == "identity"
    assert "linked to your government" in Message.objects.get(template="access_changed").text
    # The session at the provider ends too: it asks who one is again.
    assert browser.leave() == "/"
    assert browser.office.get("/en/account/").status_code == 302
    assert browser.come("ana")["Location"] == "/en/account/"
    assert Message.objects.filter(template="access_changed").count() == 1
    # Another subject with the same address is somebody else.
    assert Browser().come("ana-again").status_code == 403
    # A new key at the provider works at once, and the old one no longer.
    identities.rotate([oidc.make_key("second")])
    assert Browser().come("ana")["Location"] == "/en/account/"


def test_nobody_else_gets_in_and_nobody_gets_an_account(ana: User) -> None:
    named("boris@elsewhere.mk")
    named("vera@mvr.gov.mk", place="mk-justice")
    named("zoran@mvr.gov.mk", place="rs-interior")
    people = User.objects.count()
    for who in ("unverified", "stranger", "elsewhere", "other-claim", "other-house", "abroad"):
        browser = Browser()
        answer = browser.come(who)
        assert answer.status_code == 403 and "Kodeks does not know this account" in answer.content.decode(), (
            who
        )
        assert browser.office.get("/en/account/").status_code == 302
    assert User.objects.count() == people and not SocialAccount.objects.exists()
    assert Entry.objects.filter(verb="sign_in", refused=True).count() == 1
    forged = PageClient().get("/oidc/mk/login/callback/?code=x&state=y")
    assert "cancelled or has expired" in forged.content.decode()
    # A provider that somebody writes into the database is none.
    SocialApp.objects.create(provider="openid_connect", provider_id="xx", name="X", client_id="x")
    assert PageClient().get("/oidc/xx/login/").status_code == 404


def test_a_coordinator_is_asked_for_the_second_factor_too(ana: User) -> None:
    marija = named("marija@mvr.gov.mk", Role.COORDINATOR)
    marija.set_unusable_password()
    marija.save()
    browser = Browser()
    browser.come("marija")
    assert browser.office.get("/en/")["Location"].startswith("/en/account/second-factor/")
    # Who has just come from there needs no password to set an app up.
    assert browser.office.get("/en/account/second-factor/app/").status_code == 200
