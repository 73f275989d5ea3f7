"""What is stored of persons: the table names all of it, each period ends, a name goes everywhere, no IP
address stays."""

from __future__ import annotations

import logging
import re
from datetime import date, timedelta
from importlib import import_module

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

import mail
from config import forget, guides
from config.retention import (
    LINKS_LAST,
    LOG_LASTS,
    MAILS_LAST,
    NAME_LASTS,
    OWN_LASTS,
    ROWS,
    TASKS_LAST,
)
from config.running.worker import jobs
from documents.models import Comment
from mail.models import DigestReader, Message
from people.actions.invite import invite
from people.actions.make_nameless import made_nameless
from people.models import Invitation, MailLink, Membership, SignInTry, User
from people.roles import Role
from search.models import SavedSearch
from search.pages.params import parse_params
from search.saved.store import save_search
from tests.support.exempt_fields import EXEMPT
from tests.support.factories import PASSWORD, make_draft, make_institution, make_person
from tests.support.html import PageClient, signed_in
from tests.support.sign_in import give_app
from tests.support.tables import tables_with
from tests.support.tampering import unguarded
from workflows.models import CalendarFeed

pytestmark = pytest.mark.django_db

OURS = {
    "audit", "directory", "documents", "mail", "materials", "outreach", "people", "public", "recordings", "search",
    "workflows",
}  # fmt: skip
TEXTS = (models.TextField, models.JSONField, models.BinaryField, models.FileField)
NAMED = re.compile(
    r"(^|_)(e?mail|phone|tel|sms|address|ip|ip_address|user_agent|agent|actor|author|author_name)$"
)


def is_personal(one: models.Field) -> bool:
    """A reference to a person, an address of one, or a field that is named so."""
    related = one.remote_field.model if one.remote_field else None
    return related is User or isinstance(one, models.EmailField) or bool(NAMED.search(one.name))


