"""The first person of a new Kodeks."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from people.access import has_role, keys
from people.models import Institution, User
from people.roles import Role

pytestmark = pytest.mark.django_db

WHO = ["op@test.example", "--name=Op", "--country=mk", "--institution=mk-it", "--institution-name=IT"]


def test_an_empty_kodeks_gets_its_first_operator(client):
    call_command("add_operator", *WHO, "--password=a long password of words")
    user = User.objects.get(email="op@test.example")
    assert has_role(user, Role.OPERATOR, Institution.objects.get(key="mk-it"))
    assert keys(user) == {"pub"} and not user.is_superuser
    assert client.login(username="op@test.example", password="a long password of words")
    assert client.get("/en/people/invite/").status_code == 200


def test_it_can_be_said_twice():
    for _ in range(2):
        call_command("add_operator", *WHO, "--password=a long password of words")
    assert User.objects.get().memberships.count() == 1


def test_a_weak_password_is_refused():
    with pytest.raises(CommandError):
        call_command("add_operator", *WHO, "--password=short")
    assert not User.objects.exists()
