"""Failed sign-ins: a guesser is stopped, the person at their desk is not, no name is stored."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from audit.models import Entry
from people import throttle
from people.models import SignInTry, User
from people.roles import Role
from tests.support.factories import PASSWORD, make_person
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db
TOO_MANY = "Too many attempts"


def attempt(who: str, password: str = "wrong", network: str = "192.0.2.1") -> Any:
    return PageClient(REMOTE_ADDR=network).post("/en/sign-in/", {"login": who, "password": password})


def fail(who: str, times: int, network: str) -> None:
    """Failures as the form counts them, without the page around it."""
    for _ in range(times):
        throttle.failure(who, network)


@pytest.fixture
def minister() -> User:
    return make_person(Role.COORDINATOR, name="Minister")


def test_a_guesser_is_stopped_and_the_person_elsewhere_is_not(minister: User) -> None:
    for _ in range(throttle.HERE.most):
        assert TOO_MANY not in attempt(minister.email, network="198.51.100.7").content.decode()
    # Even with the right password, and in any spelling of the address.
    assert TOO_MANY in attempt(minister.email, PASSWORD, "198.51.100.7").content.decode()
    assert TOO_MANY in attempt(minister.email.upper(), PASSWORD, "198.51.100.7").content.decode()
    assert attempt(minister.email, PASSWORD, "192.0.2.1").status_code == 302


def test_from_many_networks_the_slower_limit_holds_but_not_at_the_desk(minister: User) -> None:
    assert attempt(minister.email, PASSWORD, "192.0.2.1").status_code == 302
    for number in range(throttle.EVERYWHERE.most):
        throttle.failure(minister.email, f"203.0.113.{number}")
    assert "60 minutes" in attempt(minister.email, PASSWORD, "203.0.113.250").content.decode()
    assert attempt(minister.email, PASSWORD, "192.0.2.1").status_code == 302


def test_one_password_on_everybody_is_stopped(minister: User) -> None:
    for number in range(throttle.NETWORK.most):
        throttle.failure(f"person{number}@test.example", "198.51.100.7")
    assert TOO_MANY in attempt(minister.email, PASSWORD, "198.51.100.7").content.decode()
    assert attempt(minister.email, PASSWORD, "192.0.2.1").status_code == 302


def test_a_limit_passes_and_what_no_longer_counts_is_removed(minister: User) -> None:
    fail(minister.email, throttle.HERE.most, "192.0.2.1")
    assert throttle.wait_for(minister.email, "192.0.2.1") == throttle.HERE.within
    SignInTry.objects.update(at=timezone.now() - throttle.HERE.within)
    assert throttle.wait_for(minister.email, "192.0.2.1") is None
    SignInTry.objects.update(at=timezone.now() - throttle.EVERYWHERE.within)
    throttle.success(minister.email, "192.0.2.1")
    assert SignInTry.objects.filter(failed=True).count() == 0
    SignInTry.objects.update(at=timezone.now() - throttle.KNOWN_FOR - timedelta(seconds=1))
    throttle.forget()
    assert not SignInTry.objects.exists()


def test_a_new_password_by_mail_ends_the_wait(minister: User) -> None:
    fail(minister.email, throttle.EVERYWHERE.most, "192.0.2.1")
    throttle.pardon(minister.email)
    assert attempt(minister.email, PASSWORD).status_code == 302


def test_nothing_that_is_kept_names_the_address_or_the_network(minister: User) -> None:
    attempt(minister.email)
    attempt("stranger@elsewhere.example")
    kept = str(list(SignInTry.objects.values())) + str(list(Entry.objects.values()))
    for told in (minister.email, "stranger", "192.0.2.1"):
        assert told not in kept
    assert [e.thing for e in Entry.objects.filter(verb="sign_in", refused=True)] == [
        f"user:{minister.pk}",
        "address:unknown",
    ]


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "network"),
    [
        (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
        (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        # What stands further left was written by the sender.
        (1, "10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", ""),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "", "", ""),
    ],
)
def test_where_a_request_comes_from(
    settings: Any, proxies: int, peer: str, forwarded: str, network: str
) -> None:
    settings.KODEKS_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"x-forwarded-for": forwarded})
    assert throttle.network_of(request) == network
