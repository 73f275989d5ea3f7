"""A name can change; what was signed before keeps the former one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from mail.models import Message
from people.actions.change_name import change_name, check_name
from people.actions.make_nameless import remove_name
from people.models import FormerName, Membership, User
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db: None) -> User:
    make_person(Role.COORDINATOR, make_institution(), name="Coordinator")
    return make_person(Role.REVIEWER, make_institution("mk-interior"), name="Ana Marić")


def of_names() -> list[str]:
    return [line for line in problems() if "name" in line]


def test_a_changed_name_is_stored_told_and_in_the_trail(ana: User) -> None:
    before = timezone.now()
    answer = signed_in(ana).post("/en/account/", {"name": "Ana Ilić", "language": "en"})
    assert answer.status_code == 302
    ana.refresh_from_db()
    assert ana.name == "Ana Ilić" and ana.name_at(before) == "Ana Marić"
    assert ana.name_at(timezone.now() + timedelta(seconds=1)) == "Ana Ilić"
    mail = Message.objects.get(template="name_changed")
    assert "Ana Marić is now called Ana Ilić" in mail.subject and ana.email in mail.text
    detail = Entry.objects.get(verb="change_name").detail
    assert detail["name_sha256"] == ana.name_sha256("Ana Ilić") and "Ana" not in str(detail)
    assert of_names() == []
    change_name(ana, "Ana Ilić")
    assert Entry.objects.filter(verb="change_name").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda ana: User.objects.filter(pk=ana.pk).update(name="Minister"),
        lambda ana: FormerName.objects.update(name="Minister"),
        lambda ana: FormerName.objects.update(until=timezone.now() - timedelta(days=900)),
        lambda ana: FormerName.objects.all().delete(),
    ],
)
def test_a_name_changed_past_the_trail_is_named(ana: User, change) -> None:
    change_name(ana, "Ana Ilić")
    change(ana)
    assert of_names()


def test_former_names_go_with_the_name(ana: User) -> None:
    change_name(ana, "Ana Ilić")
    Membership.objects.filter(user=ana).update(ends=timezone.localdate())
    remove_name(ana, None)
    assert not FormerName.objects.exists() and of_names() == []
    assert not Message.objects.filter(text__contains="Marić").exists()


@pytest.mark.parametrize("name", ["Call https://x.example", "<b>Ana</b>", "www.x.example", "Ana\u202e"])
def test_a_name_holds_no_address_and_no_marks(ana: User, name: str) -> None:
    with pytest.raises(ValidationError):
        check_name(name)
    page = signed_in(ana).post("/en/account/", {"name": name, "language": "en"}).content.decode()
    assert "without an internet address" in page
    ana.refresh_from_db()
    assert ana.name == "Ana Marić"
