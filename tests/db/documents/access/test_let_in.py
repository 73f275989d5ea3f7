"""Whom the classification lets in, and what that asks of the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from documents.choices import Classification
from documents.models.instruments import OPEN_TO_ALL, let_in
from people.roles import Role
from tests.support.factories import make_in_force, make_institution, make_person, narrow

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("classification", OPEN_TO_ALL)
def test_nobodys_rights_are_looked_up_where_everybody_may_read(
    classification: str, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    instrument = make_in_force(classification=classification).instrument
    person = make_person(Role.REVIEWER, make_institution("al-interior"))
    with django_assert_num_queries(1):
        assert let_in(person, instrument)


def test_what_was_tightened_since_lets_nobody_in_who_has_no_right() -> None:
    instrument = make_in_force().instrument
    inside, outside = (
        make_person(Role.DRAFTER, instrument.owner),
        make_person(Role.REVIEWER, make_institution("al-interior")),
    )
    narrow(Classification.TLP_AMBER_STRICT, instrument)
    assert let_in(inside, instrument) and not let_in(outside, instrument)
