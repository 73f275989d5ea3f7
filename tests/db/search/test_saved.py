"""Saved searches and their mails: each person's own, told once, and never of what they may not read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any

import pytest
from django.core import mail as outgoing
from django.test import Client
from django.urls import reverse
from django.utils import translation

from documents.actions.classify import change_classification
from documents.choices import Classification
from documents.models import Edition
from mail.delivery import deliver
from mail.digest import local_now
from mail.models import Message
from people.models import Membership, User
from people.roles import Role
from search.engines.base import EngineError
from search.models import Often, SavedSearch
from search.outbox import drain
from search.saved import alerts, store
from search.saved.alerts import send_alerts, stop_token
from search.saved.store import MOST, TooMany
from tests.support.factories import make_institution, make_person, narrow
from tests.support.html import PageClient
from tests.support.search.saved import LIST, publish, save
from tests.support.search.saved import client as client
from tests.support.search.saved import person as person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]


def morning(days: int) -> datetime:
    """Nine o'clock UTC, so many days from today as the region counts it."""
    return datetime.combine(local_now().date() + timedelta(days=days), time(9), UTC)


def test_what_only_begins_like_the_words_is_no_news(client: Client, person: User) -> None:
    publish("old", valid_from=date(2024, 1, 1))
    saved = save(person, "q=shelving")
    assert saved.known == [], "what the page shows for want of anything better is not what is waited for"
    publish("new")
    assert send_alerts(morning(1)) == []
    assert send_alerts(morning(2)) == []


def test_what_was_put_right_is_saved_as_it_was_found(client: Client, person: User) -> None:
    publish("one")
    page = client.get("/en/search/?q=shelterr").content.decode()
    assert "/en/search/saved/new/?q=shelter&quot;" in page or '/en/search/saved/new/?q=shelter"' in page
    client.post("/en/search/saved/new/?q=shelter", {"name": "Homes", "often": "daily"})
    publish("two")
    assert len(send_alerts(morning(1))) == 1


def test_saved_renamed_and_deleted_without_script(client: Client, person: User) -> None:
    publish("one")
    page = client.get("/en/search/?q=shelter&country=mk").content.decode()
    assert "/en/search/saved/new/?q=shelter&amp;country=mk" in page
    form = client.get("/en/search/saved/new/?q=shelter&country=mk").content.decode()
    assert 'value="shelter"' in form
    answer = client.post(
        "/en/search/saved/new/?q=shelter&country=mk&page=3",
        {"name": " <b>Homes</b> \u202e", "often": "weekly"},
    )
    assert answer.status_code == 302
    saved = SavedSearch.objects.get()
    assert (saved.user, saved.query, saved.often) == (person, "?q=shelter&country=mk", "weekly")
    assert saved.name == "<b>Homes</b>"
    assert len(saved.known or []) == 1 and saved.looked is not None
    listed = client.get(LIST).content.decode()
    assert "&lt;b&gt;Homes&lt;/b&gt;" in listed and 'href="/en/search/?q=shelter&amp;country=mk"' in listed
    client.post(f"{LIST}{saved.pk}/", {"name": "Other", "often": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.often, saved.known) == ("Other", "never", None)
    back = client.get(f"{LIST}{saved.pk}/delete/")
    assert (back.status_code, back["Location"]) == (302, LIST), (
        "who opens the address of the button is led to the list"
    )
    assert SavedSearch.objects.exists()
    client.post(f"{LIST}{saved.pk}/delete/")
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": "  ", "often": "daily"},
        {"name": "\u200b\u2060 \u202e", "often": "daily"},
        {"name": "x" * 101, "often": "daily"},
        {"name": "x", "often": "hourly"},
    ],
)
def test_what_cannot_be_saved_is_said(client: Client, data: dict[str, str]) -> None:
    assert client.post("/en/search/saved/new/?q=shelter", data).status_code == 400
    assert not SavedSearch.objects.exists()


