"""A record whose stages, votes or silence contradict the procedure that it carries, or its own moments, does not hold, however it is
sealed anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from pytest_django import DjangoDbBlocker

from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition
from tests.support.reviews import Cast, act, make_cast, seat_in, seat_of, sign, two_at_once
from tests.workflows.test_record import again, exports, institutions, last, make_adopted, stages
from workflows.actions.end_coordination import end_coordination
from workflows.actions.restart import restart
from workflows.actions.start_review import start_review
from workflows.models import Procedure, Review, Stage
from workflows.record.build import build
from workflows.record.check import as_bytes, problems
from workflows.reminders.deadlines import take_silence_as_assent

Change = Callable[[Any], object]


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[bytes, list[bytes]]:
    """The record of an adopted edition and the files of its texts: all that is asked of the site here."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        edition = make_adopted(cast, cast.start())
        made = as_bytes(build(edition)), exports(edition)
        transaction.set_rollback(True)
    return made


def found(edition: Edition, change: Change) -> str:
    return said((as_bytes(build(edition)), exports(edition)), change)


def said(filed: tuple[bytes, list[bytes]], change: Change, schema: str = "kodeks-approval/3") -> str:
    record = json.loads(filed[0])
    change(record)
    if schema != record["schema"]:
        record["schema"] = schema
        for one in record["rounds"]:
            del one["procedure_stages"]
            del one["manifest"]["made_by"]
    return "\n".join(problems(again(record), filed[1]))


def silent(record: Any, at: str | None) -> object:
    """Nobody answered in the first stage, and all were taken as silent at that moment (None: at its end)."""
    stage = stages(record)[0]
    for seat in stage["institutions"]:
        seat.update(sign_offs=[], silence_taken_as_assent=at or stage["closed"])
    return record


def coordinated(record: Any) -> None:
    """Every stage but the adoption asks nobody."""
    for stage in stages(record)[:-1]:
        stage.update(kind="coordination", institutions=[])


def left_out(record: Any) -> None:
    last(record).update(stages=[stages(record)[-1] | {"order": 1}])


def procedure_too(change: Change) -> Change:
    def both(record: Any) -> None:
        change(record)
        rules = {rule["kind"]: rule for rule in last(record)["procedure_stages"]}
        given = rules["sign_off"] if "sign_off" in rules else rules["opinion"]
        last(record)["procedure_stages"] = [
            rules.get(stage["kind"], given | {"kind": stage["kind"]}) for stage in stages(record)
        ]

    return both


def silence_allowed(record: Any) -> object:
    last(record)["procedure_stages"][0]["silence"] = "assent"
    return record


