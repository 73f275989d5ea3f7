"""Signing in by mail, once; a second factor where the procedure asks for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

import audit
from audit.models import Entry
from mail.models import Message
from people.actions.invite import enter_role
from people.actions.second_factor import begin
from people.models import Institution, MailLink, Membership, SecondFactor, User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def reviewer() -> User:
    user = make_person(Role.REVIEWER, make_institution("mk-interior"))
    user.set_unusable_password()
    user.save()
    return user


def ask(address: str) -> str:
    """Asks for a link; gives its path, or nothing where no mail came."""
    before = Message.objects.count()
    answer = PageClient().post("/en/mail-link/", {"email": address})
    assert answer.status_code == 200 and "we have sent a link" in answer.content.decode()
    if Message.objects.count() == before:
        return ""
    text = Message.objects.latest("id").text
    return "/en/mail-link/" + text.split("/mail-link/")[1].split("/")[0] + "/"


def signed_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_a_link_signs_in_by_a_button_and_once(reviewer: User) -> None:
    path = ask(reviewer.email.upper())
    client = PageClient()
    # A mail scanner opens the address, twice: nothing happens by that.
    for _ in range(2):
        page = client.get(path)
        assert page.status_code == 200 and reviewer.email in page.content.decode()
    assert not signed_in(client)
    assert client.post(path).status_code == 302 and signed_in(client)
    other = PageClient()
    for answer in (other.get(path), other.post(path)):
        assert answer.status_code == 410 and "Each link works once." in answer.content.decode()
    assert not signed_in(other)
    entries = Entry.objects.filter(verb="sign_in", detail__by="mail_link")
    assert sorted(entries.values_list("refused", flat=True)) == [False, True]
    assert path.split("/")[3] not in str(list(MailLink.objects.values()) + list(Entry.objects.values()))


def test_only_reviewers_get_one_and_nobody_is_told(reviewer: User) -> None:
    assert ask("nobody@test.example") == ""
    assert ask(make_person(Role.COORDINATOR).email) == ""
    assert all(ask(reviewer.email) for _ in range(5))
    assert ask(reviewer.email) == ""
    assert PageClient().post("/en/mail-link/", {"email": "no address"}).status_code == 400


@pytest.mark.parametrize("how", ["old", "left", "moved", "inactive", "other_institution", "unknown"])
def test_a_link_that_is_no_longer_its_readers(reviewer: User, how: str) -> None:
    path = ask(reviewer.email)
    if how == "old":
        MailLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    elif how == "left":
        Membership.objects.filter(user=reviewer).update(ends=timezone.localdate())
    elif how == "moved":
        User.objects.filter(pk=reviewer.pk).update(email="new@test.example")
    elif how == "inactive":
        User.objects.filter(pk=reviewer.pk).update(is_active=False)
    elif how == "other_institution":
        Membership.objects.filter(user=reviewer).update(ends=timezone.localdate())
        enter_role(reviewer, make_institution("mk-health"), Role.REVIEWER)
    else:
        path = "/en/mail-link/never-was/"
    client = PageClient()
    assert client.get(path).status_code == client.post(path).status_code == 410
    assert not signed_in(client)


def test_an_invited_reviewer_needs_no_password() -> None:
    from people.actions.invite import invite

    place = make_institution("mk-interior")
    invite(make_person(Role.COORDINATOR, make_institution()), place, "new@test.example", Role.REVIEWER)
    path = "/en/invitation/" + Message.objects.latest("id").text.split("/invitation/")[1].split("/")[0] + "/"
    assert PageClient().post(path, {"name": "Nova", "password": ""}).status_code == 302
    user = User.objects.get(email="new@test.example")
    assert not user.has_usable_password() and Institution.objects.filter(memberships__user=user).exists()


def code_of(user: User, ahead: int = 0) -> str:
    return pyotp.TOTP(SecondFactor.objects.get(user=user).secret).at(
        int(timezone.now().timestamp()) + 30 * ahead
    )


def test_a_mailbox_alone_sets_no_app_up(reviewer: User) -> None:
    """Whoever came by a mail, with or without a new password, does not see the app's key."""
    client = PageClient()
    assert client.post(ask(reviewer.email)).status_code == 302
    PageClient().post("/en/password/", {"email": reviewer.email})
    assert Message.objects.latest("id").template == "new_password", "who has no password yet gets one so"
    page = client.get("/en/second-factor/").content.decode()
    assert "If you set your password by e-mail, wait one day" in page and 'class="qr"' not in page
    reviewer.set_password(PASSWORD)
    reviewer.save()
    client.post(ask(reviewer.email))
    with transaction.atomic():
        audit.record("new_password", reviewer, reviewer)
    assert client.post("/en/second-factor/", {"password": PASSWORD}).status_code == 400
    assert client.post("/en/second-factor/", {"code": "123456"}).status_code == 400
    assert not SecondFactor.objects.exists()


