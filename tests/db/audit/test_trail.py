"""The trail: in the transaction of what it tells, chained, and guarded."""

from __future__ import annotations

import pgtrigger
import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import transaction

import audit
from audit import guards
from audit.models import Entry
from people.models import User
from people.roles import Role
from tests.support.factories import make_person
from tests.support.reviews import client_of, make_cast, person

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


def test_a_guard_that_is_missing_is_told():
    call_command("check", databases=["default"])
    pgtrigger.uninstall()
    with pytest.raises(SystemCheckError):
        call_command("check", databases=["default"])
    pgtrigger.install()
    assert guards.missing() == []


def test_a_document_that_one_may_not_see_is_named_by_nothing_in_the_trail() -> None:
    """Neither where it was made nor where somebody asked in vain, on the page and in the table."""
    cast = make_cast("tlp_red")
    cast.edition.instrument.named_readers.set([cast.coordinator])
    for path in ("/en/i/mk/sop/", "/en/i/mk/sop/1/compare/2/", "/en/i/mk/never-was/", "/en/desk/999/"):
        assert client_of(cast.outsider).get(path).status_code == 404
    spy = person("Spy", cast.health, Role.COORDINATOR)

    def told(user: User) -> tuple[str, str]:
        client = client_of(user)
        lines = b"".join(client.get("/en/audit.csv").streaming_content).decode()  # type: ignore[attr-defined]
        return client.get("/en/audit/").content.decode(), lines

    for text in told(spy):
        assert "mk/sop" not in text and "never-was" not in text and "mk%2Fsop" not in text
        assert "RED" not in text and "tlp_red" not in text
        assert "/en/desk/999/" in text
    for text in told(cast.coordinator):
        assert "mk/sop" in text and "/en/i/mk/sop/1/compare/2/" in text and "never-was" not in text
