"""A stage that the last round of an approval record keeps is held like any other: `kodeks verify` looks at where it was asked."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition
from tests.support.reviews import act, make_cast, seat_of
from tests.workflows.test_record import again, exports, last, sign, stages
from workflows.actions.restart import restart
from workflows.models import Review
from workflows.record.build import build
from workflows.record.check import as_bytes, problems

pytestmark = pytest.mark.django_db
Filed = tuple[bytes, list[bytes]]


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Filed:
    """The record of an edition whose review was restarted after its first stage, and the files of its texts."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        review = cast.start()
        sign(cast, review, cast.goran)
        sign(cast, review, cast.biljana)
        second = restart(cast.coordinator, Review.objects.get(pk=review.pk), 2, "Once more.")
        sign(cast, second, cast.teuta)
        assert not second.stages.get(order=1).seats.exists() and seat_of(second, cast.justice)
        adopt_edition(cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 1, 20))
        edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
        made = as_bytes(build(edition)), exports(edition)
        transaction.set_rollback(True)
    return made


def source(record: Any) -> Any:
    return record["rounds"][0]["stages"][0]


def own_answers(record: Any) -> None:
    stages(record)[0]["institutions"] = copy.deepcopy(source(record)["institutions"])
    for seat in stages(record)[0]["institutions"]:
        seat["sign_offs"][0]["answer"] = "return"


def weaker(record: Any) -> None:
    """One of two answered, where one was enough."""
    source(record)["quorum"] = record["rounds"][0]["procedure_stages"][0]["quorum"] = "any"
    source(record)["institutions"][1]["sign_offs"].clear()


def voided(record: Any) -> None:
    seat = source(record)["institutions"][0]["sign_offs"][0]
    seat.update(voided="2020-01-01T00:00:00+00:00", void_reason="x")


FAR = "2099-01-01T00:00:00+00:00"
LONG_AGO = "2020-01-01T00:00:00+00:00"
NOT_IT = "it is not the stage that it is kept from"
NOT_PASSED = "it is kept from a stage that had not been passed"
FORGED: dict[str, tuple[Callable[[Any], object], str]] = {
    "a weaker quorum": (weaker, NOT_IT),
    "too few asked": (
        lambda r: last(r)["procedure_stages"][0].update(least=3),
        "fewer institutions were asked than its procedure says",
    ),
    "not passed": (lambda r: source(r).update(outcome="voided"), NOT_PASSED),
    "not passed in either": (
        lambda r: (source(r).update(outcome="voided"), stages(r)[0].update(outcome="voided")),
        NOT_PASSED,
    ),
    "never ended": (lambda r: source(r).update(closed=None), NOT_PASSED),
    "never opened": (lambda r: source(r).update(opened=None), "opened before its round began"),
    "ended after it was kept": (
        lambda r: (source(r).update(closed=FAR), stages(r)[0].update(closed=FAR)),
        NOT_PASSED,
    ),
    "a round to come": (lambda r: r["rounds"][0].update(started=FAR), "opened before its round began"),
    "rounds out of turn": (
        lambda r: last(r).update(started=LONG_AGO),
        "does not follow the one before it in time",
    ),
    "another deadline": (lambda r: source(r).update(due=FAR), NOT_IT),
    "own answers": (own_answers, "it is kept, and asks institutions of its own"),
    "another place": (
        lambda r: stages(r)[0]["kept_from"].update(order=2),
        "it is kept from a stage that it can't be kept from",
    ),
    "nowhere": (
        lambda r: stages(r)[0]["kept_from"].update(order=9),
        "it is kept from a stage that it can't be kept from",
    ),
    "answered by who submitted": (
        lambda r: (
            r["rounds"][0].update(submitted_by={"id": "x", "name": "X"}),
            source(r)["institutions"][0]["sign_offs"][0].update(person=last(r)["submitted_by"]),
        ),
        "round 2: mk-interior was answered for by who submitted the text",
    ),
    "no longer counted before it was given": (voided, "no longer counted before it was given"),
    "an unknown answer": (
        lambda r: source(r)["institutions"][0]["sign_offs"][0].update(answer="Return"),
        "answer",
    ),
    "a deadline before it was opened": (
        lambda r: stages(r)[1].update(due=LONG_AGO),
        "its deadline was over before it was opened",
    ),
    "a round without its end": (lambda r: last(r).update(ended=None), "it has ended and does not say when"),
    "hashed after the end": (
        lambda r: last(r)["manifest"].update(made=FAR),
        "what was submitted was hashed after its end",
    ),
    "in force before its act": (
        lambda r: r["edition"].update(valid_from="1999-01-01"),
        "is of a day after the text came into force",
    ),
    "in force on no day": (
        lambda r: r["edition"].update(valid_from=None),
        "is of a day after the text came into force",
    ),
}


@pytest.mark.parametrize(("change", "problem"), FORGED.values(), ids=FORGED)
def test_a_kept_stage_that_contradicts_its_record_is_found(
    filed: Filed, change: Callable[[Any], object], problem: str
) -> None:
    record = json.loads(filed[0])
    assert list(problems(again(record), filed[1])) == []
    record = json.loads(filed[0])
    change(record)
    assert problem in "\n".join(problems(again(record), filed[1]))


def test_a_kept_stage_is_held_in_records_of_an_earlier_number_too(filed: Filed) -> None:
    def said(change: Callable[[Any], object]) -> str:
        record = json.loads(filed[0]) | {"schema": "kodeks-approval/2"}
        for one in record["rounds"]:
            del one["procedure_stages"]
            del one["manifest"]["made_by"]
        change(record)
        return "\n".join(problems(again(record), filed[1]))

    assert said(lambda r: None) == ""
    for name in ("never ended", "own answers"):
        assert FORGED[name][1] in said(FORGED[name][0])
    assert NOT_IT in said(lambda r: source(r).update(quorum="any"))
