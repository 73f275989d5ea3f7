"""A record that contradicts itself does not hold, however it is sealed anew."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from documents.actions import record_corrigendum
from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition, Section
from tests.support.records import exports, institutions, last, make_adopted, sealed, sign_for, stages
from tests.support.reviews import Cast, act, make_cast, seat_in, seat_of, sign, two_at_once
from workflows.actions.end_coordination import end_coordination
from workflows.actions.restart import restart
from workflows.actions.start_review import start_review
from workflows.models import Procedure, Review, Stage
from workflows.record.build import build
from workflows.record.format import as_bytes
from workflows.record.verify import problems
from workflows.reminders.deadlines import take_silence_as_assent

Change = Callable[[Any], object]
Filed = tuple[bytes, list[bytes]]
FAR, LONG_AGO, OTHER = "2099-01-01T00:00:00+00:00", "2001-01-01T00:00:00+00:00", "0" * 64


def file(edition: Edition) -> Filed:
    return as_bytes(build(edition)), exports(edition)


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Filed:
    """The record and texts of an edition of two rounds, of which two slips were mended."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        edition = make_adopted(cast, cast.start())
        uid = UUID(str(Section.objects.filter(edition=edition).order_by("position")[0].uid))
        for wrong, right in (("24 часа", "48 часа"), ("Социјалниот", "Стручниот")):
            slip = record_corrigendum.propose_corrigendum(
                cast.drafter, edition, uid, "mk", wrong, right, "Slip."
            )
            record_corrigendum.record(cast.coordinator, slip, [act(number=right)], date(2026, 2, 4))
        made = file(edition)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def filed_again(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Filed:
    """The same of a review that was restarted after its first stage."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        review = cast.start()
        sign_for(cast, review, cast.goran)
        sign_for(cast, review, cast.biljana)
        second = restart(cast.coordinator, Review.objects.get(pk=review.pk), 2, "Once more.")
        sign_for(cast, second, cast.teuta)
        adopt_edition(cast.coordinator, Edition.objects.get(pk=cast.edition.pk), [act()], date(2026, 1, 20))
        made = file(Edition.objects.select_related("instrument").get(pk=cast.edition.pk))
        transaction.set_rollback(True)
    return made


def found(filed: Filed, change: Change, schema: str = "kodeks-approval/3") -> str:
    record = json.loads(filed[0])
    change(record)
    if schema != record["schema"]:
        record["schema"] = schema
        for one in record["rounds"]:
            del one["procedure_stages"]
            del one["manifest"]["made_by"]
    return "\n".join(problems(sealed(record), filed[1]))


def vote(record: Any) -> Any:
    return institutions(record)[0]["sign_offs"][0]


def before(record: Any) -> Any:
    return record["rounds"][0]


def old_vote(record: Any) -> Any:
    return next(one for seat in before(record)["stages"][0]["institutions"] for one in seat["sign_offs"])


def silent(record: Any, at: str | None = None, allowed: bool = True) -> None:
    """All institutions of the first stage were taken as silent."""
    stage = stages(record)[0]
    for seat in stage["institutions"]:
        seat.update(sign_offs=[], silence_taken_as_assent=at or stage["closed"])
    if allowed:
        last(record)["procedure_stages"][0]["silence"] = "assent"


def translation(record: Any) -> Any:
    return record["edition"]["courtesy"][0]


def checked(record: Any, **other: object) -> Any:
    one = {"agrees": True, "sha256": translation(record)["sha256"], "person": last(record)["submitted_by"]}
    return one | {"institution": "mk-interior", "at": "2026-01-01T00:00:00+00:00", "remarks": ""} | other


def second_number(record: Any, **other: object) -> None:
    one = copy.deepcopy(translation(record))
    one |= {"number": 2, "finished": FAR, "checks": [checked(record)]}
    one["submitted_by"] = {"id": "another", "name": "Another"}
    record["edition"]["courtesy"].insert(1, one | other)


def slip(record: Any) -> Any:
    return record["corrigenda"][0]


OF_RECORD: dict[str, tuple[Change, str]] = {
    "another number": (lambda r: r["edition"].update(number=9), "the edition's hash does not come"),
    "no act": (lambda r: r["acts"].clear(), "no act adopted it"),
    "act of another text": (lambda r: r["acts"][0].update(edition_sha256=OTHER), "adopted another text"),
    "act that covers nothing": (lambda r: [a.update(covers={}) for a in r["acts"]], "no act covers the text"),
    "in force before its act": (lambda r: r["edition"].update(valid_from=None), "is of a day after the text"),
    "no entry of the trail": (lambda r: r.update(audit=None), "it names no entry of the audit trail"),
    "no rounds": (lambda r: r["rounds"].clear(), "it was adopted without a review"),
    "rounds out of order": (lambda r: r["rounds"].append({**last(r), "round": 9}), "rounds do not follow"),
    "not given up": (lambda r: before(r).update(state="running"), "it was not given up"),
    "not done": (lambda r: last(r).update(state="voided"), "was not brought to its end"),
    "round before the one before": (lambda r: last(r).update(started=LONG_AGO), "does not follow the one"),
    "hashed after its end": (lambda r: last(r)["manifest"].update(made=FAR), "or after its end"),
    "hashed long before": (lambda r: last(r)["manifest"].update(made=LONG_AGO), "was hashed before it began"),
    "another manifest": (lambda r: last(r)["manifest"].update(sha256=OTHER), "does not come from its"),
    "no end": (lambda r: last(r).update(ended=None), "it has ended and does not say when"),
    "ended after the adoption": (lambda r: last(r).update(ended=FAR), "it does not end with an adoption"),
    "no adoption": (lambda r: stages(r)[-1].update(closed=None), "does not end with an adoption"),
    "nobody signed": (lambda r: [s.update(kind="coordination") for s in stages(r)], "nobody was asked to"),
    "stages of no procedure": (lambda r: stages(r).pop(0), "its stages are not those of its procedure"),
    "stages out of order": (lambda r: stages(r)[0].update(order=3), "its stages do not follow each other"),
    "another quorum": (lambda r: stages(r)[0].update(quorum="any"), "is not as its procedure says"),
    "no quorum": (lambda r: stages(r)[0].update(quorum="0"), "lacks something"),
    "an open text": (lambda r: stages(r)[0].update(locked=False), "is not as its procedure says"),
    "fewer asked": (lambda r: last(r)["procedure_stages"][0].update(least=3), "fewer institutions were"),
    "opened before its turn": (lambda r: stages(r)[1].update(opened=LONG_AGO), "it was opened before its"),
    "opened before its round": (lambda r: stages(r)[0].update(opened=LONG_AGO), "it was opened before its"),
    "no deadline": (lambda r: stages(r)[0].update(due=None), "it has no deadline"),
    "deadline before it was opened": (lambda r: stages(r)[0].update(due=LONG_AGO), "it has no deadline, or"),
    "ended after its round": (lambda r: stages(r)[0].update(closed=FAR), "or after its round"),
    "not passed": (lambda r: stages(r)[0].update(outcome="failed"), "it was not passed"),
    "nobody asked": (lambda r: institutions(r).clear(), "nobody was asked"),
    "institutions in the adoption": (
        lambda r: stages(r)[-1].update(institutions=institutions(r)),
        "nobody is asked there",
    ),
    "two votes of one": (lambda r: institutions(r).append(institutions(r)[0]), "more than one vote"),
    "two answers of one": (
        lambda r: institutions(r)[0]["sign_offs"].append(vote(r)),
        "has more than one vote",
    ),
    "one missing": (lambda r: institutions(r)[0]["sign_offs"].clear(), "do not come to its quorum"),
    "a return": (lambda r: vote(r).update(answer="return", reason="No."), "do not come to its quorum"),
    "given up and passed": (lambda r: before(r)["stages"][0].update(outcome="passed"), "do not come to its"),
    "without a reason": (lambda r: vote(r).update(answer="agree_with_remarks", reason=" "), "has no reason"),
    "another text": (lambda r: vote(r).update(text_sha256=OTHER), "is bound to another text"),
    "other languages": (lambda r: vote(r).update(covers={}), "covers other language versions"),
    "after its stage": (lambda r: vote(r).update(at=FAR), "while it was not open"),
    "before its stage": (lambda r: old_vote(r).update(at=LONG_AGO), "while it was not open"),
    "voided in the last round": (lambda r: vote(r).update(voided=FAR), "counts is not as the round ended"),
    "counts in a round given up": (lambda r: old_vote(r).update(voided=None), "counts is not as the round"),
    "voided before it was given": (lambda r: old_vote(r).update(voided=LONG_AGO), "before it was given"),
    "by who submitted": (
        lambda r: vote(r)["person"].update(id=last(r)["submitted_by"]["id"]),
        "was answered for by who submitted the text",
    ),
    "one person for two": (
        lambda r: institutions(r)[1]["sign_offs"][0].update(instead_of=vote(r)["person"]),
        "and for another institution",
    ),
    "silence that means nothing": (lambda r: silent(r, allowed=False), "takes no silence as assent"),
    "silence before the deadline": (silent, "was taken as silent before its deadline"),
    "silence after the end": (lambda r: silent(r, FAR), "or after it had ended"),
    "a number left out": (lambda r: second_number(r, number=3), "3 is not the next number"),
    "never finished": (lambda r: second_number(r, finished=None), "does not say when it was finished"),
    "checked by nobody": (lambda r: second_number(r, checks=[]), "no second person checked it"),
    "checked after its end": (
        lambda r: second_number(r, finished=LONG_AGO),
        "its checks do not come before its end",
    ),
    "another title": (lambda r: r["instrument"]["titles"].update(mk="Друг"), "differ on its title"),
    "other words mended": (lambda r: slip(r).update(words="96 часа"), "its hash, or the one that its act"),
    "number of a corrigendum": (lambda r: slip(r).update(number=2), "it does not follow the one before it"),
    "a corrigendum without act": (lambda r: slip(r)["acts"].clear(), "no act adopted it"),
    "proposed and recorded by one": (
        lambda r: slip(r).update(recorded_by=slip(r)["proposed_by"]),
        "one person proposed and recorded it",
    ),
    "recorded before it was proposed": (lambda r: slip(r).update(recorded=LONG_AGO), "its moments do not"),
    "another signed file": (lambda r: r["acts"][0].update(signed_file_sha256=OTHER), "its acts are not"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "problem"), OF_RECORD.values(), ids=OF_RECORD)
def test_what_contradicts_itself_is_found(filed: Filed, change: Change, problem: str) -> None:
    assert found(filed, lambda r: None) == ""
    try:
        assert problem in found(filed, change)
    except ValueError as refused:
        assert problem in str(refused)


def source(record: Any) -> Any:
    return before(record)["stages"][0]


NOT_IT, NOT_PASSED = "it is not the stage that it is kept from", "kept from a stage that had not been passed"
NOWHERE = "it is kept from a stage that it can't be kept from"
OF_KEPT: dict[str, tuple[Change, str]] = {
    "another deadline": (lambda r: source(r).update(due=FAR), NOT_IT),
    "not passed": (lambda r: [s.update(outcome="voided") for s in (source(r), stages(r)[0])], NOT_PASSED),
    "ended after it": (lambda r: [s.update(closed=FAR) for s in (source(r), stages(r)[0])], NOT_PASSED),
    "never ended": (lambda r: source(r).update(closed=None), NOT_PASSED),
    "own answers": (
        lambda r: stages(r)[0].update(institutions=copy.deepcopy(source(r)["institutions"])),
        NOWHERE,
    ),
    "another place": (lambda r: stages(r)[0]["kept_from"].update(order=2), NOWHERE),
    "its own round": (lambda r: stages(r)[0]["kept_from"].update(round=2), NOWHERE),
    "answered by who submitted": (
        lambda r: old_vote(r).update(person=last(r)["submitted_by"]),
        "round 2, stage 1",
    ),
    "an answer less": (lambda r: source(r)["institutions"][1]["sign_offs"].clear(), "do not come to its"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "problem"), OF_KEPT.values(), ids=OF_KEPT)
def test_a_kept_stage_that_contradicts_its_record_is_found(
    filed_again: Filed, change: Change, problem: str
) -> None:
    assert found(filed_again, lambda r: None) == ""
    assert problem in found(filed_again, change)


@pytest.mark.django_db
def test_records_of_an_earlier_number_are_checked_by_what_they_say(filed: Filed, filed_again: Filed) -> None:
    of = "kodeks-approval/2"
    for one in (filed, filed_again):
        assert found(one, lambda r: None, of) == ""
    for change, problem in (OF_RECORD["silence after the end"], OF_RECORD["another text"]):
        assert problem in found(filed, change, of)
    for change, problem in (OF_KEPT["never ended"], OF_KEPT["own answers"]):
        assert problem in found(filed_again, change, of)


@pytest.mark.django_db
def test_a_translation_that_was_checked_holds(filed: Filed) -> None:
    assert found(filed, second_number) == ""


def test_silence_after_the_deadline_holds(cast: Cast) -> None:
    kinds: list[dict[str, object]] = [
        {"kind": "sign_off", "silence": "assent"},
        {"kind": "opinion"},
        {"kind": "adoption"},
    ]
    own = Procedure.objects.create(key="mk-own", name="Own", stages=kinds)
    review = start_review(cast.coordinator, cast.edition, own, cast.plans())
    Stage.objects.filter(review=review, order=1).update(due=F("opened"))
    assert len(take_silence_as_assent()) == 2
    review = Review.objects.get(pk=review.pk)
    sign(cast.teuta, seat_of(review, cast.justice))
    adopt_edition(cast.coordinator, review.edition, [act()], date(2026, 1, 20))
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    assert found(file(edition), lambda r: None) == ""


def test_a_round_that_keeps_stages_of_the_one_before_holds(cast: Cast) -> None:
    """Restarted while its stages ran at the same time, one of which had passed; and after that from a later
    stage."""
    first = two_at_once(cast, "opinion")
    sign(cast.goran, seat_of(first, cast.interior))
    again = restart(cast.coordinator, first, 2, "Justice must look once more.")
    sign(cast.teuta, seat_in(again, 2, cast.justice))
    end_coordination(cast.coordinator, again.stages.get(order=3))
    third = restart(cast.coordinator, Review.objects.get(pk=again.pk), 4, "Another person must be asked.")
    sign(cast.biljana, seat_in(third, 4, cast.social))
    third.edition.refresh_from_db()
    adopt_edition(cast.coordinator, third.edition, [act()], date(2026, 1, 20))
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    assert found(file(edition), lambda r: None) == ""
    assert stages(json.loads(file(edition)[0]))[0]["kept_from"] == {"round": 1, "order": 1}
