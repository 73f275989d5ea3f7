"""The numbers to call: two coordinators change them while the text is in force; its hash stays; both hosts show
them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from lxml import html

import audit
from audit.models import Entry
from documents.actions.audit_payloads import contact_payload
from documents.actions.edit_contacts import enter_contact, version_of
from documents.editions.hashing import hash_of_edition, version_hashes
from documents.models import Contact, ContactChange, Edition
from documents.trail.number_checks import numbers_to_call
from mail.models import Message
from people.models import User
from people.roles import Role
from tests.support.factories import make_draft, make_in_force, make_institution, make_person
from tests.support.html import PageClient, signed_in

pytestmark = pytest.mark.django_db
UID = "00000000-0000-4000-8000-000000000000"


def said(**changed: Any) -> dict[str, Any]:
    return {
        "name_mk": "СОС линија",
        "name_en": "SOS line",
        "hours_mk": "24 часа",
        "number": "+389 2 111-222",
        "checked": timezone.localdate().isoformat(),
    } | changed


@pytest.fixture
def edition() -> Edition:
    return make_in_force()


@pytest.fixture
def coordinator(edition: Edition) -> User:
    return make_person(Role.COORDINATOR, edition.instrument.owner)


@pytest.fixture
def address(edition: Edition) -> str:
    return f"/en/desk/{edition.pk}/calls/{UID}/"


@pytest.fixture
def second(edition: Edition) -> User:
    return make_person(Role.COORDINATOR, edition.instrument.owner)


def stored(edition: Edition, **changed: Any) -> Contact:
    values = {"names": {"mk": "СОС линија"}, "number": "110", "tel": "110", "checked": date(2026, 1, 1)}
    return enter_contact(Contact(instrument=edition.instrument, uid=UID, **values | changed))


def test_a_number_in_force_changes_by_two_people_and_outside_of_the_hash(
    edition: Edition, coordinator: User, second: User, address: str
) -> None:
    client, other = signed_in(coordinator), signed_in(second)
    public = PageClient(headers={"host": "public.test"})
    section = f"i/mk/sop/1/s/{UID}/"

    def confirm(do: str = "confirm", who: PageClient = other) -> str:
        change = ContactChange.objects.get()
        return who.post(address, {"do": do, "change": change.pk}, follow=True).content.decode()

    def shown(text: str) -> bool:
        [one] = {
            text in who.get(page).content.decode()
            for who, page in ((client, f"/en/{section}"), (public, f"/en/library/{section}"))
        }
        return one

    assert address in client.get(f"/en/{section}").content.decode()
    assert client.post(address, said()).status_code == 302
    assert not shown("111-222") and not Contact.objects.exists()
    mailed = set(Message.objects.filter(template="to_confirm_number").values_list("to", flat=True))
    assert second.email in mailed and coordinator.email not in mailed
    assert (
        address in other.get("/en/").content.decode() and address not in client.get("/en/").content.decode()
    )
    assert "Another coordinator must confirm it" in confirm(who=client) and not Contact.objects.exists()
    assert 'value="confirm"' not in client.get(address).content.decode()
    page = other.get(address).content.decode()
    assert "+389 2 111-222" in page and "SOS line" in page and "СОС линија" in page
    assert "Readers now see the change" in confirm() and shown('href="tel:+3892111222"')
    contact = Contact.objects.get()

    form = said(number="112", contact=contact.pk, expected=version_of(contact))
    assert client.post(address, form).status_code == 302
    assert shown("tel:+3892111222") and not shown("tel:112")
    again = client.post(address, form)
    assert again.status_code == 422 and "waits for a second person" in again.content.decode()
    stale = ContactChange.objects.get().pk
    confirm("refuse", client)
    assert not ContactChange.objects.exists() and shown("tel:+3892111222")
    late = other.post(address, {"do": "confirm", "change": stale}, follow=True)
    assert "already been decided" in late.content.decode()
    client.post(address, form)
    ContactChange.objects.update(values=ContactChange.objects.get().values | {"tel": "666"})
    assert "does not show this proposal" in confirm() and not shown("tel:666")
    confirm("refuse")
    client.post(address, form)
    confirm()
    assert shown("tel:112")
    contact.refresh_from_db()
    day = timezone.localdate() - timedelta(days=1)
    checked = form | {"checked": day.isoformat(), "expected": version_of(contact)}
    client.post(address, checked)
    contact.refresh_from_db()
    assert contact.checked == day, "that somebody called it counts at once"
    edition.refresh_from_db()
    assert edition.sha256 == hash_of_edition(edition, version_hashes(edition, edition.instrument.languages))
    assert not list(numbers_to_call())
    client.post(address, {"do": "remove", "contact": contact.pk, "expected": version_of(contact)})
    assert shown("tel:112")
    confirm()
    assert not Contact.objects.exists() and not list(numbers_to_call())
    confirmed = Entry.objects.filter(verb="confirm_contact", actor=second.actor).latest("id").detail
    assert (confirmed["number"], confirmed["before"]) == ("112", "+389 2 111-222")
    assert confirmed["suggested_by"] == str(coordinator.actor)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_who_confirms_sees_the_date_and_the_languages_by_name(
    edition: Edition, coordinator: User, second: User, address: str
) -> None:
    contact = stored(edition, checked=date(2026, 1, 15))
    form = said(checked="2026-03-09", contact=contact.pk, expected=version_of(contact), hours_en="all day")
    signed_in(coordinator).post(address, form)
    # As the database gives them: in the order of its own.
    values = ContactChange.objects.get().values
    assert list(values["names"]) == ["en", "mk"]
    page = html.fromstring(signed_in(second).get(address).content.decode())
    now, new, _by = [" ".join(one.text_content().split()) for one in page.iter("dd")]
    assert now == "110 Македонски: СОС линија checked on 15 January 2026"
    assert new == (
        "+389 2 111-222 Македонски: СОС линија 24 часа English: SOS line all day checked on 9 March 2026"
    )


def test_the_page_says_that_the_date_alone_counts_at_once(
    edition: Edition, coordinator: User, address: str
) -> None:
    client, contact = signed_in(coordinator), stored(edition)
    words = "Only the date of the last check counts at once."
    assert words in client.get(address).content.decode()
    draft = make_draft(slug="other")
    alone = signed_in(make_person(Role.COORDINATOR, draft.instrument.owner))
    assert words not in alone.get(f"/en/desk/{draft.pk}/calls/{UID}/").content.decode()
    form = {"name_mk": "СОС линија", "number": "110", "checked": "2026-03-09"}
    client.post(address, form | {"contact": contact.pk, "expected": version_of(contact)})
    contact.refresh_from_db()
    assert contact.checked == date(2026, 3, 9) and not ContactChange.objects.exists()


def test_of_a_draft_one_coordinator_is_enough() -> None:
    edition = make_draft()
    client = signed_in(make_person(Role.COORDINATOR, edition.instrument.owner))
    address = f"/en/desk/{edition.pk}/calls/{UID}/"
    client.post(address, said())
    contact = Contact.objects.get()
    client.post(address, said(number="112", contact=contact.pk, expected=version_of(contact)))
    contact.refresh_from_db()
    client.post(address, {"do": "remove", "contact": contact.pk, "expected": version_of(contact)})
    assert not Contact.objects.exists()
    entries = Entry.objects.filter(thing=f"contact:{contact.pk}").order_by("id")
    assert [(e.verb, e.detail["tel"]) for e in entries] == [
        ("add_contact", "+3892111222"),
        ("change_contact", "112"),
        ("remove_contact", "112"),
    ]


def test_the_database_takes_no_number_that_two_people_did_not_confirm(
    edition: Edition, coordinator: User
) -> None:
    contact = stored(edition)
    columns = "instrument_id, uid, position, names, hours, number, tel, checked"
    copied = columns.replace("number, tel", "'666', '666'")
    told = contact_payload(contact) | {"number": "666", "tel": "666"}
    number = "UPDATE documents_contact SET number = '666', tel = '666'"
    for statement, verb in (
        (number, ""),
        (number, "change_contact"),
        (number, "confirm_contact"),
        (f"INSERT INTO documents_contact ({columns}) SELECT {copied} FROM documents_contact", ""),
        ("DELETE FROM documents_contact", ""),
        ("DELETE FROM documents_contact", "remove_contact"),
        ("TRUNCATE documents_contact CASCADE", ""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            if verb:
                audit.record(verb, contact, coordinator, suggested_by=str(coordinator.actor), **told)
            cursor.execute(statement)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not list(numbers_to_call())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE documents_contact SET names = '{}'")
    assert list(numbers_to_call()) == [f"contact:{contact.pk}: the trail confirms another number"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "call me"},
        {"number": "+"},
        {"number": "javascript:1"},
        {"number": "1" * 41},
        {"name_mk": ""},
        {"name_mk": "x" * 121},
        {"name_mk": "СОС 0101006500006"},
        {"checked": ""},
        {"checked": "yesterday"},
        {"checked": (timezone.localdate() + timedelta(days=1)).isoformat()},
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    coordinator: User, address: str, wrong: dict[str, str]
) -> None:
    page = signed_in(coordinator).post(address, said(**wrong))
    assert (page.status_code == 422 and "СОС" in page.content.decode()) or wrong.get("name_mk") is not None
    assert not ContactChange.objects.exists()


def test_a_personal_number_is_none_to_call(coordinator: User, address: str) -> None:
    client = signed_in(coordinator)
    for number in (
        "0101006500006",
        "+0101006500006",
        "01.01.006/500006",
        "(0101006) 500006",
        "*0101  006  500006#",
    ):
        page = client.post(address, said(number=number))
        assert page.status_code == 422 and "data of a real person" in page.content.decode(), number
    assert not ContactChange.objects.exists()
    # The last one has the check digit of a personal number too; with a plus it is one of Greece.
    for number in ("0101006500007", "116 006", "070 123 456", "+43 676 12345678", "+3012985710006"):
        assert client.post(address, said(number=number)).status_code == 302, number


def test_two_at_once_never_overwrite_each_other(edition: Edition, coordinator: User, address: str) -> None:
    client, contact = signed_in(coordinator), stored(edition)
    before = version_of(contact)
    contact.number = contact.tel = "111"
    enter_contact(contact)
    page = client.post(address, said(number="999", contact=contact.pk, expected=before))
    assert page.status_code == 422 and "Someone else has changed this number" in page.content.decode()
    client.post(address, {"do": "remove", "contact": contact.pk, "expected": before})
    assert Contact.objects.get().number == "111" and not ContactChange.objects.exists()


def test_others_do_not_keep_them(edition: Edition, coordinator: User, address: str) -> None:
    contact = stored(edition)
    signed_in(coordinator).post(address, said())
    change = ContactChange.objects.get()
    owner = edition.instrument.owner
    for person in (
        make_person(Role.DRAFTER, owner),
        make_person(Role.PRACTITIONER, owner),
        make_person(Role.COORDINATOR, make_institution("mk-interior")),
        make_person(is_superuser=True),
    ):
        client = signed_in(person)
        assert address not in client.get(f"/en/i/mk/sop/1/s/{UID}/").content.decode()
        assert client.get(address).status_code == 404
        for form in (
            said(),
            {"do": "confirm", "change": change.pk},
            {"do": "remove", "contact": contact.pk, "expected": version_of(contact)},
        ):
            assert client.post(address, form).status_code == 404
    assert Contact.objects.get().number == contact.number


def test_there_is_nothing_for_another_section_or_number(
    edition: Edition, coordinator: User, address: str
) -> None:
    client = signed_in(coordinator)
    assert client.get(address.replace(UID, "00000000-0000-4000-8000-00000000ffff")).status_code == 404
    for number in ("0", "x", "99999999999999999999999"):
        assert client.get(f"{address}?contact={number}").status_code == 404
    other = make_in_force(slug="other")
    contact = enter_contact(
        Contact(
            instrument=other.instrument,
            uid=UID,
            names={"mk": "a"},
            number="11",
            tel="11",
            checked=timezone.localdate(),
        )
    )
    assert client.post(address, said(contact=contact.pk, expected=version_of(contact))).status_code == 404
