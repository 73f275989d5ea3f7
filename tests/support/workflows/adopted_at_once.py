"""Run by test_votes_at_once.py on a PostgreSQL database of its own: texts come into force while their
classification is changed. Prints what came of it."""

from __future__ import annotations

import json
from datetime import date

from tests.support.workflows.votes_at_once import at_once  # it sets Django up

from documents.actions.classify import change_classification  # isort: skip
from documents.actions.classify import confirm as confirm_opening  # isort: skip
from documents.actions.record_prior_adoption import confirm, propose  # isort: skip
from documents.choices import Classification  # isort: skip
from documents.models import Edition  # isort: skip
from people.roles import Role  # isort: skip
from tests.support.factories import make_act, make_draft, make_institution, make_person  # isort: skip

ROUNDS = 20


def main() -> None:
    owner = make_institution()
    first, second, third = (make_person(Role.COORDINATOR, owner) for _ in range(3))
    said: list[str] = []
    for number in range(ROUNDS):
        draft = make_draft(slug=f"text-{number}", owner=owner, by=first, classification=Classification.PUBLIC)
        prior = propose(first, draft, make_act(), date(2024, 1, 1))
        said += at_once(
            lambda prior=prior: confirm(second, prior),  # type: ignore[misc]
            lambda draft=draft: change_classification(  # type: ignore[misc]
                third, draft.instrument, Classification.OFFICIAL, "Not for everybody."
            ),
        )
    opened: list[list[str]] = []
    for number in range(ROUNDS // 4):
        draft = make_draft(
            slug=f"closed-{number}", owner=owner, by=first, classification=Classification.OFFICIAL
        )
        proposal = change_classification(first, draft.instrument, Classification.PUBLIC, "To be read.")
        assert proposal is not None
        opened.append(
            at_once(
                lambda proposal=proposal: confirm_opening(second, proposal),  # type: ignore[misc]
                lambda draft=draft: change_classification(  # type: ignore[misc]
                    third, draft.instrument, Classification.TLP_AMBER_STRICT, "Not for everybody."
                ),
            )
        )
    states = (
        Edition.objects.filter(instrument__slug__startswith="text")
        .values_list("state", "instrument__classification")
        .distinct()
        .order_by()
    )
    print(json.dumps({"said": said, "opened": opened, "states": [list(pair) for pair in states]}))