FORGED: dict[str, tuple[Change, str]] = {
    "silence that means nothing": (lambda r: silent(r, None), "its procedure takes no silence as assent"),
    "silence before the deadline": (
        lambda r: (silent(r, None), silence_allowed(r)),
        "was taken as silent before its deadline",
    ),
    "silence after the adoption": (
        lambda r: (silent(r, "2099-01-01T00:00:00+00:00"), silence_allowed(r)),
        "was taken as silent after it had ended",
    ),
    "no deadline": (
        lambda r: (silent(r, None), silence_allowed(r), stages(r)[0].update(due=None)),
        "was taken as silent before its deadline",
    ),
    "nobody asked": (coordinated, "its stages are not those of its procedure"),
    "nobody asked, nor by the procedure": (procedure_too(coordinated), "nobody was asked to sign off"),
    "all stages out": (left_out, "its stages are not those of its procedure"),
    "all stages out of the procedure too": (procedure_too(left_out), "nobody was asked to sign off"),
    "another quorum": (
        lambda r: (stages(r)[0].update(quorum="any"), institutions(r).pop()),
        "its quorum is not the one of its procedure",
    ),
    "fewer asked": (
        lambda r: last(r)["procedure_stages"][0].update(least=3),
        "fewer institutions were asked than its procedure says",
    ),
    "an open text": (
        lambda r: [one.update(locked=False) for one in stages(r)],
        "whether the text was locked is not as its procedure says",
    ),
    "a stage before its turn": (
        lambda r: stages(r)[1].update(opened="2020-01-01T00:00:00+00:00"),
        "it was opened before its turn",
    ),
    "a stage before its round": (
        lambda r: stages(r)[0].update(opened="2020-01-01T00:00:00+00:00"),
        "it was opened before its round began",
    ),
    "kept from its own round": (
        lambda r: stages(r)[1].update(kept_from={"round": last(r)["round"], "order": 1}, institutions=[]),
        "it is kept from a stage that it can't be kept from",
    ),
    "signed by who submitted": (
        lambda r: institutions(r)[0]["sign_offs"][0]["person"].update(id=last(r)["submitted_by"]["id"]),
        "was answered for by who submitted the text",
    ),
    "ended before its answers": (
        lambda r: last(r).update(ended="2020-01-01T00:00:00+00:00"),
        "answered after its end",
    ),
    "passed, and nobody knows when": (lambda r: stages(r)[0].update(closed=None), "it was not passed"),
    "institutions in the adoption": (
        lambda r: stages(r)[-1].update(institutions=institutions(r)),
        "institutions answered in it, and nobody is asked there",
    ),
    "a return that was voided": (
        lambda r: institutions(r)[0]["sign_offs"].insert(
            0, institutions(r)[0]["sign_offs"][0] | {"answer": "return", "voided": stages(r)[0]["closed"]}
        ),
        "in the last round none was voided",
    ),
    "why one does not count that counts": (
        lambda r: institutions(r)[0]["sign_offs"][0].update(void_reason="x"),
        "counts, and a reason says why it does not",
    ),
    "remarks that nobody made": (
        lambda r: institutions(r)[0]["sign_offs"][0].update(answer="agree_with_remarks", reason=" "),
        "answered without the reason that belongs to it",
    ),
    "an adoption after its round": (
        lambda r: stages(r)[-1].update(closed="2099-01-01T00:00:00+00:00"),
        "it ended after its round",
    ),
    "without a deadline": (lambda r: stages(r)[0].update(due=None), "it has no deadline"),
    "hashed before its round": (
        lambda r: last(r)["manifest"].update(made="2001-01-01T00:00:00+00:00"),
        "what was submitted was hashed before it began",
    ),
    "adopted before, says the record alone": (
        lambda r: r["edition"].update(recorded_as_adopted_before=True),
        "record and text differ on whether it was reviewed here",
    ),
    "in force from another day": (
        lambda r: r["edition"].update(valid_from="2026-02-02"),
        "record and text differ on the day on which it came into force",
    ),
    "submitted by nobody": (
        lambda r: last(r)["manifest"].update(made_by=None),
        "it does not say who submitted its text",
    ),
    "told nowhere": (lambda r: r.update(audit=None), "it names no entry of the audit trail"),
    "another owner": (
        lambda r: r["instrument"].update(owner="mk-interior"),
        "record and text differ on whose document it is",
    ),
    "another signed file": (
        lambda r: r["acts"][0].update(signed_file_sha256="0" * 64),
        "its acts are not those of the record",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "problem"), FORGED.values(), ids=FORGED)
def test_what_contradicts_itself_is_found(
    filed: tuple[bytes, list[bytes]], change: Change, problem: str
) -> None:
    assert problem in said(filed, change)


@pytest.mark.django_db
def test_a_record_as_it_was_filed_under_an_earlier_number_is_checked_by_what_it_says(
    filed: tuple[bytes, list[bytes]],
) -> None:
    of = "kodeks-approval/2"
    assert said(filed, lambda r: None, of) == ""
    for name in ("silence before the deadline", "silence after the adoption"):
        assert FORGED[name][1] in said(filed, _without_procedure(name), of)
    assert "nobody was asked to sign off" in said(filed, left_out, of)
    assert "nobody was asked to sign off" in said(filed, coordinated, of)


def _without_procedure(name: str) -> Change:
    return lambda r: silent(r, None if "before" in name else "2099-01-01T00:00:00+00:00")


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
    assert found(edition, lambda r: None) == ""
    assert "takes no silence" in found(
        edition, lambda r: last(r)["procedure_stages"][0].update(silence="nothing")
    )
    assert "takes no silence" in found(edition, lambda r: last(r)["procedure_stages"][0].update(silence=""))


def test_a_round_that_keeps_stages_of_the_one_before_holds(cast: Cast) -> None:
    """Restarted while its stages ran at the same time, one of which had passed; and after that from a later stage."""
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
    assert found(edition, lambda r: None) == ""
    assert stages(json.loads(as_bytes(build(edition))))[0]["kept_from"] == {"round": 1, "order": 1}
