"""Signing in by a link in a mail, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from mail.models import Message
from people.actions.invite import enter_role
from people.actions.mail_link import send_link
from people.models import Institution, MailLink, Membership, User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient
from tests.support.tampering import tamper, unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer() -> User:
    user = make_person(Role.REVIEWER, make_institution("mk-interior"))
    user.set_unusable_password()
    user.save()
    return user


def ask(address: str) -> str:
    """Sends a link; gives its path, or nothing where no mail came."""
    before = Message.objects.count()
    send_link(address)
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


@pytest.mark.parametrize("how", ["old", "left", "moved", "inactive", "other_institution", "unknown"])
def test_a_link_that_is_no_longer_its_readers(reviewer: User, how: str) -> None:
    path = ask(reviewer.email)
    if how == "old":
        with unguarded():
            MailLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    elif how == "left":
        Membership.objects.filter(user=reviewer).update(ends=timezone.localdate())
    elif how == "moved":
        tamper(f"UPDATE people_user SET email = 'new@test.example' WHERE id = {reviewer.pk}")
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


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DRAFTER, Role.PUBLISHER, Role.OPERATOR])
def test_whose_account_opens_more_than_answers_gets_no_link(reviewer: User, role: Role) -> None:
    path = ask(reviewer.email)
    enter_role(reviewer, make_institution("mk-justice"), role)
    assert not ask(reviewer.email)
    client = PageClient()
    assert client.post(path).status_code == 410 and not signed_in(client)
