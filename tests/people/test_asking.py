"""A page that writes asks once for a person's rights, up to what it writes first."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from people.access import asking_once_until_written, has_role, keys
from people.middleware import LocalTimeMiddleware
from people.models import Membership, User
from people.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
committing = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person() -> User:
    return factories.make_person(Role.REVIEWER)


def end(person: User) -> None:
    Membership.objects.filter(user=person).update(ends=timezone.localdate())


def test_a_page_that_writes_asks_once_and_sees_what_it_wrote(
    person: User, django_assert_num_queries: Any
) -> None:
    def page(request: HttpRequest) -> HttpResponse:
        before = keys(person)
        with django_assert_num_queries(0):
            assert keys(person) == before and has_role(person, Role.REVIEWER)
        end(person)
        assert not has_role(person, Role.REVIEWER) and keys(person) != before
        return HttpResponse()

    request: Any = RequestFactory().post("/")
    request.public, request.user = False, person
    assert LocalTimeMiddleware(page)(request).status_code == 200


@committing
def test_who_began_a_transaction_asks_anew(person: User, django_assert_num_queries: Any) -> None:
    """Nothing is said to PostgreSQL where one begins."""
    with asking_once_until_written():
        assert has_role(person, Role.REVIEWER)
        with transaction.atomic(), django_assert_num_queries(1):
            assert has_role(person, Role.REVIEWER)


@committing
def test_what_was_taken_back_gave_no_right(person: User) -> None:
    """A right that a transaction gave and took back with the rest is not held after it."""
    end(person)
    with asking_once_until_written():
        assert not has_role(person, Role.REVIEWER)
        with transaction.atomic():
            Membership.objects.filter(user=person).update(ends=None)
            assert has_role(person, Role.REVIEWER)
            transaction.set_rollback(True)
        assert not has_role(person, Role.REVIEWER)


@pytest.mark.parametrize(
    ("sql", "asked"),
    [
        ("SELECT 1", 0),
        ("UPDATE people_user SET name = name", 1),
        ("SAVEPOINT one", 1),
        ("SELECT 1 FROM people_user FOR NO KEY UPDATE", 1),
        ("SELECT pg_advisory_xact_lock(1)", 1),
    ],
)
def test_each_statement_that_may_change_something_or_waits_ends_it(
    person: User, sql: str, asked: int, django_assert_num_queries: Any
) -> None:
    with asking_once_until_written():
        assert has_role(person, Role.REVIEWER)
        # Not told to the database: it is enough that it would be.
        with connection.execute_wrapper(lambda execute, *rest: None), connection.cursor() as cursor:
            cursor.execute(sql)
        with django_assert_num_queries(asked):
            assert has_role(person, Role.REVIEWER)
