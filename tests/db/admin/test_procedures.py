"""Procedures in the admin: looked at by coordinators, changed by nobody there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from people.roles import Role
from tests.support.factories import make_country
from workflows.models import Procedure

SignIn = Callable[..., Client]


def test_a_coordinator_sees_the_shared_ones_and_their_own(sign_in: SignIn) -> None:
    for code in ("mk", "rs"):
        Procedure.objects.create(
            key=f"{code}-own",
            name=f"Own of {code}",
            country=make_country(code),
            stages=[{"kind": "sign_off"}],
        )
    browser = sign_in(Role.COORDINATOR)
    page = browser.get("/admin/kodeks/procedures/").content.decode()
    assert "Urgent revision" in page and "Own of mk" in page and "Own of rs" not in page
    urgent = Procedure.objects.get(key="urgent")
    page = browser.get(f"/admin/kodeks/procedures/inspect/{urgent.pk}/").content.decode()
    assert "Legal opinion: Opinion, 3 working days" in page and "/desk/reviews/procedures/" in page
    assert "All countries" in page and "w-header-button" in page
    other = Procedure.objects.get(key="rs-own")
    assert browser.get(f"/admin/kodeks/procedures/inspect/{other.pk}/").status_code == 404
    for path in (f"edit/{urgent.pk}/", f"delete/{urgent.pk}/", "new/"):
        assert browser.get(f"/admin/kodeks/procedures/{path}").status_code == 404


def test_a_shared_one_says_which_countries_use_their_own(sign_in: SignIn) -> None:
    urgent = Procedure.objects.get(key="urgent")
    Procedure.objects.create(
        key="mk-urgent", name=urgent.name, country=make_country("mk"), stages=urgent.stages
    )
    browser = sign_in(Role.COORDINATOR)
    page = browser.get("/admin/kodeks/procedures/").content.decode()
    country = str(make_country("mk"))
    assert page.count(f"All countries except those with their own: {country}") == 1
    page = browser.get(f"/admin/kodeks/procedures/inspect/{urgent.pk}/").content.decode()
    assert f"All countries except those with their own: {country}" in page
    assert "Yes" in page and ">True<" not in "".join(page.split())


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PUBLISHER])
def test_others_of_the_admin_see_none(sign_in: SignIn, role: Role) -> None:
    browser = sign_in(role, is_superuser=role == Role.OPERATOR)
    answer = browser.get("/admin/kodeks/procedures/")
    assert answer.status_code != 200 or "Urgent revision" not in answer.content.decode()
