"""An app that was set up: who is told, who takes it back, and what is over then."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import Http404
from django.test import Client

from audit.models import Entry
from mail.models import Message
from people import second_factor
from people.actions.take_app_back import NoApp, take_app_back, tell_of_app
from people.models import Membership, User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import signed_in
from tests.support.sign_in import give_app

pytestmark = pytest.mark.django_db


def set_up(user: User) -> None:
    give_app(user)
    with transaction.atomic():
        tell_of_app(user)


def of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


@pytest.fixture
def reviewer(db: None) -> User:
    make_institution(
        "mk-interior", name_en="Ministry of Interior", name_mk="Министерство за внатрешни работи"
    )
    return make_person(Role.REVIEWER, make_institution("mk-interior"), name="Goran")


def test_the_coordinators_are_told_in_their_language_and_how_to_take_it_back(reviewer: User) -> None:
    of_country = make_person(Role.COORDINATOR, make_institution(), language="mk")
    make_person(Role.COORDINATOR, make_institution("rs-coordinator"))
    membership = Membership.objects.get(user=reviewer)
    set_up(reviewer)
    mail = Message.objects.get(template="app_set_up")
    assert mail.to == of_country.email and "Министерство за внатрешни работи" in mail.text
    assert f"/mk/people/{membership.pk}/app/" in mail.text and reviewer.email in mail.text
    # Where the institution has coordinators of its own, it is they; never the person themselves.
    Message.objects.all().delete()
    own = make_person(Role.COORDINATOR, make_institution("mk-interior"))
    set_up(own)
    assert [mail.to for mail in Message.objects.filter(template="app_set_up")] == [of_country.email]
    Authenticator.objects.filter(user=reviewer).delete()
    Message.objects.all().delete()
    set_up(reviewer)
    assert [mail.to for mail in Message.objects.filter(template="app_set_up")] == [own.email]


def test_taken_back_it_opens_nothing_and_everybody_is_signed_out(reviewer: User) -> None:
    coordinator = make_person(Role.COORDINATOR, make_institution())
    membership = Membership.objects.get(user=reviewer)
    address = f"/en/people/{membership.pk}/app/"
    client, stranger = signed_in(coordinator), signed_in(reviewer)
    own_page = f"/en/people/person/{reviewer.pk}/"
    assert "Reset two-factor authentication" not in of(client, own_page)
    assert (
        "This person has not set up two-factor authentication"
        in client.get(address, follow=True).content.decode()
    )
    set_up(reviewer)
    assert address in of(client, own_page)
    assert "Reset two-factor authentication for Goran?" in of(client, address)
    assert stranger.get("/en/account/").status_code == 200
    assert "Two-factor authentication was reset." in client.post(address, follow=True).content.decode()
    assert stranger.get("/en/account/").status_code == 302, "signed out"
    reviewer.refresh_from_db()
    assert not second_factor.has_factor(reviewer) and not reviewer.has_usable_password()
    told = Message.objects.get(template="app_taken_back")
    assert told.to == reviewer.email and "/password/" in told.text
    assert Entry.objects.get(verb="take_back_second_factor").actor == coordinator.actor
    with pytest.raises(NoApp):
        take_app_back(coordinator, membership)


def test_nobody_else_takes_it_back_and_nobody_their_own(reviewer: User) -> None:
    set_up(reviewer)
    membership = Membership.objects.get(user=reviewer)
    others = [
        reviewer,
        make_person(Role.REVIEWER, make_institution("mk-interior")),
        make_person(Role.COORDINATOR, make_institution("rs-coordinator")),
    ]
    for other in others:
        assert signed_in(other).post(f"/en/people/{membership.pk}/app/").status_code == 404
        with pytest.raises(Http404):
            take_app_back(other, membership)
    coordinator = make_person(Role.COORDINATOR, make_institution())
    set_up(coordinator)
    own = Membership.objects.get(user=coordinator)
    browser = signed_in(coordinator)
    assert f"/people/{membership.pk}/app/" in of(browser, f"/en/people/person/{reviewer.pk}/")
    assert f"/people/{own.pk}/app/" not in of(browser, f"/en/people/person/{coordinator.pk}/")
    assert signed_in(coordinator).post(f"/en/people/{own.pk}/app/").status_code == 404
    assert second_factor.has_factor(reviewer) and second_factor.has_factor(coordinator)
