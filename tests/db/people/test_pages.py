"""Sign-in, invitations, the directory: who may, who may not, and what goes wrong."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from audit.models import Entry
from mail.models import Message
from people.access import has_role, keys
from people.actions.invite import InvitationClosed, accept, invite
from people.actions.leave import end_membership, hand_over
from people.models import Invitation, Membership, User
from people.roles import Role
from tests.support.factories import PASSWORD, make_institution, make_person
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db


def link_in(message: Message) -> str:
    found = re.search(r"https?://testserver(\S+)", message.text)
    assert found
    return found.group(1)


def test_every_path_of_the_office_leads_to_the_sign_in(client):
    for path in ("/", "/en/", "/en/people/", "/sq/nothing/at/all/", "/admin/", "/en/i/mk/sop/"):
        response = client.get(path)
        assert response.status_code == 302, path
        assert "/sign-in/" in response.headers["Location"]


def test_signing_in_leads_to_ones_own_language(client):
    person = make_person(Role.DRAFTER, language="mk")
    response = client.post("/en/sign-in/", {"login": person.email.upper(), "password": PASSWORD})
    assert response.headers["Location"] == "/mk/"
    assert Entry.objects.filter(verb="sign_in", actor=person.actor, refused=False).exists()


def test_a_wrong_password_is_told_and_too_many_are_stopped(client):
    person = make_person(Role.DRAFTER)
    for _ in range(10):
        response = client.post("/en/sign-in/", {"login": person.email, "password": "wrong"})
        assert response.status_code == 200
    response = client.post("/en/sign-in/", {"login": person.email, "password": PASSWORD})
    assert b"Too many attempts" in response.content


def test_the_next_page_is_never_on_another_host(client):
    person = make_person(Role.DRAFTER)
    response = client.post(
        "/en/sign-in/", {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert "evil" not in response.headers["Location"]


@pytest.mark.parametrize(
    "address", [f"a@{'ж' * 60}.mk", f"a@{'x' * 60}.{'ж' * 30}.{'ж' * 30}.{'y' * 60}.{'z' * 60}.mk"]
)
def test_nobody_is_invited_at_an_address_that_no_mail_can_have(client, address: str) -> None:
    home = make_institution("mk-interior")
    client.force_login(make_person(Role.COORDINATOR))
    form = {"email": address, "institution": home.pk, "role": Role.DRAFTER, "language": "mk"}
    answer = client.post("/en/people/invite/", form)
    assert answer.status_code == 200 and "We cannot send e-mail to this address" in answer.content.decode()
    assert not Message.objects.exists() and not Invitation.objects.exists()
    # One with other letters in it, that a mail can have, is none of these.
    assert client.post("/en/people/invite/", form | {"email": "a@полиција.мкд"}).status_code == 302
    assert Message.objects.get().to == "a@полиција.мкд"


def test_an_invitation_works_once(client):
    coordinator = make_person(Role.COORDINATOR)
    invite(coordinator, make_institution("mk-interior"), "New@Test.example", Role.DRAFTER, language="sq")
    path = link_in(Message.objects.get(to="new@test.example"))
    assert path.startswith("/sq/invitation/")
    assert client.get(path).status_code == 200
    assert client.post(path, {"name": "New", "password": "short"}).status_code == 200
    assert client.post(path, {"name": "New", "password": PASSWORD}).status_code == 302
    user = User.objects.get(email="new@test.example")
    assert has_role(user, Role.DRAFTER, make_institution("mk-interior"))
    assert client.get(path).status_code == 410


def test_the_invitation_names_institution_and_role_in_its_own_language():
    """Whoever invites works in another one."""
    institution = make_institution(
        "mk-interior", name_en="Ministry of Interior", name_mk="Министерство за внатрешни работи"
    )
    with translation.override("en"):
        invite(make_person(Role.COORDINATOR), institution, "new@test.example", Role.REVIEWER, language="mk")
    mail = Message.objects.get(to="new@test.example")
    assert "Министерство за внатрешни работи" in mail.subject and "Interior" not in mail.subject + mail.text
    with translation.override("mk"):
        assert f"во улога: {Role.REVIEWER.label}." in mail.text


def test_an_invitation_that_is_too_old_is_closed():
    invitation = invite(make_person(Role.COORDINATOR), make_institution(), "old@test.example", Role.DRAFTER)
    Invitation.objects.filter(pk=invitation.pk).update(expires=timezone.now())
    token = link_in(Message.objects.get(to=invitation.email)).split("/invitation/")[1].strip("/")
    with pytest.raises(InvitationClosed):
        accept(token, "Old", PASSWORD)


def test_an_invitation_does_not_change_the_password_of_who_is_there_already(client):
    person = make_person(Role.DRAFTER)
    invite(make_person(Role.COORDINATOR), make_institution("mk-interior"), person.email, Role.PRACTITIONER)
    client.post(
        link_in(Message.objects.get(to=person.email)), {"name": "Other", "password": "another long password"}
    )
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert person.name != "Other"
    assert has_role(person, Role.PRACTITIONER, make_institution("mk-interior"))


def test_a_new_password_by_mail(client):
    person = make_person(Role.DRAFTER)
    assert client.post("/en/password/", {"email": person.email}).status_code == 302
    path = link_in(Message.objects.get(to=person.email))
    response = client.get(path, follow=True)
    target = response.redirect_chain[-1][0]
    new = "quite another password"
    assert client.post(target, {"password1": new, "password2": new}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)


def test_an_unknown_address_is_told_the_same(client):
    known = client.post("/en/password/", {"email": make_person(Role.DRAFTER).email})
    unknown = client.post("/en/password/", {"email": "nobody@test.example"})
    assert known.headers["Location"] == unknown.headers["Location"]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.COORDINATOR, True),
        (Role.OPERATOR, True),
        (Role.DRAFTER, False),
        (Role.REVIEWER, False),
        (None, False),
    ],
)
def test_who_sees_the_directory(client, role, allowed):
    client.force_login(make_person(role) if role else make_person(is_superuser=True))
    status = 200 if allowed else 404
    assert client.get(reverse("people:directory")).status_code == status
    assert client.get(reverse("people:invite")).status_code == status


def test_ending_a_role_asks_first(client):
    held = Membership.objects.get(user=make_person(Role.DRAFTER))
    client.force_login(make_person(Role.COORDINATOR))
    asked = client.get(reverse("people:end", args=[held.pk]))
    assert asked.status_code == 200
    assert held.user.name in asked.content.decode()
    assert Membership.objects.active().filter(pk=held.pk).exists()
    client.post(reverse("people:end", args=[held.pk]))
    assert not Membership.objects.active().filter(pk=held.pk).exists()


def test_coordinators_look_after_their_own_country_only(client):
    foreign = Membership.objects.get(user=make_person(Role.DRAFTER, make_institution("rs-interior")))
    client.force_login(make_person(Role.COORDINATOR))
    for name in ("people:end", "people:hand_over"):
        assert client.get(reverse(name, args=[foreign.pk])).status_code == 404
        assert client.post(reverse(name, args=[foreign.pk])).status_code == 404
    data = {
        "email": "x@test.example",
        "institution": foreign.institution_id,
        "role": "drafter",
        "language": "en",
    }
    assert client.post(reverse("people:invite"), data).status_code == 200
    assert not Invitation.objects.exists()


def test_what_was_refused_is_audited(client):
    person = make_person(Role.DRAFTER)
    client.force_login(person)
    client.get(reverse("people:directory"))
    assert Entry.objects.filter(actor=person.actor, refused=True, verb="open").exists()


def test_ended_means_ended():
    person = make_person(Role.DRAFTER)
    membership = Membership.objects.get(user=person)
    assert f"work:{membership.institution_id}" in keys(person)
    end_membership(make_person(Role.COORDINATOR), membership)
    assert keys(person) == {"pub"}


def test_handing_over_moves_the_role():
    leaving, colleague = make_person(Role.DRAFTER), make_person(Role.PRACTITIONER)
    hand_over(make_person(Role.COORDINATOR), Membership.objects.get(user=leaving), colleague)
    assert has_role(colleague, Role.DRAFTER)
    assert not has_role(leaving, Role.DRAFTER)


def test_own_page_keeps_name_and_language(client):
    person = make_person(Role.DRAFTER)
    client.force_login(person)
    assert (
        client.post("/en/account/", {"name": "Ana B.", "language": "bs"}).headers["Location"]
        == "/bs/account/"
    )
    assert client.post("/en/account/", {"name": "Ana B.", "language": "xx"}).status_code == 200
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ana B.", "bs")


def test_the_door_says_what_this_is_and_leads_to_the_public_site(client, settings):
    settings.KODEKS_DEMO = False
    page = client.get("/en/sign-in/").content.decode()
    assert "against trafficking in persons" in page
    assert f'href="{settings.PUBLIC_BASE_URL}"' in page
    assert "Demonstration users" not in page


def test_people_of_the_demonstration_stand_by_country_in_each_of_their_roles(client, settings):
    settings.KODEKS_DEMO = True
    at_home = [make_person(Role.REVIEWER, make_institution("mk-justice")) for _ in range(2)]
    abroad = make_person(Role.REVIEWER, make_institution("al-justice"))
    gone = make_person(Role.REVIEWER, make_institution("al-justice"), is_active=False)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/en/sign-in/").content.decode()
    places = [page.index(one) for one in ('rowgroup" colspan="4">MK', at_home[0].email, at_home[1].email)]
    places += [page.index(one) for one in ('rowgroup" colspan="4">AL', abroad.email)]
    assert places == sorted(places)
    assert gone.email not in page
    assert len([one for one in asked if "people_membership" in one["sql"]]) == 1


def test_the_language_that_is_chosen_at_the_sign_in_stays() -> None:
    for there, onward in (
        ("?next=/en/people/", "%2Fsq%2Fpeople%2F"),
        ("", "%2Fsq%2F"),
        ("?next=/admin/", "%2Fadmin%2F"),
    ):
        page = PageClient().get(f"/en/sign-in/{there}").content.decode()
        assert f'href="/sq/sign-in/?next={onward}"' in page