def test_a_search_for_nothing_is_none(client: Client) -> None:
    assert client.get("/en/search/saved/new/").status_code == 404
    assert client.post("/en/search/saved/new/?q=%20", {"name": "x", "often": "daily"}).status_code == 404


def test_others_see_and_change_nothing(person: User) -> None:
    saved = save(person, name="Secret name")
    other = PageClient()
    assert other.get(LIST).status_code == 302
    assert other.post(f"{LIST}{saved.pk}/delete/").status_code == 302
    for role in (Role.COORDINATOR, Role.OPERATOR):
        other.force_login(make_person(role))
        assert "Secret name" not in other.get(LIST).content.decode()
        assert other.get(f"{LIST}{saved.pk}/").status_code == 404
        assert other.post(f"{LIST}{saved.pk}/", {"name": "x", "often": "never"}).status_code == 404
        assert other.post(f"{LIST}{saved.pk}/delete/").status_code == 404
    saved.refresh_from_db()
    assert saved.name == "Secret name"


def test_the_same_search_is_kept_once_and_not_without_end(person: User) -> None:
    save(person)
    save(person, name="Again")
    assert SavedSearch.objects.get().name == "Again"
    SavedSearch.objects.bulk_create(
        [SavedSearch(user=person, name="x", query=f"?q=x{n}") for n in range(MOST - 1)]
    )
    with pytest.raises(TooMany):
        save(person, "q=more")


