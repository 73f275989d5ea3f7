"""The words of the trail: what was refused is named too, and Kodeks in the letters of the page."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

import audit
from audit import verbs
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient, squeeze

ROOMS = ("documents", "workflows", "search", "site")
WRITERS = {"record", "record_hourly", "refused", "record_refusals"}


def recorded_verbs() -> Iterator[str]:
    """The verbs that the code gives to the trail word for word."""
    for room in ROOMS:
        for path in (settings.ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in WRITERS and isinstance(node.args[0].value, str):
                        yield node.args[0].value


def test_every_verb_has_words() -> None:
    told = set(recorded_verbs())
    assert {"end_coordination", "save_section", "confirm_hotline"} <= told
    assert not {verb for verb in told if verb not in verbs.VERBS}


@pytest.mark.django_db
def test_kodeks_is_called_as_on_the_rest_of_the_page() -> None:
    client = PageClient()
    client.force_login(make_person(Role.OPERATOR, make_institution("mk-operator")))
    audit.record("enter_into_force", "audit", None)
    assert "<b>Кодекс</b>" in squeeze(client.get("/mk/audit/").content.decode())


@pytest.mark.django_db
def test_a_filter_that_is_refused_saves_nothing_anyway() -> None:
    client = PageClient()
    client.force_login(make_person(Role.OPERATOR, make_institution("mk-operator")))
    said = client.get("/en/audit/?since=xx").content.decode()
    assert "There is a problem" in said and "Nothing was saved" not in said
