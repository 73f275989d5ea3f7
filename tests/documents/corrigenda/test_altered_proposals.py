"""A proposed corrigendum that was altered in the database is not recorded, and `verify_audit` names it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audit import guards
from audit.models import Entry
from audit.verify import problems
from documents.actions import record_corrigendum
from documents.actions.errors import ActionError
from documents.models import Corrigendum, CorrigendumAct
from tests.documents.corrigenda.test_corrigenda import cast as cast  # (a fixture)
from tests.documents.corrigenda.test_corrigenda import proposed, recorded
from tests.factories import make_act

pytestmark = pytest.mark.django_db

NAMED = "it is not the one that was proposed"


def altered(one: Corrigendum, **columns: Any) -> Corrigendum:
    guards.remove()
    Corrigendum.objects.filter(pk=one.pk).update(**columns)
    guards.install()
    return Corrigendum.objects.get(pk=one.pk)


def refuse(cast: Any, one: Corrigendum) -> None:
    with pytest.raises(ActionError, match="ask the operator"):
        record_corrigendum.record(
            cast["coordinator"], one, [make_act(date=date(2024, 2, 1))], date(2024, 2, 1)
        )
    entry = Entry.objects.get(verb="record_corrigendum")
    assert entry.refused and entry.thing == f"corrigendum:{one.pk}" and entry.detail["why"] == "altered"
    assert not CorrigendumAct.objects.exists() and Corrigendum.objects.get(pk=one.pk).waiting


@pytest.mark.parametrize("column", ["words", "prefix", "after_sha256", "sha256"])
def test_what_was_altered_alone(cast: Any, column: str) -> None:
    one = proposed(cast)
    assert list(problems()) == []
    one = altered(one, **{column: "0" * 64})
    assert [line for line in problems() if NAMED in line]
    refuse(cast, one)


def test_what_was_altered_with_its_hash(cast: Any) -> None:
    one = altered(proposed(cast), words="три години")
    one = altered(one, sha256=record_corrigendum.hash_of(one.edition, one.correction))
    assert list(problems()) == [f"corrigendum:{one.pk}: {NAMED}"]
    refuse(cast, one)


def test_another_reason(cast: Any) -> None:
    one = altered(proposed(cast), reason="Policy.")
    assert list(problems()) == [f"corrigendum:{one.pk}: its reason is not the one that was given"]
    refuse(cast, one)


def test_what_was_taken_back(cast: Any) -> None:
    one = proposed(cast)
    record_corrigendum.take_back(cast["drafter"], one)
    altered(one, words="три години")
    assert list(problems()) == [f"corrigendum:{one.pk}: {NAMED}"]


def test_of_an_older_kodeks_the_trail_has_the_hash_alone_and_it_is_recorded(cast: Any) -> None:
    one = proposed(cast)
    entry = Entry.objects.get(verb="propose_corrigendum")
    guards.remove()
    Entry.objects.filter(pk=entry.pk).update(detail={"edition": one.edition_id})
    guards.install()
    recorded(cast, one)
