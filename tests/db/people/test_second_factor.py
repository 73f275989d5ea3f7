"""The second factor: who must have one, how it is set up and shown, what asks for it again."""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail as left
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.utils import timezone

import audit
from audit.models import Entry, FurtherRefusals
from audit.trail import MOST_AN_HOUR
from audit.verify import problems
from mail.delivery import deliver
from mail.models import Message
from people import throttle
from people.actions.groups import sync_groups
from people.actions.invite import enter_role
from people.models import Membership, SignInTry, User
from people.roles import Role
from people.second_factor import fingerprints
from tests.support.factories import PASSWORD, make_draft, make_institution, make_person
from tests.support.html import PageClient, signed_in
from tests.support.sign_in import KEY, code_of, give_app, walk_in, without_second_factor
from tests.support.tampering import tamper

pytestmark = pytest.mark.django_db
SET_UP = "/en/account/second-factor/"


def set_up(client: Client) -> list[str]:
    """Sets an app up at the page; gives its code and the recovery codes."""
    page = client.get(f"{SET_UP}app/").content.decode()
    key = re.findall(r"<code>((?:[A-Z2-7]{4} ){7}[A-Z2-7]{4})</code>", page)[0].replace(" ", "")
    code = format_hotp_value(hotp_value(key, int(timezone.now().timestamp()) // 30))
    shown = client.post(f"{SET_UP}app/", {"code": code}, follow=True)
    assert shown.redirect_chain[-1][0] == f"{SET_UP}recovery-codes/"
    return [code, *re.findall(r"<code>(\d{8})</code>", shown.content.decode())]


def test_a_coordinator_gets_no_further_without_and_signs_in_with_one() -> None:
    person = make_person(Role.COORDINATOR)
    other = make_person(Role.COORDINATOR)
    client = PageClient()
    assert walk_in(client, person)["Location"] == "/en/"
    for path in ("/en/", "/en/people/", "/admin/", "/en/account/"):
        if path != "/en/account/":
            assert client.get(path)["Location"].startswith(SET_UP), path
    page = client.get(f"{SET_UP}?next=/en/people/").content.decode()
    assert "Your role requires two-factor authentication" in page
    first, *codes = set_up(client)
    assert len(codes) == 10 and client.get("/en/people/").status_code == 200
    # Nothing of it lies in the database, and whoever looks after people has a mail.
    stored = str(list(Authenticator.objects.values()))
    assert "secret" in stored and not any(code in stored for code in codes)
    kinds = [(one.template, one.to) for one in Message.objects.order_by("id")]
    assert kinds == [("access_changed", person.email), ("app_set_up", other.email)]
    detail = Entry.objects.get(verb="set_up_second_factor").detail
    assert detail == {"kind": "totp", "keys": fingerprints(person)} and len(detail["keys"]) == 2
    assert list(problems()) == []
    # Recovery codes are shown once.
    assert codes[0] not in client.get(f"{SET_UP}recovery-codes/").content.decode()

    def come(code: str, network: str = "127.0.0.1") -> Any:
        asks = PageClient(REMOTE_ADDR=network)
        answer = asks.post("/en/sign-in/", {"login": person.email, "password": PASSWORD})
        assert answer["Location"] == "/en/sign-in/second-factor/"
        assert asks.get("/en/people/").status_code == 302
        return asks.post(answer["Location"], {"code": code})

    assert come(first).status_code == 200, "the code with which it was set up"
    second = code_of(person, 1)
    assert come(second)["Location"] == "/en/"
    assert come(second).status_code == 200, "each code once"
    assert come(codes[0])["Location"] == "/en/" and come(codes[0]).status_code == 200
    assert Entry.objects.filter(verb="sign_in", actor=person.actor, detail__by="password").count() == 3
    # The last one can't be removed; a passkey would have to be there first.
    assert "Set up another way first" in client.post(f"{SET_UP}app/remove/").content.decode()
    for _ in range(throttle.CODES.most):
        come("123456")
    assert "Too many wrong codes" in come(codes[1]).content.decode(), "after many tries one waits"
    wrong = SignInTry.objects.filter(failed=True).count()
    come("123456")
    assert SignInTry.objects.filter(failed=True).count() == wrong, "what is refused unread does not count"
    assert come(codes[1], "192.0.2.9")["Location"] == "/en/", "elsewhere one does not wait"
    # A key that was written into the database is named, and so is one without an entry.
    tamper(f'UPDATE mfa_authenticator SET data = data || \'{{"secret": "x"}}\' WHERE user_id = {person.pk}')
    give_app(other)
    assert list(problems()) == [
        f"user:{person.pk}: a second factor that the trail tells of is gone",
        f"user:{person.pk}: the trail tells of another second factor",
        f"user:{other.pk}: the trail tells of no second factor",
    ]
    refused = Entry.objects.filter(verb="second_factor", refused=True)
    assert refused.count() == 1, "the trail has one line an hour"


def test_a_role_that_is_given_meanwhile_asks_at_once() -> None:
    person = make_person(Role.PUBLISHER)
    client = signed_in(person)
    assert client.get("/en/account/").status_code == 200
    without_second_factor(client)
    assert client.get("/en/")["Location"] == f"{SET_UP}?next=%2Fen%2F"
    give_app(person)
    asked = client.get("/en/")
    assert asked["Location"] == "/en/account/confirm/code/?next=%2Fen%2F"
    assert "password" not in client.get(asked["Location"]).content.decode(), "it would not be enough"
    assert client.post(asked["Location"], {"code": code_of(person)})["Location"] == "/en/"
    assert client.get("/en/").status_code == 200
    drafter = signed_in(make_person(Role.DRAFTER))
    without_second_factor(drafter)
    assert drafter.get("/en/").status_code == 200


def test_a_mailbox_alone_sets_no_app_up() -> None:
    """Whoever has set a password by mail waits a day; before, the password is asked for."""
    person = make_person(Role.COORDINATOR)
    client = signed_in(person)
    without_second_factor(client)
    asked = client.get(f"{SET_UP}app/")
    assert asked["Location"].startswith("/en/account/confirm/password/")
    assert "Use a code of the app" not in client.get(asked["Location"]).content.decode()
    wrong = client.post(asked["Location"], {"password": "another long password"})
    assert "The password is wrong" in wrong.content.decode()
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == f"{SET_UP}app/"
    assert 'class="qr"' in client.get(f"{SET_UP}app/").content.decode()
    with transaction.atomic():
        audit.record("new_password", person, person)
    assert client.get(f"{SET_UP}app/")["Location"] == SET_UP
    assert client.get(f"{SET_UP}passkey/")["Location"] == SET_UP
    assert "wait one day before you set up an app" in client.get(SET_UP).content.decode()
    assert not Authenticator.objects.exists()


def test_what_changes_much_asks_again_and_takes_the_form_up() -> None:
    person = make_person(Role.COORDINATOR)
    enter_role(person, make_institution(), Role.PUBLISHER)
    sync_groups(person)
    give_app(person)
    client = signed_in(person)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3700
    session.save()
    edition = make_draft(by=person).pk
    held = Membership.objects.get(user=make_person(Role.DRAFTER)).pk
    section = f"{edition}/s/00000000-0000-4000-8000-000000000000/mk"
    asked = "/en/account/confirm/code/?next="
    for path in f"""
        people/invite/ people/{held}/hand-over/ people/{held}/app/ audit.csv
        desk/{edition}/classification/ desk/{edition}/readers/ desk/{edition}/versions/mk/adopt/
        desk/{edition}/repeal/ desk/{edition}/redaction/ask/ desk/{edition}/redaction/approve/
        desk/{edition}/redaction/withdraw/ desk/trusted-lists/ desk/trusted-lists/1/remove/
        desk/reviews/1/adopt/ desk/reviews/prior/1/ desk/reviews/reviews.csv""".split():
        assert client.get(f"/en/{path}")["Location"].startswith(asked), path
    for path in f"""
        /en/proposals/1/
        /en/desk/{edition}/redaction/approve/ /en/desk/{section}/correct/ /en/desk/corrigenda/1/ /en/review/delegates/ /en/review/delegates/1/end/
        /admin/campaigns/1/versions/1/""".split():
        assert client.post(path).get("Location", "").startswith(asked), path
    assert client.get("/en/people/").status_code == 200
    place = make_institution("mk-interior")
    form = {"email": "new@test.example", "institution": place.pk, "role": "drafter", "language": "en"}
    first = client.post("/en/people/invite/", form)
    assert not Message.objects.filter(template="invitation").exists()
    answer = client.post(first["Location"], {"code": code_of(person), "next": "/en/people/invite/"})
    assert answer["Location"] == "/en/people/invite/"
    assert client.get(answer["Location"])["Location"] == "/en/people/"
    assert Message.objects.get(template="invitation")
    assert client.get("/en/audit.csv").status_code == 200


def test_a_code_by_mail_is_for_reviewers_and_for_who_has_a_second_factor() -> None:
    def ask(address: str) -> tuple[Client, str, str]:
        client, before = PageClient(), Message.objects.count()
        asked = client.post("/en/sign-in/code/", {"email": address})
        page = client.get(asked["Location"]).content.decode()
        assert "can sign in by e-mail, we have sent a code" in page
        mails = Message.objects.order_by("-id")[: Message.objects.count() - before]
        return client, asked["Location"], mails[0].text.split("\n")[1] if mails else ""

    reviewer, drafter = make_person(Role.REVIEWER), make_person(Role.DRAFTER)
    client, there, code = ask(reviewer.email)
    # Whoever waits for a code can choose another way.
    assert client.get("/en/sign-in/")["Location"] == "/en/sign-in/code/confirm/"
    assert client.post("/en/sign-out/", {"next": "/en/sign-in/"})["Location"] == "/en/sign-in/"
    assert client.get("/en/sign-in/").status_code == 200
    client, there, code = ask(reviewer.email)
    assert "The code is wrong" in client.post(there, {"code": "AAAAAA"}).content.decode()
    assert client.post(there, {"code": code})["Location"] == "/en/"
    assert Entry.objects.get(verb="sign_in", refused=False).detail["by"] == "code"
    assert ask(drafter.email)[2] == ask("nobody@test.example")[2] == ""
    give_app(drafter)
    client, there, code = ask(drafter.email)
    assert client.post(there, {"code": code})["Location"] == "/en/sign-in/second-factor/"
    sent = [bool(ask(reviewer.email)[2]) for _ in range(throttle.MAILS_HERE.most - 1)]
    assert sent == [True] * (throttle.MAILS_HERE.most - 2) + [False]
    before = Message.objects.count()
    for _ in range(8):
        PageClient().post("/en/password/", {"email": drafter.email})
    assert Message.objects.count() - before == throttle.MAILS_HERE.most - 2


def test_sessions_elsewhere_are_listed_and_ended_without_addresses() -> None:
    person = make_person(Role.DRAFTER)
    here, elsewhere = PageClient(HTTP_USER_AGENT="Here/1"), PageClient(HTTP_USER_AGENT="Elsewhere/2")
    walk_in(here, person), walk_in(elsewhere, person)
    page = here.get("/en/account/sessions/").content.decode()
    assert "This browser" in page and "Elsewhere/2" in page and "127.0.0.1" not in page
    phone = PageClient(HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36")
    walk_in(phone, person)
    assert "Chrome, Android" in here.get("/en/account/sessions/").content.decode()
    last = UserSession.objects.latest("id").pk
    strange = signed_in(make_person(Role.DRAFTER))
    strange.post("/en/account/sessions/", {"session": last})
    assert phone.get("/en/account/").status_code == 200
    assert (
        "The session was ended."
        in here.post("/en/account/sessions/", {"session": last}, follow=True).content.decode()
    )
    assert phone.get("/en/account/").status_code == 302 and elsewhere.get("/en/account/").status_code == 200
    assert (
        "Your other sessions were ended." in here.post("/en/account/sessions/", follow=True).content.decode()
    )
    assert elsewhere.get("/en/account/").status_code == 302 and here.get("/en/account/").status_code == 200
    ended = Entry.objects.filter(verb__in=("end_session", "end_sessions"), actor=person.actor)
    assert sorted(ended.values_list("verb", flat=True)) == ["end_session", "end_sessions"]
    new = {
        "oldpassword": PASSWORD,
        "password1": "quite another password",
        "password2": "quite another password",
    }
    assert here.post("/en/account/password/", new)["Location"] == "/en/account/"
    assert here.get("/en/account/").status_code == 200
    told = Message.objects.get(template="access_changed")
    assert "Your password was changed." in told.text and "/account/sessions/" in told.text


def test_a_stored_mail_opens_nothing_once_it_left(settings: Any) -> None:
    settings.KODEKS_DEMO = False
    person = make_person(Role.REVIEWER)
    with transaction.atomic():
        client = PageClient()
        client.post("/en/sign-in/code/", {"email": person.email})
        client.post("/en/password/", {"email": person.email})
    for one in Message.objects.order_by("id"):
        deliver(one.pk)
    bodies = "".join(str(one.body) for one in left.outbox)
    code = re.findall(r"^[A-Z0-9-]{6,}$", bodies, re.MULTILINE)[0]
    link = re.findall(r"/password/([^/\s]+)/", bodies)[0]
    kept = "".join(one.text + one.html for one in Message.objects.all())
    assert code not in kept and link not in kept and "…" in kept


def test_apps_and_recovery_codes_from_before_are_carried_over() -> None:
    person = make_person(Role.COORDINATOR)
    codes = ["0a1b2c-3d4e5f", "ffffff-000000"]
    state = MigrationLoader(connection).project_state(
        [("people", "0001_kodeks"), ("mfa", "0003_authenticator_type_uniq")]
    )
    old = state.apps.get_model("people", "SecondFactor")
    with connection.schema_editor(atomic=False) as editor:
        editor.create_model(old)
        old.objects.create(
            user_id=person.pk,
            secret=KEY,
            confirmed=timezone.now(),
            recovery=[hashlib.sha256(f"kodeks-recovery:{one}".encode()).hexdigest() for one in codes],
        )
        old.objects.create(user_id=make_person().pk, secret="never confirmed")
        import_module("people.migrations.0002_signing_in").carry_over(state.apps, editor)
    assert Authenticator.objects.count() == 2 and KEY not in str(list(Authenticator.objects.values()))

    def come(code: str) -> Any:
        client = PageClient()
        answer = client.post("/en/sign-in/", {"login": person.email, "password": PASSWORD})
        return client.post(answer["Location"], {"code": code})

    assert come(code_of(person))["Location"] == "/en/"
    assert come(codes[0].upper().replace("-", " "))["Location"] == "/en/"
    assert come(codes[0]).status_code == 200 and come(codes[1])["Location"] == "/en/"
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)


def test_nobody_signs_up_and_the_public_site_has_none_of_it(client: Client) -> None:
    for path in ("/en/sign-up/", "/en/signup/", "/en/account/email/", "/oidc/mk/login/"):
        assert client.get(path).status_code in (302, 404), path
        assert client.get(path, headers={"host": "public.test"}).status_code == 404, path
    for path in ("/en/sign-in/", "/en/sign-in/code/", "/en/account/second-factor/", "/en/sign-in/passkey/"):
        assert client.get(path, headers={"host": "public.test"}).status_code == 404, path
    assert client.get("/admin/login/")["Location"].startswith("/en/sign-in/")
    assert client.get("/admin/password_reset/")["Location"].startswith("/en/sign-in/")


def test_refusals_of_one_reader_do_not_fill_the_trail() -> None:
    person = make_person(Role.DRAFTER)
    client = signed_in(person)
    for number in range(MOST_AN_HOUR + 4):
        assert client.get(f"/en/people/person/{number}/").status_code == 404
    assert Entry.objects.filter(verb="open", actor=person.actor).count() == MOST_AN_HOUR
    further = FurtherRefusals.objects.all()
    assert further.get().count == 4
    for change in (lambda: further.update(count=1), lambda: further.update(actor=uuid4()), further.delete):
        with pytest.raises(DatabaseError, match="never down"), transaction.atomic():
            change()
    page = signed_in(make_person(Role.OPERATOR)).get("/en/audit/").content.decode()
    assert "Many refused pages" in page and person.name in page
    assert (
        "Many refused pages"
        not in signed_in(make_person(Role.COORDINATOR)).get("/en/audit/").content.decode()
    )
