"""Values of an approval record that can't be what they say, whatever else it says; and two names of one person or institution."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.support.reviews import make_cast
from tests.workflows.test_record import again, institutions, last, make_adopted, stages
from workflows.record.build import build
from workflows.record.check import as_bytes, problems
from workflows.record.check_forms import forms

Change = Callable[[Any], object]


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> bytes:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        made = as_bytes(build(make_adopted(cast, cast.start())))
        transaction.set_rollback(True)
    return made


NO_SENSE = "it has something that can't be what it says: "
FORGED: dict[str, tuple[Change, str]] = {
    "least that is none": (
        lambda r: last(r)["procedure_stages"][-1].update(least=-1),
        NO_SENSE + "procedure_stages.least",
    ),
    "a quorum of the adoption that is none": (
        lambda r: (last(r)["procedure_stages"][-1].update(quorum="0"), stages(r)[-1].update(quorum="0")),
        NO_SENSE + "procedure_stages.quorum",
    ),
    "an edition before the first": (lambda r: r["edition"].update(number=0), NO_SENSE + "edition.number"),
    "an entry that no trail has": (lambda r: r["audit"].update(entry=0), NO_SENSE + "audit.entry"),
    "an empty title": (lambda r: r["instrument"]["titles"].update(mk=""), "one of its titles: 'mk'"),
    "a title in no language": (
        lambda r: r["instrument"]["titles"].update({"": "x"}),
        "one of its titles: ''",
    ),
    "a hash that is none": (
        lambda r: r["rounds"][0]["manifest"]["versions"].update(en="x"),
        "one of its versions: 'en'",
    ),
    "a moment in no time zone": (
        lambda r: r["rounds"][0]["stages"][-1].update(due="2026-01-20T12:00:00"),
        NO_SENSE + "stages.due",
    ),
    "no moment": (lambda r: r["rounds"][0]["stages"][0].update(due=""), NO_SENSE + "stages.due"),
    "no day": (lambda r: r["acts"][0].update(published="2026-02-30"), NO_SENSE + "acts.published"),
    "nobody's id": (
        lambda r: institutions(r)[0]["sign_offs"][0]["person"].update(id="Goran"),
        NO_SENSE + "person.id",
    ),
    "nobody's name": (lambda r: last(r)["submitted_by"].update(name=" "), NO_SENSE + "submitted_by.name"),
    "no institution": (
        lambda r: institutions(r)[0].update(institution="Ministry of Interior"),
        NO_SENSE + "institutions.institution",
    ),
    "no document": (lambda r: r["instrument"].update(path="sop"), NO_SENSE + "instrument.path"),
    "two names of a person": (
        lambda r: last(r)["manifest"]["made_by"].update(name="Bojan"),
        "has two names in it",
    ),
    "two names of an institution": (
        lambda r: institutions(r)[0].update(name="Ministry of Trade"),
        "mk-interior has two names in it",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "problem"), FORGED.values(), ids=FORGED)
def test_what_makes_no_sense_is_found(filed: bytes, change: Change, problem: str) -> None:
    assert list(problems(filed)) == []
    record = json.loads(filed)
    change(record)
    assert problem in "\n".join(problems(again(copy.deepcopy(record))))
    # In a record that was filed under an earlier number too: these were always written so.
    assert problem in "\n".join(forms(record | {"schema": "kodeks-approval/2"}))