def fields() -> list[tuple[str, models.Field]]:
    """The fields of all tables without the copies for each language."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed:
            continue
        for one in model._meta.local_concrete_fields:
            if not hasattr(one, "translated_field"):
                found.append((model._meta.label, one))
    return found


def test_the_table_names_each_field_that_may_be_about_a_person() -> None:
    covered = {pair for row in ROWS for pair in row.fields()}
    there = {(label, one.name) for label, one in fields()}
    assert covered - there == set()
    listed = {model for model, _name in covered}
    missing = []
    for label, one in fields():
        ours = label.partition(".")[0] in OURS
        typed = isinstance(one, TEXTS) or (
            isinstance(one, models.CharField) and one.name in ("name", "reason")
        )
        if (label, one.name) in covered or label.startswith("auth."):
            continue
        if (is_personal(one) and (ours or one.remote_field)) or (ours and typed and label not in EXEMPT):
            missing.append(f"{label}.{one.name}")
    assert missing == [], "say in config.retention how long these are stored, or why they are about nobody"
    assert {model for model in EXEMPT if model not in {label for label, _one in fields()}} == set()
    assert listed and all(EXEMPT.values())


def test_each_period_has_an_end_that_is_there() -> None:
    names = {job.name for job in jobs()}
    for row in ROWS:
        assert row.ends, row.key
        for end in row.ends:
            if end not in names:
                module, _, action = end.rpartition(".")
                assert callable(getattr(import_module(module), action)), end
        assert re.search(r"%\(\w+\)s", str(row.until)) is None or row.lasts, row.key
        assert "%" not in row.until_text
    assert set(forget.OF_ONE) <= {model for row in ROWS for model in row.where}


def test_everybody_reads_the_same_on_the_page_and_in_the_register() -> None:
    client = PageClient()
    for language in settings.KODEKS_OFFICE_LANGUAGES:
        assert client.get(f"/{language}/privacy/").status_code == 200
    page = client.get("/en/privacy/").content.decode()
    register = (guides.FOLDER / "privacy.md").read_text("utf-8").splitlines()
    lines = [line for line in register if line.startswith("| ")][2:]
    assert [f"| {row.what} | {row.whom} | {row.why} | {row.until_text} |" for row in ROWS] == lines
    for row in ROWS:
        assert str(row.what) in page and row.until_text in page
    assert 'href="/en/privacy/"' in client.get("/en/sign-in/").content.decode()
    assert client.post("/en/privacy/").status_code == 405


def test_what_is_over_is_deleted_and_what_is_not_stays() -> None:
    person, operator = make_person(Role.REVIEWER), make_person(Role.OPERATOR)
    now = timezone.now()
    for _ in range(2):
        mail.send(
            "mail_link", to=person.email, language="en", context={"minutes": 1, "url": "http://x.example"}
        )
        invite(operator, make_institution(), "new@test.example", Role.DRAFTER)
        with unguarded():
            MailLink.objects.create(
                user=person, email=person.email, institution=make_institution(), expires=now,
                token_sha256=Invitation.new_token()[1],
            )  # fmt: skip
        signed_in(person)
        ModelLogEntry.objects.create(
            content_type=ContentType.objects.get_for_model(User), object_id="1", label="x",
            action="wagtail.edit", timestamp=now,
        )  # fmt: skip
    parts = list(Message.objects.filter(to=person.email).order_by("pk"))
    digest = Message.objects.create(
        to=person.email, subject="All", text="All", language="en", message_id="<1>"
    )
    Message.objects.filter(pk__in=[one.pk for one in parts]).update(digest=digest)
    long = timedelta(seconds=5)
    Message.objects.filter(pk=parts[0].pk).update(written=now - MAILS_LAST - long)
    Invitation.objects.filter(pk=Invitation.objects.first().pk).update(expires=now - LINKS_LAST - long)
    with unguarded():
        MailLink.objects.filter(pk=MailLink.objects.first().pk).update(expires=now - LINKS_LAST - long)
    Session.objects.filter(pk=Session.objects.first().pk).update(expire_date=now - long)
    ModelLogEntry.objects.filter(pk=ModelLogEntry.objects.first().pk).update(timestamp=now - LOG_LASTS - long)
    task = {
        "args_kwargs": {},
        "backend_name": "default",
        "run_after": now,
        "exception_class_path": "",
        "traceback": "",
    }
    for status in ("SUCCESSFUL", "READY"):
        DBTaskResult.objects.create(
            status=status, task_path="a.b", finished_at=now - TASKS_LAST - long, **task
        )
    counted = [table.objects.count() for table in (Message, Invitation, MailLink, Session, ModelLogEntry)]
    forget.forget_mails(), forget.forget_links(), forget.forget_traces()
    after = [table.objects.count() for table in (Message, Invitation, MailLink, Session, ModelLogEntry)]
    assert [was - now for was, now in zip(counted, after, strict=True)] == [1] * 5
    assert [one.status for one in DBTaskResult.objects.all()] == ["READY"]
    Message.objects.filter(to=person.email).update(written=now - MAILS_LAST - long)
    forget.forget_mails()
    assert not Message.objects.filter(to=person.email).exists()


def test_what_was_ones_own_goes_after_leaving_and_the_name_later() -> None:
    left, back, stays = (make_person(Role.DRAFTER, name=f"Person {n}") for n in ("Left", "Back", "Stays"))
    for one in (left, back, stays):
        SavedSearch.objects.create(user=one, name="Mine", query="q=x")
        DigestReader.objects.create(email=one.email, language="en")
        if one != stays:
            over = timezone.localdate() - OWN_LASTS - timedelta(days=1)
            Membership.objects.filter(user=one).update(ends=over)
    User.objects.filter(pk=back.pk).update(last_login=timezone.now())
    forget.forget_own()
    assert set(SavedSearch.objects.values_list("user", flat=True)) == {back.pk, stays.pk}
    assert DigestReader.objects.count() == 2 and forget.forget_names() == 0
    Membership.objects.filter(user__in=[left, back]).update(
        ends=timezone.localdate() - NAME_LASTS - timedelta(days=1)
    )
    assert (forget.forget_names(), forget.forget_names()) == (1, 0)
    left.refresh_from_db()
    assert left.name == str(left.actor)[:8] and not left.is_active


def test_a_name_is_in_no_table_after_it_was_removed() -> None:
    name, operator = "Zlatomira Kvintešković", make_person(Role.OPERATOR)
    other = make_person(Role.COORDINATOR)
    address = "zlatomira.k@test.example"
    person = make_person(Role.COORDINATOR, name=name, email=address)
    invite(person, make_institution(), "new@test.example", Role.DRAFTER)
    invite(operator, make_institution(), address, Role.REVIEWER)
    save_search(person, parse_params(QueryDict("q=shelter")), name, "daily")
    CalendarFeed.objects.create(user=person, token_sha256="0" * 64)
    give_app(person)
    edition = make_draft(by=person)
    for by, typed in ((person, name), (None, f"{name} + Ana"), (other, "Ana")):
        Comment.objects.create(
            edition=edition, uid="00000000-0000-4000-8000-000000000000", language="mk", author=by,
            author_name=typed, text="Why?",
        )  # fmt: skip
    client = signed_in(person)
    client.get("/en/"), client.get("/en/search/?q=shelter")
    PageClient().post("/en/sign-in/", {"login": address, "password": "wrong"})
    ModelLogEntry.objects.log_action(person, "wagtail.edit", user=operator, title=str(person))
    assert {"people_user", "mail_message", "wagtailcore_modellogentry"} <= set(tables_with(name))
    assert {"people_user", "people_invitation", "mail_message"} <= set(tables_with(address))
    with pytest.raises(CommandError, match="End the person's roles first"):
        call_command("make_nameless", address, by=operator.email)
    Membership.objects.filter(user=person).update(ends=date(2021, 1, 1))
    call_command("make_nameless", address, by=operator.email)
    assert not User.objects.get(pk=person.pk).is_active and not UserSession.objects.filter(user=person)
    assert tables_with(name) == tables_with(address) == []
    assert list(Comment.objects.order_by("pk").values_list("author_name", flat=True)) == [
        str(person.actor)[:8], f"{str(person.actor)[:8]} + Ana", "Ana",
    ]  # fmt: skip
    assert made_nameless.has_listeners()


@pytest.mark.parametrize("address", ["203.0.113.77", "2001:db8:77:88::99"])
def test_no_ip_address_is_stored_or_logged(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    person = make_person(Role.REVIEWER)
    client = PageClient(REMOTE_ADDR=address, headers={"X-Forwarded-For": address})
    client.post("/en/sign-in/", {"login": person.email, "password": "wrong"})
    client.post("/en/sign-in/", {"login": "nobody@test.example", "password": "wrong"})
    PageClient(REMOTE_ADDR=address).post("/en/sign-in/code/", {"email": person.email})
    assert client.post("/en/sign-in/", {"login": person.email, "password": PASSWORD}).status_code == 302
    for path in (
        "/en/",
        "/en/library/",
        "/en/search/?q=shelter",
        "/en/search/?q=zzqx",
        "/en/health/",
        "/en/nowhere/",
    ):
        client.get(path)
        client.get(path, headers={"Host": settings.PUBLIC_HOSTS[0]})
    assert SignInTry.objects.count() >= 3 and UserSession.objects.filter(user=person).exists()
    for written in (address, address.rpartition(":")[0].rstrip(":") or address):
        assert tables_with(written) == [] and written not in caplog.text