def test_the_password_comes_before_the_key_of_the_app(reviewer: User) -> None:
    reviewer.set_password(PASSWORD)
    reviewer.save()
    seen = begin(reviewer).secret  # by somebody who got that far before the owner
    client = PageClient()
    client.force_login(reviewer)
    assert seen not in client.get("/en/second-factor/").content.decode().replace(" ", "")
    wrong = client.post("/en/second-factor/", {"password": "another long password"})
    assert wrong.status_code == 400 and "The password is wrong" in wrong.content.decode()
    right = client.post("/en/second-factor/", {"password": PASSWORD, "next": "/en/review/"})
    assert right["Location"] == "/en/second-factor/?next=%2Fen%2Freview%2F"
    page = client.get(right["Location"]).content.decode()
    assert 'class="qr"' in page and seen not in page.replace(" ", "")
    other = PageClient()
    other.force_login(reviewer)
    for _ in range(8):
        other.post("/en/second-factor/", {"password": "wrong"})
    assert other.post("/en/second-factor/", {"password": PASSWORD}).status_code == 400


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DRAFTER, Role.PUBLISHER, Role.OPERATOR])
def test_whose_account_opens_more_than_answers_gets_no_link(reviewer: User, role: Role) -> None:
    path = ask(reviewer.email)
    enter_role(reviewer, make_institution("mk-justice"), role)
    assert not ask(reviewer.email)
    client = PageClient()
    assert client.post(path).status_code == 410 and not signed_in(client)


def test_setting_up_and_showing_a_second_factor(reviewer: User) -> None:
    client = PageClient()
    client.force_login(reviewer)
    reviewer.set_password(PASSWORD)
    reviewer.save()
    client.force_login(reviewer)
    assert client.post("/en/second-factor/", {"password": PASSWORD}).status_code == 302
    page = client.get("/en/second-factor/").content.decode()
    assert "<svg" in page and "style=" not in page.split("<svg")[1].split("</svg>")[0]
    assert client.post("/en/second-factor/", {"code": "000000"}).status_code == 400
    first = code_of(reviewer)
    shown = client.post("/en/second-factor/", {"code": first})
    codes = [part.split("</code>")[0] for part in shown.content.decode().split("<li><code>")[1:]]
    assert len(codes) == 8
    assert not any(code in str(SecondFactor.objects.values()) for code in codes)

    def show(code: str, onward: str = "/en/review/") -> Any:
        other = PageClient()
        other.force_login(reviewer)
        return other.post("/en/second-factor/", {"code": code, "next": onward})

    assert show(first).status_code == 400, "the code that was used to set it up"
    answer = show(code_of(reviewer, 1))
    assert (answer.status_code, answer["Location"]) == (302, "/en/review/")
    assert show(codes[0]).status_code == 302 and show(codes[0]).status_code == 400
    assert show(codes[1], "//evil.example/")["Location"] == "/en/account/"
    assert show(codes[2], "https://evil.example/")["Location"] == "/en/account/"
    for _ in range(8):
        show("123456")
    assert show(codes[3]).status_code == 400, "after many tries one waits"
