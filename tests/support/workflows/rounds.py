"""Rounds of a review that several test files begin with, and what their pages are read and sent by."""

from __future__ import annotations

from typing import Any

import pytest

from people.models import User
from tests.support.reviews import Cast, open_review, page_of
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review

WAS = "Социјалниот работник ја проценува опасноста во рок од 24 часа."


NOW = "Во рок од 2 часа."


def room(user: User, review: Review, query: str = "?text=mk&view=whole") -> str:
    return page_of(user, f"/en/review/{review.pk}/{query}")


def as_sent(opened: Any) -> dict[str, str]:
    """What the form of a review sends as it was opened."""
    data = {"procedure": opened.context["procedure"].key}
    for stage in opened.context["stages"]:
        data[f"s{stage.order}-days"] = str(stage.days)
        if stage.due:
            data["due"] = stage.due.isoformat()
        for candidate in stage.candidates:
            data[f"s{stage.order}-p{candidate.institution.pk}"] = str(candidate.person or "")
            if candidate.chosen:
                data[f"s{stage.order}-i{candidate.institution.pk}"] = "on"
    return data


STAGES = [
    {"kind": "consultation"},
    {"kind": "opinion", "name": "The lawyers", "silence": "assent"},
    {"kind": "opinion", "name": "The money", "together": True},
    {"kind": "coordination"},
    {"kind": "sign_off"},
    {"kind": "adoption"},
]


def begin(cast: Cast, at: int = 1) -> Review:
    procedure, _ = Procedure.objects.get_or_create(key="mk-op", defaults={"name": "Op", "stages": STAGES})
    interior, justice, social = (
        (Respondent(cast.interior, cast.goran),),
        (Respondent(cast.justice, cast.teuta),),
        (Respondent(cast.social, cast.biljana),),
    )
    plans = [Plan(interior), Plan(justice), Plan(social), Plan(), Plan(interior), Plan()]
    return start_review(cast.coordinator, cast.edition, procedure, plans, at)


@pytest.fixture
def running(cast: Cast) -> Review:
    return open_review(cast)
