"""A proposal that the trail does not tell of is neither taken nor confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from audit.verify import problems
from documents.actions import classify
from documents.actions import record_prior_adoption as record_prior
from documents.actions.errors import ActionError
from documents.choices import Classification, State
from documents.models import ClassificationProposal, Edition, Instrument, PriorAdoption
from people.models import User
from people.roles import Role
from tests.support.factories import make_act, make_draft, make_person
from tests.support.tampering import no_guards, tamper

pytestmark = pytest.mark.django_db


@dataclass
class Kind:
    """A kind of proposal: table, actions, and its column of a refusal."""

    model: Any
    propose: Callable[[User, Edition], Any]
    refuse: Callable[[User, Any], Any]
    confirm: Callable[[User, Any], Any]
    ended: str
    forged: dict[str, Any]


def propose_classification(by: User, draft: Edition) -> Any:
    instrument = Instrument.objects.get(pk=draft.instrument_id)
    return classify.change_classification(by, instrument, Classification.TLP_AMBER, "Because")


KINDS = {
    "classification": Kind(
        ClassificationProposal,
        propose_classification,
        classify.refuse,
        classify.confirm,
        "decided",
        {"classification": Classification.PUBLIC},
    ),
    "earlier adoption": Kind(
        PriorAdoption,
        lambda by, draft: record_prior.propose(by, draft, make_act(), date(2024, 1, 1)),
        lambda by, made: record_prior.refuse(by, made, "A slip."),
        record_prior.confirm,
        "refused",
        {"edition_sha256": "a" * 64, "number": "999/2026"},
    ),
}


@pytest.fixture(params=KINDS.values(), ids=list(KINDS))
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


@pytest.fixture
def draft() -> Edition:
    return make_draft(classification=Classification.TLP_AMBER_STRICT)


@pytest.fixture
def two(draft: Edition) -> tuple[User, User]:
    owner = draft.instrument.owner
    return make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)


def copied(row: Any, **other: Any) -> None:
    """Inserts the row once more, with something else in it."""
    fields = [field for field in row._meta.concrete_fields if field.name != "id"]
    values = {field.attname: getattr(row, field.attname) for field in fields}
    type(row)._default_manager.bulk_create([type(row)(**values | other)])


def test_neither_a_forged_proposal_nor_a_refused_one_again(
    draft: Edition, two: tuple[User, User], kind: Kind
) -> None:
    first, second = two
    kind.refuse(second, made := kind.propose(second, draft))
    made.refresh_from_db()
    for other in (kind.forged, {}):
        with pytest.raises(DatabaseError), transaction.atomic():
            copied(made, **other, **{kind.ended: None})
        with no_guards():
            copied(made, **other, **{kind.ended: None})
        waits = kind.model.objects.get(**{kind.ended: None})
        with pytest.raises(ActionError, match="trail does not show this proposal"):
            kind.confirm(first, waits)
        with no_guards():
            waits.delete()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert draft.instrument.classification == Classification.TLP_AMBER_STRICT


def test_a_proposal_that_was_altered_is_not_confirmed(
    draft: Edition, two: tuple[User, User], kind: Kind
) -> None:
    made = kind.propose(two[0], draft)
    table = kind.model._meta.db_table
    with pytest.raises(DatabaseError), transaction.atomic():
        kind.model.objects.all().delete()
    tamper(f"UPDATE {table} SET proposed = '2020-01-01 00:00:00+00:00'")
    with pytest.raises(ActionError, match="trail does not show this proposal"):
        kind.confirm(two[1], kind.model.objects.get(pk=made.pk))


def test_a_refusal_stays(draft: Edition, two: tuple[User, User], kind: Kind) -> None:
    kind.refuse(two[1], kind.propose(two[0], draft))
    with pytest.raises(DatabaseError), transaction.atomic():
        kind.model.objects.update(**{kind.ended: None})
    tamper(f"UPDATE {kind.model._meta.db_table} SET {kind.ended} = NULL")
    with pytest.raises(ActionError, match="trail does not show this proposal"):
        kind.confirm(two[1], kind.model.objects.get())


def test_the_same_is_proposed_twice_confirmed_and_closed_again(
    draft: Edition, two: tuple[User, User]
) -> None:
    first, second = two
    for _round in range(2):
        propose_classification(first, draft)
        classify.confirm(second, propose_classification(first, draft))
        draft.instrument.refresh_from_db()
        assert draft.instrument.classification == Classification.TLP_AMBER
        strict = Classification.TLP_AMBER_STRICT
        classify.change_classification(second, draft.instrument, strict, "A leak")
        draft.instrument.refresh_from_db()
    assert list(problems()) == []
    assert Entry.objects.filter(verb="refuse_classification").count() == 2


def test_the_document_is_held_before_its_proposals(draft: Edition, two: tuple[User, User]) -> None:
    """In one order by all (documents.actions.locking), or they wait for each other."""
    for do in (classify.refuse, classify.confirm):
        waits = propose_classification(two[0], draft)
        with CaptureQueriesContext(connection) as queries:
            do(two[1], waits)
        asked = [one["sql"] for one in queries]
        begun = next(n for n, sql in enumerate(asked) if sql.startswith("SAVEPOINT"))
        held = [sql for sql in asked[begun:] if sql.startswith("SELECT")][:2]
        assert [sql.partition(' FROM "')[2].partition('"')[0] for sql in held] == [
            "documents_instrument",
            "documents_classificationproposal",
        ], do
