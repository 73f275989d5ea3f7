"""People, groups, countries and institutions in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from audit.models import Entry
from config.admin.groups import set_permissions
from people.models import Country, Institution, Membership, User
from people.roles import Role
from tests.support.factories import make_person

SignIn = Callable[..., Client]


@pytest.mark.parametrize("rest", ["new/", "edit/{}/", "delete/{}/", "copy/{}/", "usage/{}/", "history/{}/"])
@pytest.mark.parametrize("where", ["users", "groups", "kodeks/memberships"])
def test_nobody_is_changed_here(sign_in: SignIn, where: str, rest: str) -> None:
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    key = {"users": User, "groups": Group, "kodeks/memberships": Membership}[where].objects.first().pk  # type: ignore[attr-defined]
    for answer in (
        browser.get(f"/admin/{where}/{rest.format(key)}"),
        browser.post(f"/admin/{where}/{rest.format(key)}"),
    ):
        assert answer.status_code == 404


@pytest.mark.parametrize("action", ["delete", "assign_role", "set_active_state"])
def test_people_are_not_changed_in_bulk(sign_in: SignIn, action: str) -> None:
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    other = make_person(Role.DRAFTER)
    operators = Group.objects.get(name="operator")
    data = {"mark_as_active": "False", "role": operators.pk}
    answer = browser.post(f"/admin/bulk/people/user/{action}/?id={other.pk}", data)
    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.is_active
    assert not other.groups.exists()


def test_people_are_listed_without_their_passwords(sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR)
    other = make_person(Role.DRAFTER, name="Марија")
    assert "Марија" in browser.get("/admin/users/").content.decode()
    page = browser.get(f"/admin/users/inspect/{other.pk}/").content.decode()
    assert other.email in page
    assert other.password not in page
    assert str(other.actor) not in page  # the trail's name for them stays unknown


def institution_data(**fields: Any) -> dict[str, Any]:
    return {"key": "mk-health", "country": "mk", "kind": "ministry", "name_en": "Ministry of Health"} | fields


def test_an_institution_is_added_and_edited_on_the_record(sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR)
    assert browser.post("/admin/kodeks/institutions/new/", institution_data()).status_code == 302
    found = Institution.objects.get(key="mk-health")
    edit = f"/admin/kodeks/institutions/edit/{found.pk}/"
    assert (
        browser.post(edit, {"kind": "agency", "name_en": "Agency", "country": "rs", "key": "x"}).status_code
        == 302
    )
    found.refresh_from_db()
    assert (found.name_en, found.kind) == ("Agency", "agency")
    assert (found.country_id, found.key) == ("mk", "mk-health")  # what rights hang on is set once
    trail = Entry.objects.filter(thing=f"institution:{found.pk}", verb="save_institution")
    assert [entry.actor for entry in trail] == [browser.person.actor] * 2  # type: ignore[attr-defined]


def test_an_institution_is_never_removed(sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR, is_superuser=True)
    key = Institution.objects.get().pk
    for rest in (f"delete/{key}/", f"usage/{key}/", f"copy/{key}/"):
        assert browser.post(f"/admin/kodeks/institutions/{rest}").status_code == 404


def test_others_add_none(sign_in: SignIn) -> None:
    for role in (Role.PUBLISHER, Role.COORDINATOR):
        answer = sign_in(role).post("/admin/kodeks/institutions/new/", institution_data())
        assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/")
    assert not Institution.objects.filter(key="mk-health").exists()


def test_a_country_keeps_its_code(sign_in: SignIn) -> None:
    browser = sign_in(Role.OPERATOR)
    data = {"code": "zz", "name_en": "Renamed", "languages": ["mk", "sq"], "time_zone": "Europe/Skopje"}
    assert browser.post("/admin/kodeks/countries/edit/mk/", data).status_code == 302
    assert not Country.objects.filter(pk="zz").exists()
    assert Country.objects.get(pk="mk").name_en == "Renamed"


def test_setting_the_groups_again_takes_back_what_was_added(db: None) -> None:
    from django.contrib.auth.models import Permission

    coordinators = Group.objects.get(name="coordinator")
    assert [found.codename for found in coordinators.permissions.all()] == ["access_admin"]
    coordinators.permissions.add(*Permission.objects.filter(codename="delete_page"))
    set_permissions()
    assert [found.codename for found in coordinators.permissions.all()] == ["access_admin"]
    assert not coordinators.page_permissions.exists()
    assert sorted(Group.objects.values_list("name", flat=True)) == ["coordinator", "operator", "publisher"]
