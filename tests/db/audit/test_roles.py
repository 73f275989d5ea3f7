"""A role that the trail grants to nobody is refused by the database, and named where the guards were down."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit.verify import problems
from mail.models import Message
from people.actions.invite import accept, invite
from people.actions.make_nameless import NOBODY, make_nameless
from people.models import Institution, Invitation, Membership, User
from people.roles import Role
from proposals.actions.decide import confirm
from proposals.models import Proposal
from tests.support.audit.guards_hold import sql
from tests.support.factories import PASSWORD, make_institution, make_person
from tests.support.tampering import tamper

pytestmark = pytest.mark.django_db
MEMBERSHIP = (
    "INSERT INTO people_membership (id, user_id, institution_id, role, languages, starts, confirmed) "
    "SELECT {id}, u.id, i.id, 'coordinator', '[]', '2020-01-01', now() "
    "FROM people_user u, people_institution i"
)
INVITATION = (
    "INSERT INTO people_invitation (id, email, institution_id, role, languages, language, token_sha256, "
    "invited_by_id, expires) SELECT {id}, 'x@example.org', i.id, 'coordinator', '[]', 'en', 'x', u.id, now() "
    "FROM people_user u, people_institution i"
)
MANIFEST = (
    "INSERT INTO documents_manifest (id, edition_id, round, sha256, versions, texts, made) "
    "VALUES ({id}, 1, 1, 'x', '{{}}', '{{}}', now())"
)


@pytest.fixture
def stranger() -> tuple[User, Institution]:
    return make_person(), make_institution()


@pytest.mark.parametrize("number", [0, -1, 4711])
@pytest.mark.parametrize("statement", [MEMBERSHIP, INVITATION], ids=["membership", "invitation"])
def test_a_row_that_no_entry_names_is_refused(
    stranger: tuple[User, Institution], statement: str, number: int
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement.format(id=number))
        connection.check_constraints()  # what is asked at the end of a transaction
    assert not Membership.objects.exists() and not Invitation.objects.exists()
    tamper(statement.format(id=number))
    assert [line for line in problems() if f":{number}: no entry of the trail" in line]


@pytest.mark.parametrize("number", [0, -1])
def test_a_manifest_is_numbered_from_1(number: int) -> None:
    with pytest.raises(DatabaseError, match="numbered from 1"), transaction.atomic():
        sql(MANIFEST.format(id=number))


def test_a_role_is_neither_changed_nor_confirmed_past_the_trail() -> None:
    first, colleague = make_person(Role.COORDINATOR), make_person(Role.COORDINATOR)
    invite(first, make_institution(), "second@example.org", Role.COORDINATOR)
    found = re.search(r"/invitation/([^/]+)/", Message.objects.latest("pk").text)
    assert found
    held = accept(found.group(1), "Second", PASSWORD).memberships.get()
    for change in (
        {"role": Role.OPERATOR},
        {"user": colleague},
        {"institution": make_institution("mk-other")},
        {"confirmed": timezone.now()},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Membership.objects.filter(pk=held.pk).update(**change)
            connection.check_constraints()
    tamper(f"UPDATE people_membership SET confirmed = now() WHERE id = {held.pk}")
    assert f"membership:{held.pk}: it counts, and the trail does not say that anybody confirmed it" in list(
        problems()
    )
    tamper(f"UPDATE people_membership SET confirmed = NULL WHERE id = {held.pk}")
    confirm(colleague, Proposal.objects.about(held).get())
    connection.check_constraints()
    assert list(problems()) == []
    tamper(f"UPDATE people_membership SET role = 'operator' WHERE id = {held.pk}")
    assert f"membership:{held.pk}: the trail grants another role, or to somebody else" in list(problems())


def test_nobody_becomes_a_superuser_or_gets_another_address_past_the_trail() -> None:
    operator, person, leaving = make_person(Role.OPERATOR), make_person(Role.DRAFTER), make_person()
    make_nameless(operator, leaving)
    connection.check_constraints()
    assert list(problems()) == []
    row, nobody = User.objects.filter(pk=person.pk), f"{person.actor}{NOBODY}"
    for change in ({"is_superuser": True}, {"email": "other@example.org"}, {"email": nobody}):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**change)
            connection.check_constraints()
    tamper(f"UPDATE people_user SET is_superuser = TRUE, email = 'x@example.org' WHERE id = {person.pk}")
    assert list(problems()) == [
        f"user:{person.pk}: it is a superuser, which Kodeks makes nobody",
        f"user:{person.pk}: the trail tells of another address",
    ]
