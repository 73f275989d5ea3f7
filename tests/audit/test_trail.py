"""The trail: in the transaction of what it tells, chained, and guarded."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import IntegrityError, transaction

import audit
from audit import guards
from audit.models import Entry
from audit.trail import broken_links
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_what_was_undone_leaves_no_entry():
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record("try", "thing:1")
        raise RuntimeError
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_it_refuses():
    with pytest.raises(RuntimeError):
        audit.record("try", "thing:1")


def test_a_name_never_stands_in_it():
    person = make_person(name="Ana Anić")
    entry = audit.record("try", person, person)
    assert entry.actor == person.actor
    assert "Ana" not in str([getattr(entry, f.name) for f in Entry._meta.fields])


def test_a_changed_entry_is_found():
    entries = [audit.record("try", f"thing:{n}") for n in range(4)]
    assert list(broken_links()) == []
    guards.remove()
    Entry.objects.filter(pk=entries[1].pk).update(verb="other")
    guards.install()
    assert [entry.pk for entry in broken_links()] == [entries[1].pk]


def test_a_removed_entry_is_found():
    entries = [audit.record("try", f"thing:{n}") for n in range(4)]
    guards.remove()
    Entry.objects.filter(pk=entries[1].pk).delete()
    guards.install()
    assert [entry.pk for entry in broken_links()] == [entries[2].pk]


@pytest.mark.parametrize(
    "change", [lambda: Entry.objects.update(verb="x"), lambda: Entry.objects.all().delete()]
)
def test_the_database_refuses_to_change_it(change):
    audit.record("try", "thing:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_guard_that_is_missing_is_told():
    call_command("check", databases=["default"])
    guards.remove()
    with pytest.raises(SystemCheckError):
        call_command("check", databases=["default"])
    guards.install()
    assert guards.missing() == []
