"""What several test files of workflows begin with: kept stages."""

from __future__ import annotations

from tests.support.reviews import Cast
from workflows.actions.start_review import Asked, Plan, start_review
from workflows.models import Procedure, Review

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
        (Asked(cast.interior, cast.goran),),
        (Asked(cast.justice, cast.teuta),),
        (Asked(cast.social, cast.biljana),),
    )
    plans = [Plan(interior), Plan(justice), Plan(social), Plan(), Plan(interior), Plan()]
    return start_review(cast.coordinator, cast.edition, procedure, plans, at)
