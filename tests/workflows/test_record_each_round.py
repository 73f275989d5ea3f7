"""A round that was given up contradicts itself as little as the last one: `kodeks verify` holds every round of a record."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from tests.workflows.test_record import again, last, stages
from tests.workflows.test_record_procedure import Change, filed
from workflows.record.check import problems

pytestmark = pytest.mark.django_db
__all__ = ["filed"]
FAR = "2099-01-01T00:00:00+00:00"


def before(record: Any) -> Any:
    return record["rounds"][0]


def first(record: Any) -> Any:
    return before(record)["stages"][0]


def given(record: Any) -> Any:
    return next(one for seat in first(record)["institutions"] for one in seat["sign_offs"])


def doubled(rows: list[Any]) -> None:
    rows.append(copy.deepcopy(rows[0]))


FORGED: dict[str, tuple[Change, str]] = {
    "it went on": (lambda r: before(r).update(state="running"), "it was not given up"),
    "it was returned by nobody": (
        lambda r: before(r).update(state="returned"),
        "whether it was returned is not what its stages came to",
    ),
    "it ended for nothing": (lambda r: before(r).update(reason=" "), "it does not say why it ended"),
    "the last was given up": (
        lambda r: last(r).update(reason="x"),
        "it says why it was given up, and was not",
    ),
    "the last ended later": (lambda r: last(r).update(ended=FAR), "it did not end with the adoption"),
    "it began long before": (
        lambda r: before(r).update(started="1999-01-01T00:00:00+00:00"),
        "its first stage was not opened when it began",
    ),
    "no stages": (lambda r: before(r)["stages"].clear(), "its stages are not those of its procedure"),
    "another procedure": (
        lambda r: before(r)["procedure_stages"].reverse(),
        "its stages are not those of its procedure",
    ),
    "stages out of order": (lambda r: first(r).update(order=3), "its stages do not follow each other"),
    "adoption beside the sign-off": (
        lambda r: last(r)["procedure_stages"][-1].update(together=True),
        "it can't run together with the stage before it",
    ),
    "the first together with nothing": (
        lambda r: last(r)["procedure_stages"][0].update(together=True),
        "it can't run together with the stage before it",
    ),
    "opened before its turn": (
        lambda r: before(r)["stages"][1].update(opened=first(r)["opened"], due=first(r)["due"]),
        "it was opened before its turn",
    ),
    "a deadline of what never began": (
        lambda r: before(r)["stages"][1].update(due=FAR),
        "it was never opened, and something came of it",
    ),
    "an end without an outcome": (lambda r: first(r).update(outcome=""), "it has an end and no outcome"),
    "still open": (lambda r: first(r).update(outcome="", closed=None), "it is open, and its round has ended"),
    "nobody asked": (lambda r: first(r)["institutions"].clear(), "nobody was asked"),
    "one asked twice": (lambda r: doubled(first(r)["institutions"]), "one institution was asked twice"),
    "one answered twice": (
        lambda r: doubled(next(one["sign_offs"] for one in first(r)["institutions"] if one["sign_offs"])),
        "answered more than once",
    ),
    "passed by one of two": (
        lambda r: first(r).update(outcome="passed"),
        "it did not come to what its answers come to",
    ),
    "an answer that returned it": (
        lambda r: given(r).update(answer="return", reason="No."),
        "it did not come to what its answers come to",
    ),
    "answered before it was open": (
        lambda r: given(r).update(at="1999-01-01T00:00:00+00:00"),
        "was given while it was not open",
    ),
    "for themselves": (
        lambda r: given(r).update(instead_of=given(r)["person"]),
        "was given by somebody instead of themselves",
    ),
    "of another language": (
        lambda r: given(r)["covers"].update(sq="0" * 64),
        "covers other language versions than those of its text",
    ),
    "of the later text": (
        lambda r: given(r).update(
            text_sha256=last(r)["manifest"]["sha256"],
            covers=dict(stages(r)[0]["institutions"][0]["sign_offs"][0]["covers"]),
        ),
        "is bound to another text than was submitted",
    ),
    "it still counts": (
        lambda r: given(r).update(voided=None, void_reason=""),
        "counts is not as the round ended",
    ),
    "voided for nothing": (lambda r: given(r).update(void_reason=""), "it does not say why the answer"),
    "voided after the adoption": (lambda r: given(r).update(voided=FAR), "after the last round had ended"),
}


@pytest.mark.parametrize(("change", "problem"), FORGED.values(), ids=FORGED)
def test_what_contradicts_itself_is_found(
    filed: tuple[bytes, list[bytes]], change: Change, problem: str
) -> None:
    assert list(problems(*filed)) == []
    record = json.loads(filed[0])
    change(record)
    assert problem in "\n".join(problems(again(record), filed[1]))


def test_a_translation_is_checked_before_it_is_finished_and_stands_in_it_once(
    filed: tuple[bytes, list[bytes]],
) -> None:
    record = json.loads(filed[0])
    someone = given(record)["person"]
    check = {
        "agrees": True,
        "sha256": "1" * 64,
        "institution": "mk-interior",
        "person": someone,
        "remarks": "",
    }
    record["edition"]["courtesy"].append(
        {
            "language": "sq",
            "number": 1,
            "sha256": "1" * 64,
            "finished": "2026-01-01T00:00:00+00:00",
            "submitted_by": last(record)["submitted_by"],
            "checks": [check | {"at": "2026-01-01T00:00:00+00:00"}],
        }
    )
    assert list(problems(again(copy.deepcopy(record)), filed[1])) == []
    record["edition"]["courtesy"][-1]["checks"][0]["at"] = FAR
    record["edition"]["courtesy"].append(record["edition"]["courtesy"][-1])
    said = "\n".join(problems(again(record), filed[1]))
    assert "it was checked after it was finished" in said and "twice under one number" in said
