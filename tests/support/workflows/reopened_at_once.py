"""Run by test_votes_at_once.py on a PostgreSQL database of its own: a text is reopened while its reviewers
sign it off. Prints what came of it, round by round."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.support.workflows import votes_at_once as before  # it sets Django up

from django.utils import timezone  # isort: skip

from documents.models import Edition  # isort: skip
from people.models import Institution  # isort: skip
from people.roles import Role  # isort: skip
from tests.support.reviews import make_cast, person, seat_of  # isort: skip
from workflows.actions.remind import extend_deadline  # isort: skip
from workflows.actions.reopen import reopen  # isort: skip
from workflows.actions.start_review import Asked, Plan, start_review  # isort: skip
from workflows.models import SignOff  # isort: skip

ROUNDS = 6
MANY = 8


def main() -> None:
    cast = make_cast()
    asked = []
    for number in range(MANY):
        body = Institution.objects.create(
            key=f"mk-body{number}", country=cast.country, name_en=f"Body {number}"
        )
        asked.append(Asked(body, person(f"Body{number}", body, Role.REVIEWER)))
    said: list[list[str]] = []
    for _ in range(ROUNDS):
        edition = Edition.objects.get(pk=cast.edition.pk)
        plans = [Plan(tuple(asked)), Plan((Asked(cast.justice),)), Plan()]
        review = start_review(cast.coordinator, edition, cast.procedure, plans)
        stage = review.stages.get(order=1)
        later = timezone.localdate() + timedelta(days=90)
        votes = [before.vote(one.person, seat_of(review, one.institution)) for one in asked if one.person]
        said.append(
            before.at_once(
                *votes[: MANY // 2],
                lambda review=review: reopen(cast.coordinator, review, "Once more."),  # type: ignore[misc]
                lambda stage=stage, later=later: extend_deadline(cast.coordinator, stage, later, "Time."),  # type: ignore[misc]
                *votes[MANY // 2 :],
            )
        )
    left = SignOff.objects.filter(voided_at__isnull=True).count()
    print(json.dumps({"said": said, "left": left, "state": Edition.objects.get(pk=cast.edition.pk).state}))
