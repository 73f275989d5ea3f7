"""How often a page asks for a person's rights."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from people.access import has_role, keys
from people.middleware import LocalTimeMiddleware
from people.models import Membership, User
from people.roles import Role
from tests.support import factories

pytestmark = pytest.mark.django_db


def visit(method: str, person: User, page: Any) -> None:
    request: Any = RequestFactory().generic(method, "/")
    request.public, request.user = False, person
    assert LocalTimeMiddleware(page)(request).status_code == 200


def test_a_page_that_is_read_asks_once(django_assert_num_queries: Any) -> None:
    person = factories.make_person(Role.REVIEWER)

    def page(request: HttpRequest) -> HttpResponse:
        before = keys(person)
        with django_assert_num_queries(0):
            assert keys(person) == before and has_role(person, Role.REVIEWER)
        return HttpResponse()

    visit("GET", person, page)


def test_a_page_that_writes_sees_what_it_wrote() -> None:
    person = factories.make_person(Role.REVIEWER)

    def page(request: HttpRequest) -> HttpResponse:
        before = keys(person)
        Membership.objects.filter(user=person).update(ends=timezone.localdate())
        assert not has_role(person, Role.REVIEWER) and keys(person) != before
        return HttpResponse()

    visit("POST", person, page)
