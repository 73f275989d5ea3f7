"""The request to review carries a link that signs its reader in and opens the room, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from audit.models import Entry
from mail.delivery import deliver
from mail.models import Message
from people.actions.invite import enter_role
from people.models import MailLink, Membership, User
from people.roles import Role
from tests.support.html import PageClient
from tests.support.reviews import Cast, client_of, seat_of
from tests.support.tampering import unguarded
from workflows.actions.remind import remind
from workflows.actions.restart import withdraw_review
from workflows.models import Review

LINK = re.compile(r"http://testserver(/\w+/mail-link/[\w-]+/)")


def link_in(user: User, template: str = "asked", *, demonstration: bool = False) -> str:
    """The path of the link in a mail as it left; empty where it has none."""
    message = Message.objects.filter(to=user.email, template=template).latest("id")
    Message.objects.filter(pk=message.pk).update(sent=None, taken=None)
    with override_settings(KODEKS_DEMO=demonstration):
        assert deliver(message.pk)
    sent = mail.outbox[-1].body
    found = LINK.search(str(sent))
    kept = Message.objects.get(pk=message.pk)
    # What is kept opens nothing; the demonstration, which sends no mail, shows it as it left.
    assert ("/mail-link/" in kept.text + kept.html) is demonstration
    return found[1] if found else ""


def signed_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_the_link_of_a_request_opens_the_room(cast: Cast, review: Review) -> None:
    path, seat = link_in(cast.goran), seat_of(review, cast.interior)
    client = PageClient()
    for _ in range(2):  # a mail scanner opens it
        page = client.get(path).content.decode()
        assert "Sign in and open the review" in page and "Institution: Ministry of Interior" in page
    assert not signed_in(client)
    answer = client.post(path)
    assert answer["Location"].endswith(f"/review/{review.pk}/?seat={seat.pk}")
    assert "Your sign-off: Ministry of Interior" in client.get(answer["Location"]).content.decode()
    assert Entry.objects.get(verb="use_mail_link").detail["review"] == review.pk
    # Used: it opens nothing for others, and the room for who is signed in.
    assert PageClient().post(path).status_code == 410
    assert client.get(path)["Location"] == answer["Location"]


def test_the_outbox_of_the_demonstration_shows_the_link(cast: Cast, review: Review) -> None:
    path = link_in(cast.goran, demonstration=True)
    assert path and path in client_of(cast.goran).get("/en/outbox/").content.decode()
    assert path not in client_of(cast.biljana).get("/en/outbox/").content.decode()


def test_a_reminder_has_one_too(cast: Cast, review: Review) -> None:
    remind(cast.coordinator, seat_of(review, cast.interior))
    assert PageClient().get(link_in(cast.goran, "reminder")).status_code == 200


def test_a_session_of_another_person(cast: Cast, review: Review) -> None:
    path, client = link_in(cast.goran), client_of(cast.biljana)
    assert "You are signed in as another person" in client.get(path).content.decode()
    client.post(path)
    assert client.get("/en/account/").content.decode().count(cast.goran.email)


@pytest.mark.parametrize("how", ["used", "old", "inactive", "left", "ended"])
def test_where_it_no_longer_works_a_fresh_one_is_offered(cast: Cast, review: Review, how: str) -> None:
    path = link_in(cast.goran)
    if how == "used":
        PageClient().post(path)
    elif how == "old":
        with unguarded():
            MailLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    elif how == "inactive":
        User.objects.filter(pk=cast.goran.pk).update(is_active=False)
    elif how == "left":
        Membership.objects.filter(user=cast.goran).update(ends=timezone.localdate())
    else:
        withdraw_review(cast.coordinator, Review.objects.get(pk=review.pk), "Later.", text_too=False)
    client = PageClient()
    page = client.get(path)
    assert page.status_code == client.post(path).status_code == 410
    assert "Send me a new link" in page.content.decode() and not signed_in(client)
    assert client.get(path + "again/").status_code == 410
    before = Message.objects.filter(template="mail_link").count()
    assert "we have sent a link" in client.post(path + "again/").content.decode()
    fresh = Message.objects.filter(template="mail_link")
    assert fresh.count() - before == (how not in ("inactive", "left"))
    if how in ("used", "old"):
        found = LINK.search(fresh.latest("id").text)
        assert found and f"/review/{review.pk}/" in client.post(found[1])["Location"]


def test_for_a_fresh_one_one_waits(cast: Cast, review: Review) -> None:
    path = link_in(cast.goran)
    PageClient().post(path)
    for _ in range(7):
        PageClient().post(path + "again/")
    assert Message.objects.filter(template="mail_link").count() == 5
    assert PageClient().post("/en/mail-link/never/again/").status_code == 200


def test_whose_account_opens_more_gets_the_plain_address(cast: Cast, review: Review) -> None:
    enter_role(cast.goran, cast.interior, Role.DRAFTER)
    assert link_in(cast.goran) == ""
    assert f"http://testserver/{cast.goran.language}/review/{review.pk}/" in str(mail.outbox[-1].body)


@pytest.mark.parametrize("wanted", ["/en/review/", "//evil.example/", "https://evil.example/", ""])
def test_the_page_wanted_is_known_through_a_code_by_mail(cast: Cast, review: Review, wanted: str) -> None:
    page = PageClient().get("/en/sign-in/", {"next": "/en/review/"}).content.decode()
    assert "/en/sign-in/code/?next=/en/review/" in page
    client = PageClient()
    asked = client.post("/en/sign-in/code/", {"email": cast.goran.email, "next": wanted})
    code = Message.objects.get(template="sign_in_code").text.split("\n")[1]
    answer = client.post(asked["Location"], {"code": code, "next": wanted})
    assert answer["Location"] == (wanted if wanted.startswith("/en/") else f"/{cast.goran.language}/")
