"""The words of the trail: what was refused is named too, and Kodeks in the letters of the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import audit
import workflows
from audit import verbs
from people.roles import Role
from tests.support.factories import make_institution, make_person
from tests.support.html import PageClient, squeeze


def test_what_is_refused_has_words_too() -> None:
    told = set()
    for path in Path(workflows.__file__).parent.rglob("*.py"):
        told |= set(re.findall(r'(?:with refusals|record_refusals)\("(\w+)"', path.read_text()))
    assert "end_coordination" in told and not {verb for verb in told if verbs.label(verb) == verb}


@pytest.mark.django_db
def test_kodeks_is_called_as_on_the_rest_of_the_page() -> None:
    client = PageClient()
    client.force_login(make_person(Role.OPERATOR, make_institution("mk-operator")))
    audit.record("enter_into_force", "audit", None)
    assert "<td>Кодекс</td>" in squeeze(client.get("/mk/audit/").content.decode())


@pytest.mark.django_db
def test_a_filter_that_is_refused_saves_nothing_anyway() -> None:
    client = PageClient()
    client.force_login(make_person(Role.OPERATOR, make_institution("mk-operator")))
    said = client.get("/en/audit/?since=xx").content.decode()
    assert "There is a problem" in said and "Nothing was saved" not in said