def test_the_list_asks_the_same_however_many_there_are(
    client: Client, person: User, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    save(person)
    client.get(LIST)
    with django_assert_max_num_queries(20) as few:
        client.get(LIST)
    for n in range(12):
        save(person, f"q=word{n}")
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_told_once_in_one_mail_of_what_is_new(person: User) -> None:
    publish("old")
    save(person)
    save(person, "q=safe", name="Safe")
    assert send_alerts(morning(1)) == []
    new = publish("new")
    assert send_alerts(morning(1)) == []  # looked at today already
    (message,) = send_alerts(morning(2))
    assert (message.to, message.subject) == (person.email, "New in your saved searches: 1 document")
    assert message.text.count("/i/mk/new/1/") == 2 and "/i/mk/old/" not in message.text
    assert reverse_of(new) in message.text and 'href="' in message.html
    assert send_alerts(morning(2)) == send_alerts(morning(3)) == []


def reverse_of(edition: Edition) -> str:
    with translation.override("en"):
        return reverse("documents:edition", args=["mk", edition.instrument.slug, edition.number])


def test_daily_weekly_and_never(person: User) -> None:
    save(person, often=Often.WEEKLY)
    save(person, "q=safe", often=Often.NEVER, name="Quiet")
    publish("new")
    assert send_alerts(morning(6)) == []
    (message,) = send_alerts(morning(7))
    assert "Quiet" not in message.text
    save(person, "q=safe", often=Often.DAILY, name="Quiet")  # begins now: what the page has shown is not new
    assert send_alerts(morning(9)) == []


def test_before_seven_nobody_is_woken(person: User) -> None:
    save(person)
    publish("new")
    assert send_alerts(morning(1).replace(hour=3)) == []


@pytest.mark.parametrize("classification", [Classification.TLP_RED, Classification.TLP_AMBER_STRICT])
def test_what_one_may_not_read_is_never_told(person: User, classification: str) -> None:
    owner = make_person(Role.PRACTITIONER, make_institution("mk-coordinator"), language="en")
    save(person)
    save(owner)
    publish("closed", classification)
    told = {message.to for message in send_alerts(morning(1))}
    assert told == ({owner.email} if classification == Classification.TLP_AMBER_STRICT else set())
    assert not Message.objects.filter(to=person.email).exists()


def test_a_right_that_ended_after_the_index_was_asked_holds(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index still says yes; the database has the last word, in the transaction that writes the mail."""
    save(person)
    green = publish("green", Classification.TLP_GREEN)
    asked = alerts.editions_found

    def ends_meanwhile(*args: Any) -> frozenset[int]:
        found = asked(*args)
        assert green.pk in found
        narrow(Classification.TLP_RED, green.instrument)
        return found

    monkeypatch.setattr(alerts, "editions_found", ends_meanwhile)
    assert send_alerts(morning(1)) == []
    assert green.pk not in (SavedSearch.objects.get().known or [])


def test_who_left_gets_nothing(person: User) -> None:
    save(person)
    publish("new")
    Membership.objects.filter(user=person).update(ends=date(2021, 1, 1))
    assert send_alerts(morning(1)) == []


def test_a_classification_that_is_tightened_counts_at_once(person: User) -> None:
    save(person)
    edition = publish("new")
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    change_classification(coordinator, edition.instrument, Classification.TLP_AMBER_STRICT, "why")
    assert send_alerts(morning(1)) == []


@pytest.mark.parametrize("ended", ["sharing", "role", "classification", "nothing"])
def test_a_mail_that_waits_names_nothing_that_was_closed_meanwhile(
    person: User, settings: Any, ended: str
) -> None:
    """The mail server is away; when it is back, what the mail names must still be open to its reader."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    save(person)
    own = make_institution("mk-interior")
    publish("public")
    amber = publish("amber", Classification.TLP_AMBER)
    amber.instrument.shared_with.add(own)
    drain()
    (message,) = send_alerts(morning(1))
    assert "/i/mk/amber/1/" in message.text and "/i/mk/public/1/" in message.text
    if ended == "sharing":
        amber.instrument.shared_with.remove(own)
    elif ended == "role":
        Membership.objects.filter(user=person).update(ends=date(2021, 1, 1))
    elif ended == "classification":
        coordinator = make_person(Role.COORDINATOR, amber.instrument.owner)
        change_classification(coordinator, amber.instrument, Classification.TLP_AMBER_STRICT, "why")
    assert deliver(message.pk)
    sent = outgoing.outbox[-1]
    assert ("amber" in str(sent.message())) == (ended == "nothing")


def test_while_the_search_is_down_nothing_counts_as_looked_at(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: Any) -> Any:
        raise EngineError("down")

    with monkeypatch.context() as patch:
        patch.setattr(store, "editions_found", down)
        assert save(person).known is None
    publish("before")
    assert send_alerts(morning(1)) == []
    publish("new")
    with monkeypatch.context() as patch:
        patch.setattr(alerts, "editions_found", down)
        assert send_alerts(morning(2)) == []
    (message,) = send_alerts(morning(2))
    assert "/i/mk/new/1/" in message.text and "/i/mk/before/" not in message.text


def test_one_click_ends_the_mails_without_a_sign_in(person: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    save(person)
    publish("new")
    (message,) = send_alerts(morning(1))
    assert deliver(message.pk)
    headers = outgoing.outbox[-1].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    assert address in message.text
    path = "/" + address.split("/", 3)[3]
    browser = PageClient(enforce_csrf_checks=True)
    assert "<form" in browser.get(path).content.decode()
    assert SavedSearch.objects.get().often == Often.DAILY  # a scanner that opens it changes nothing
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSearch.objects.get().often == Often.NEVER
    assert "<form" not in browser.get(path).content.decode()


@pytest.mark.parametrize("token", ["1", "1:abc", "x", "%00", "9" * 400])
def test_a_made_up_address_ends_nothing(person: User, token: str) -> None:
    save(person)
    assert PageClient().post(f"/en/stop-mails/{token}/").status_code == 404
    assert PageClient().post(f"/en/stop-mails/{stop_token(person)[:-1]}/").status_code == 404
    assert SavedSearch.objects.get().often == Often.DAILY


@pytest.mark.parametrize("tag", ["sq", "sr-cyrl", "sr-latn", "bs", "hr", "cnr", "mk"])
def test_in_the_language_of_its_reader(tag: str) -> None:
    person = make_person(Role.PRACTITIONER, language=tag)
    save(person)
    publish("new")
    (message,) = send_alerts(morning(1))
    assert message.language == tag and "saved searches" not in message.text
    assert f"/{tag}/i/mk/new/" in unescape(message.html)
