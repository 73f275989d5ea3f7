"""Confirming a number or a record of the public site asks for a second factor of the last hour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache

from directory.actions.change_record import change_record
from directory.models import Service
from people.roles import Role
from public.actions.change_hotline import change_hotline
from public.models import Hotline
from tests.support.admin.campaigns import a_number
from tests.support.directory.records import make_organisation, make_service
from tests.support.sign_in import code_of, give_app

SignIn = Callable[..., Any]


def a_changed_number(by: Any) -> str:
    line = a_number()
    line.number = line.tel = "0800111"
    change = change_hotline(by, line)
    assert change is not None
    return f"/admin/numbers/{change.pk}/decide/"


def a_changed_service(by: Any) -> str:
    service = make_service(make_organisation())
    service.number = service.tel = "0800111"
    change = change_record(by, service)
    assert change is not None
    return f"/en/proposals/{change.pk}/"


@pytest.mark.parametrize(("make", "model"), [(a_changed_number, Hotline), (a_changed_service, Service)])
def test_a_factor_of_this_morning_confirms_nothing(
    sign_in: SignIn, make: Callable[[Any], str], model: type[Hotline | Service]
) -> None:
    cache.clear()  # the codes that were used
    first, second = sign_in(Role.PUBLISHER), sign_in(Role.PUBLISHER)
    decide = make(first.person)
    give_app(second.person)
    session = second.session
    session["account_authentication_methods"][0]["at"] -= 11 * 3600
    session.save()
    assert second.get(decide).status_code == 200
    asked = second.post(decide, {"decision": "confirm"})
    assert asked["Location"] == f"/en/account/confirm/code/?next={quote(decide, safe='')}"
    assert model._default_manager.get().tel != "0800111"
    given = {"code": code_of(second.person), "next": decide}
    assert second.post(asked["Location"], given)["Location"] == decide
    assert second.get(decide).status_code == 302
    assert model._default_manager.get().tel == "0800111"
