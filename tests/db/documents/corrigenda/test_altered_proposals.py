"""A proposed corrigendum that was altered in the database is not recorded."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
import pytest

from audit.models import Entry
from documents.actions import record_corrigendum
from documents.models import Corrigendum, CorrigendumAct
from proposals.errors import Altered
from tests.support.documents.corrigenda.corrigenda import cast as cast
from tests.support.documents.corrigenda.corrigenda import proposed
from tests.support.factories import make_act

pytestmark = pytest.mark.django_db


def altered(one: Corrigendum, **columns: Any) -> Corrigendum:
    pgtrigger.uninstall()
    Corrigendum.objects.filter(pk=one.pk).update(**columns)
    pgtrigger.install()
    return Corrigendum.objects.get(pk=one.pk)


def refuse(cast: Any, one: Corrigendum) -> None:
    with pytest.raises(Altered):
        record_corrigendum.record(
            cast["coordinator"], one, [make_act(date=date(2024, 2, 1))], date(2024, 2, 1)
        )
    entry = Entry.objects.get(verb="record_corrigendum")
    assert entry.refused and entry.thing == f"corrigendum:{one.pk}" and entry.detail["why"] == "altered"
    assert not CorrigendumAct.objects.exists() and Corrigendum.objects.get(pk=one.pk).waiting


@pytest.mark.parametrize("column", ["words", "prefix", "after_sha256", "sha256"])
def test_what_was_altered_alone(cast: Any, column: str) -> None:
    one = proposed(cast)
    one = altered(one, **{column: "0" * 64})
    refuse(cast, one)


def test_what_was_altered_with_its_hash(cast: Any) -> None:
    one = altered(proposed(cast), words="три години")
    one = altered(one, sha256=record_corrigendum.hash_of(one.edition, one.correction))
    refuse(cast, one)


def test_another_reason(cast: Any) -> None:
    one = altered(proposed(cast), reason="Policy.")
    refuse(cast, one)
