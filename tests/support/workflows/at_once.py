"""Several people act in one moment. Each function is run in a process and on a PostgreSQL database of its own
(tests/support/workflows/forked.py) and prints what came of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from audit.verify import problems
from documents.actions import record_corrigendum
from documents.actions.classify import change_classification
from documents.actions.errors import ActionError
from documents.actions.record_prior_adoption import propose_prior
from documents.choices import Classification
from documents.models import Corrigendum, CorrigendumAct, Edition
from mail.models import Message
from people.models import Institution, User
from people.roles import Role
from proposals.actions.decide import confirm
from proposals.errors import Refused
from tests.support.factories import (
    make_act,
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
)
from tests.support.properties import examples
from tests.support.reviews import Cast, make_cast, person, seat_of
from workflows.actions.remind import extend_deadline
from workflows.actions.reopen import reopen
from workflows.actions.sign_off import sign_off
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Review, Seat, SignOff, Stage

ROUNDS = examples(8, least=2)
"""So often each moment is tried."""

Job = Callable[[], object]


def at_once(*jobs: Job) -> list[str]:
    """Runs the jobs in threads that begin together; gives what each came to."""
    ready = threading.Barrier(len(jobs))
    said = [""] * len(jobs)

    def run(place: int, job: Job) -> None:
        try:
            ready.wait(timeout=30)
            job()
            said[place] = "kept"
        except (ActionError, Refused) as refusal:
            said[place] = refusal.code
        except Exception as problem:  # whatever it is, the test must see it
            said[place] = repr(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return said


def vote(user: User, seat: Seat, choice: str = "agree") -> Job:
    sha256 = seat.stage.review.manifest.sha256
    return lambda: sign_off(user, seat, choice, "A reason.", sha256)


def bodies(cast: Cast, many: int) -> list[Respondent]:
    """As many institutions, each with a reviewer of its own."""
    found = []
    for number in range(many):
        name = f"Body{number}"
        body = Institution.objects.create(key=f"mk-{name.lower()}", country=cast.country, name_en=name)
        found.append(Respondent(body, person(name, body, Role.REVIEWER)))
    return found


def votes_of(review: Review, asked: list[Respondent]) -> list[Job]:
    return [vote(one.person, seat_of(review, one.institution)) for one in asked if one.person]


def votes() -> None:
    """Twenty institutions answer, then two people for one."""
    cast = make_cast()
    asked = bodies(cast, 20)
    colleague = person("Vera", cast.justice, Role.REVIEWER)
    plans = [Plan(tuple(asked)), Plan((Respondent(cast.justice),)), Plan()]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    many = at_once(*votes_of(review, asked))
    legal = seat_of(review, cast.justice)
    came = {
        "many": many,
        "votes": SignOff.objects.filter(seat__stage__order=1).count(),
        "asked_once": Message.objects.filter(template="asked", to=cast.teuta.email).count(),
        "two": sorted(at_once(vote(cast.teuta, legal), vote(colleague, legal))),
        "outcomes": list(Stage.objects.filter(review=review).values_list("outcome", flat=True)),
        "legal_votes": SignOff.objects.filter(seat=legal).count(),
        "passed_mails": Message.objects.filter(template="review_passed").count(),
    }
    print(json.dumps(came))


def reopened() -> None:
    """A text is reopened, and its deadline moved, while its reviewers sign."""
    cast = make_cast()
    asked, said = bodies(cast, 8), []
    for _ in range(ROUNDS):
        edition = Edition.objects.get(pk=cast.edition.pk)
        plans = [Plan(tuple(asked)), Plan((Respondent(cast.justice),)), Plan()]
        review = start_review(cast.coordinator, edition, cast.procedure, plans)
        stage, later = review.stages.get(order=1), timezone.localdate() + timedelta(days=90)
        others: list[Job] = [
            lambda review=review: reopen(cast.coordinator, review, "Once more."),  # type: ignore[misc]
            lambda stage=stage, later=later: extend_deadline(cast.coordinator, stage, later, "Time."),  # type: ignore[misc]
        ]
        own = votes_of(review, asked)
        said.append(at_once(*own[:4], *others, *own[4:]))
    left = SignOff.objects.filter(voided_at__isnull=True).count()
    print(json.dumps({"said": said, "left": left, "state": Edition.objects.get(pk=cast.edition.pk).state}))


def adopted() -> None:
    """Texts come into force, or are opened, while their classification is changed."""
    owner = make_institution()
    first, second, third = (make_person(Role.COORDINATOR, owner) for _ in range(3))
    said: list[str] = []
    opened: list[list[str]] = []
    for number in range(ROUNDS):
        draft = make_draft(slug=f"text-{number}", owner=owner, by=first, classification=Classification.PUBLIC)
        prior = propose_prior(first, draft, make_act(), date(2024, 1, 1))
        said += at_once(
            lambda prior=prior: confirm(second, prior),  # type: ignore[misc]
            lambda draft=draft: change_classification(third, draft.instrument, "official", "Not for all."),  # type: ignore[misc]
        )
    for number in range(ROUNDS):
        draft = make_draft(slug=f"closed-{number}", owner=owner, by=first, classification="official")
        proposal = change_classification(first, draft.instrument, Classification.PUBLIC, "To be read.")
        assert proposal is not None
        closing = (draft.instrument, Classification.TLP_AMBER_STRICT, "Not for all.")
        opened.append(
            at_once(
                lambda proposal=proposal: confirm(second, proposal),  # type: ignore[misc]
                lambda closing=closing: change_classification(third, *closing),  # type: ignore[misc]
            )
        )
    texts = Edition.objects.filter(instrument__slug__startswith="text").order_by()
    states = texts.values_list("state", "instrument__classification").distinct()
    print(json.dumps({"said": said, "opened": opened, "states": [list(pair) for pair in states]}))


def corrected() -> None:
    """Two coordinators record corrigenda: one that is taken back, and two of the same words."""
    owner, day, acts = make_institution(), date(2024, 2, 1), [make_act(date=date(2024, 1, 20))]
    drafter = make_person(Role.DRAFTER, owner)
    first, second = (make_person(Role.COORDINATOR, owner) for _ in range(2))
    same: list[list[str]] = []
    rivals: list[list[str]] = []
    for number in range(ROUNDS):
        tree = make_tree(sections=((1, "Рок", "Рокот е триесет дена."), (1, "Цел", "Целта е јасна.")))
        edition = make_in_force(slug=f"text-{number}", owner=owner, tree=tree)
        uid, other = (UUID(section.uid) for section in tree.sections)
        one, rival, two = (
            record_corrigendum.propose_corrigendum(drafter, edition, where, "mk", was, words, "A slip.")
            for where, was, words in (
                (uid, "триесет", "три"),
                (uid, "триесет дена", "три дена"),
                (other, "јасна", "кратка"),
            )
        )
        for came, jobs in (
            (same, [(first, two, True), (second, two, False)]),
            (rivals, [(first, one, True), (second, rival, True)]),
        ):
            came.append(sorted(at_once(*(_recording(*job, acts, day) for job in jobs))))
    recorded = Corrigendum.objects.recorded()
    numbers = [
        list(recorded.filter(edition__instrument__slug=f"text-{number}").values_list("number", flat=True))
        for number in range(ROUNDS)
    ]
    surplus = CorrigendumAct.objects.count() - recorded.count()
    wrong = list(problems())
    print(json.dumps({"same": same, "rivals": rivals, "numbers": numbers, "acts": surplus, "wrong": wrong}))


def _recording(by: User, one: Corrigendum, records: bool, acts: list[Any], day: date) -> Job:
    if records:
        return lambda: record_corrigendum.record(by, one, acts, day)
    return lambda: record_corrigendum.take_back(by, one)


def verified() -> None:
    """Somebody signs off while the trail is checked, after its entries were read and before the sign-offs."""
    cast = make_cast()
    review = cast.start()
    job = vote(cast.goran, seat_of(review, cast.interior))
    said: list[str] = []

    def meanwhile(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if 'FROM "workflows_signoff"' in sql and not said:
            said.extend(at_once(job))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        during = list(problems())
    found = {"said": said, "votes": SignOff.objects.count(), "during": during, "after": list(problems())}
    print(json.dumps(found))
