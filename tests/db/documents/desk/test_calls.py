"""The numbers to call: a coordinator keeps them while the text is in force; its hash stays; both hosts show
them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Entry
from documents.actions.edit_contacts import version_of
from documents.hashing import hash_of_edition, version_hashes
from documents.models import Contact, Edition
from people.models import User
from people.roles import Role
from tests.support.factories import make_in_force, make_institution, make_person
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


def test_a_number_is_added_changed_and_removed_in_force_and_outside_of_the_hash(
    edition: Edition, coordinator: User, address: str
) -> None:
    client, public = signed_in(coordinator), PageClient(headers={"host": "public.test"})
    section = f"i/mk/sop/1/s/{UID}/"
    assert address in client.get(f"/en/{section}").content.decode()
    assert client.post(address, said()).status_code == 302
    contact = Contact.objects.get()
    assert contact.tel == "+3892111222"
    pages = [(client, f"/en/{section}"), (public, f"/en/library/{section}")]
    for who, page in pages:
        shown = who.get(page).content.decode()
        assert "+389 2 111-222" in shown and 'href="tel:+3892111222"' in shown
    assert "desk" not in public.get(f"/en/library/{section}").content.decode()
    form = said(number="112", contact=contact.pk, expected=version_of(contact))
    assert client.post(address, form).status_code == 302
    assert all("tel:112" in who.get(page).content.decode() for who, page in pages)
    edition.refresh_from_db()
    assert edition.sha256 == hash_of_edition(edition, version_hashes(edition, edition.instrument.languages))
    contact.refresh_from_db()
    form = {"do": "remove", "contact": contact.pk, "expected": version_of(contact)}
    assert client.post(address, form).status_code == 302
    assert not Contact.objects.exists()
    assert [e.verb for e in Entry.objects.filter(actor=coordinator.actor, refused=False).order_by("id")] == [
        "add_contact",
        "change_contact",
        "remove_contact",
    ]
    assert Entry.objects.get(verb="change_contact").detail["fields"] == ["number", "tel"]


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
    assert not Contact.objects.exists()


def test_two_at_once_never_overwrite_each_other(edition: Edition, coordinator: User, address: str) -> None:
    client = signed_in(coordinator)
    client.post(address, said())
    contact = Contact.objects.get()
    before = version_of(contact)
    assert client.post(address, said(number="111", contact=contact.pk, expected=before)).status_code == 302
    page = client.post(address, said(number="999", contact=contact.pk, expected=before))
    assert page.status_code == 422 and "Someone else has changed this number" in page.content.decode()
    client.post(address, {"do": "remove", "contact": contact.pk, "expected": before})
    assert Contact.objects.get().number == "111"


def test_others_do_not_keep_them(edition: Edition, coordinator: User, address: str) -> None:
    signed_in(coordinator).post(address, said())
    contact = Contact.objects.get()
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
        for form in (said(), {"do": "remove", "contact": contact.pk, "expected": version_of(contact)}):
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
    contact = Contact.objects.create(
        instrument=other.instrument,
        uid=UID,
        names={"mk": "a"},
        number="11",
        tel="11",
        checked=timezone.localdate(),
    )
    assert client.post(address, said(contact=contact.pk, expected=version_of(contact))).status_code == 404
