"""A record whose titles, translations or corrigenda contradict themselves does not hold, however it is sealed anew."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from documents.actions import record_corrigendum
from documents.models import Section
from tests.support.reviews import act, make_cast
from tests.workflows.histories_to_the_end import said_of
from tests.workflows.test_record import again, exports, make_adopted
from workflows.record.build import build
from workflows.record.check import as_bytes, problems

FAR = "2099-01-01T00:00:00+00:00"


@pytest.fixture(scope="module")
def filed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> tuple[bytes, list[bytes]]:
    """The record and the texts of an edition of which two slips were mended."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        edition = make_adopted(cast, cast.start())
        first = UUID(str(Section.objects.filter(edition=edition).order_by("position")[0].uid))
        for wrong, right in (("24 часа", "48 часа"), ("Социјалниот", "Стручниот")):
            slip = record_corrigendum.propose(cast.drafter, edition, first, "mk", wrong, right, "Slip.")
            record_corrigendum.record(cast.coordinator, slip, [act(number=right)], date(2026, 2, 4))
        made = as_bytes(build(edition)), exports(edition)
        assert said_of(edition, ("mk", "en")) == []
        transaction.set_rollback(True)
    return made


def translation(record: Any) -> Any:
    return record["edition"]["courtesy"][0]


def checked(record: Any, **other: object) -> Any:
    """A check of the translation as it was kept, by somebody else than submitted it."""
    one = translation(record)
    person = record["rounds"][-1]["submitted_by"]
    check = {"agrees": True, "sha256": one["sha256"], "institution": "mk-interior", "person": person}
    return check | {"at": "2026-01-01T00:00:00+00:00", "remarks": ""} | other


def second(record: Any, **other: object) -> None:
    one = copy.deepcopy(translation(record)) | {"number": 2, "finished": FAR, "checks": [checked(record)]}
    record["edition"]["courtesy"].insert(1, one | other)


def slips(record: Any) -> Any:
    return record["corrigenda"]


FORGED: dict[str, tuple[Callable[[Any], object], str]] = {
    "another title": (
        lambda r: r["instrument"]["titles"].update(mk="Друг наслов"),
        "record and text differ on its title",
    ),
    "no title": (lambda r: r["instrument"]["titles"].pop("mk"), "record and text differ on its title"),
    "a number left out": (lambda r: second(r, number=3), "it is not the next number of its translation"),
    "the first left out": (
        lambda r: translation(r).update(number=2),
        "it is not the next number of its translation",
    ),
    "checked and never finished": (
        lambda r: translation(r).update(checks=[checked(r)]),
        "it was checked, and it does not say when it was finished",
    ),
    "a second number never finished": (
        lambda r: second(r, finished=None, checks=[]),
        "it was checked, and it does not say when it was finished",
    ),
    "one check twice": (
        lambda r: second(r, checks=[checked(r), checked(r)]),
        "one check of it stands in it twice",
    ),
    "checks out of time": (
        lambda r: second(r, checks=[checked(r, at=FAR), checked(r)]),
        "its checks do not follow each other in time",
    ),
    "recorded before it was proposed": (
        lambda r: slips(r)[0].update(recorded="2020-01-01T00:00:00+00:00"),
        "it was recorded before it was proposed",
    ),
    "proposed before the adoption": (
        lambda r: slips(r)[0].update(proposed="2020-01-01T00:00:00+00:00"),
        "it was proposed before the text was adopted",
    ),
    "recorded before the one before it": (
        lambda r: slips(r)[0].update(recorded=FAR),
        "it was recorded before the one before it",
    ),
}


@pytest.mark.parametrize(("change", "problem"), FORGED.values(), ids=FORGED)
def test_what_contradicts_itself_is_found(
    filed: tuple[bytes, list[bytes]], change: Callable[[Any], object], problem: str
) -> None:
    record = json.loads(filed[0])
    change(record)
    assert problem in "\n".join(problems(again(record), filed[1]))


def test_a_second_number_that_was_checked_holds(filed: tuple[bytes, list[bytes]]) -> None:
    record = json.loads(filed[0])
    second(record)
    assert list(problems(again(record), filed[1])) == []
