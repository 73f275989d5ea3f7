"""A Serbian text in review."""

from __future__ import annotations

import pytest

from tests.support.reviews import Serbia
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review

STAGES = [{"kind": "consultation"}, {"kind": "coordination"}, {"kind": "sign_off"}, {"kind": "adoption"}]


@pytest.fixture
def serbia(db: None) -> Serbia:
    return Serbia()


@pytest.fixture
def review(serbia: Serbia) -> Review:
    procedure = Procedure.objects.create(key="rs-own", name="Own", stages=STAGES)
    asked = Plan(tuple(Respondent(one) for one in serbia.ministries))
    return start_review(serbia.coordinator, serbia.draft, procedure, [asked, Plan(), asked, Plan()])
