"""Run by test_votes_at_once.py on a PostgreSQL database of its own: two coordinators record corrigenda at one
moment, the same one and two of the same words. Prints what came of it."""

from __future__ import annotations

import json
from datetime import date
from uuid import UUID

from tests.support.workflows.votes_at_once import at_once  # it sets Django up

from audit.verify import problems  # isort: skip
from documents.actions.record_corrigendum import propose, record, take_back  # isort: skip
from documents.models import Corrigendum, CorrigendumAct  # isort: skip
from people.roles import Role  # isort: skip

# isort: skip
from tests.support.factories import make_act, make_in_force, make_institution, make_person, make_tree

ROUNDS = 8
DAY = date(2024, 2, 1)
ACTS = [make_act(date=date(2024, 1, 20))]


def main() -> None:
    owner = make_institution()
    drafter = make_person(Role.DRAFTER, owner)
    first, second = (make_person(Role.COORDINATOR, owner) for _ in range(2))
    same: list[list[str]] = []
    rivals: list[list[str]] = []
    for number in range(ROUNDS):
        tree = make_tree(sections=((1, "Рок", "Рокот е триесет дена."), (1, "Цел", "Целта е јасна.")))
        edition = make_in_force(slug=f"text-{number}", owner=owner, tree=tree)
        uid, other = UUID(tree.sections[0].uid), UUID(tree.sections[1].uid)
        one = propose(drafter, edition, uid, "mk", "триесет", "три", "A slip.")
        rival = propose(drafter, edition, uid, "mk", "триесет дена", "три дена", "A slip.")
        two = propose(drafter, edition, other, "mk", "јасна", "кратка", "A slip.")
        same.append(
            sorted(
                at_once(
                    lambda two=two: record(first, two, ACTS, DAY),  # type: ignore[misc]
                    lambda two=two: take_back(second, two),  # type: ignore[misc]
                )
            )
        )
        rivals.append(
            sorted(
                at_once(
                    lambda one=one: record(first, one, ACTS, DAY),  # type: ignore[misc]
                    lambda rival=rival: record(second, rival, ACTS, DAY),  # type: ignore[misc]
                )
            )
        )
    recorded = Corrigendum.objects.recorded()
    numbers = [
        list(recorded.filter(edition__instrument__slug=f"text-{number}").values_list("number", flat=True))
        for number in range(ROUNDS)
    ]
    came = {
        "same": same,
        "rivals": rivals,
        "numbers": numbers,
        "acts": CorrigendumAct.objects.count() - recorded.count(),
        "wrong": list(problems()),
    }
    print(json.dumps(came))
