"""What takes two people is done by two: a proposal of which the trail does not tell is not taken, is named and not confirmed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import guards
from audit.models import Entry
from audit.verify import problems
from documents.actions import record_prior_adoption
from documents.actions.classify import change_classification, confirm, refuse
from documents.actions.errors import ActionError
from documents.choices import Classification, State
from documents.models import ClassificationProposal, Edition, Instrument, PriorAdoption
from people.models import User
from people.roles import Role
from tests.audit.test_altered_rest import found_after
from tests.factories import make_act, make_draft, make_person

pytestmark = pytest.mark.django_db
TABLE = "documents_classificationproposal"
UNKNOWN = "the trail does not know who proposed it, or it is not what was proposed"


def copied(row: Any, **other: Any) -> None:
    """Puts a row into the database once more, as a new one, with something else in it; asks nobody."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name != "id"
    }
    type(row)._default_manager.bulk_create([type(row)(**values | other)])


def behind(do: Any) -> None:
    """Does it with the guards away."""
    guards.remove()
    try:
        do()
    finally:
        guards.install()


@pytest.fixture
def draft() -> Edition:
    return make_draft(classification=Classification.TLP_AMBER_STRICT)


@pytest.fixture
def two(draft: Edition) -> tuple[User, User]:
    owner = draft.instrument.owner
    return make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)


def proposed(by: User, instrument: Instrument, to: str = Classification.TLP_AMBER) -> ClassificationProposal:
    made = change_classification(by, Instrument.objects.get(pk=instrument.pk), to, "Because")
    assert made is not None
    return made


class TestAClassification:
    def test_in_the_name_of_who_once_proposed_another(self, draft: Edition, two: tuple[User, User]) -> None:
        first, second = two
        refuse(second, made := proposed(second, draft.instrument))
        assert list(problems()) == []
        forged = {"decided": None, "classification": Classification.PUBLIC}
        made.refresh_from_db()
        # Nor what was proposed once and refused, once more.
        for other in (forged, {"decided": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                copied(made, **other)
        for other in (forged, {"decided": None}):
            with transaction.atomic():
                behind(lambda other=other: copied(made, **other))
                assert [line for line in problems() if UNKNOWN in line]
                waits = ClassificationProposal.objects.get(decided=None)
                with pytest.raises(ActionError, match="trail does not tell"):
                    confirm(first, waits)
                transaction.set_rollback(True)
            guards.install()
        draft.instrument.refresh_from_db()
        assert draft.instrument.classification == Classification.TLP_AMBER_STRICT

    def test_put_in_place_of_the_one_that_waits(self, draft: Edition, two: tuple[User, User]) -> None:
        first, _second = two
        made = proposed(first, draft.instrument)
        with pytest.raises(DatabaseError), transaction.atomic():
            ClassificationProposal.objects.all().delete()
        found = found_after(
            f"DELETE FROM {TABLE}",
            f"INSERT INTO {TABLE} (instrument_id, classification, reason, proposed, proposed_by_id) "
            f"VALUES ({made.instrument_id}, 'public', 'Because', {{now}}, {first.pk})",
        )
        assert [line for line in found if UNKNOWN in line]
        assert [line for line in found if "a proposal of which the trail tells is gone" in line]
        assert list(problems()) == []

    @pytest.mark.parametrize("column", ["classification", "reason", "proposed", "decided"])
    def test_every_column_of_one_that_waits(
        self, draft: Edition, two: tuple[User, User], column: str
    ) -> None:
        proposed(two[0], draft.instrument)
        value = "'2020-01-01 00:00:00+00:00'" if column in ("proposed", "decided") else "'public'"
        assert found_after(f"UPDATE {TABLE} SET {column} = {value}")
        assert list(problems()) == []
        if column == "decided":
            return  # a decision is taken by UPDATE, and the trail told after it
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET {column} = {value}")

    def test_that_it_is_gone(self, draft: Edition, two: tuple[User, User]) -> None:
        proposed(two[0], draft.instrument)
        assert any("is gone" in line for line in found_after(f"DELETE FROM {TABLE}"))

    def test_a_refusal_stays(self, draft: Edition, two: tuple[User, User]) -> None:
        refuse(two[1], proposed(two[0], draft.instrument))
        with pytest.raises(DatabaseError), transaction.atomic():
            ClassificationProposal.objects.update(decided=None)
        assert found_after(f"UPDATE {TABLE} SET decided = NULL")
        behind(lambda: ClassificationProposal.objects.update(decided=None))
        with pytest.raises(ActionError, match="trail does not tell"):
            confirm(two[1], ClassificationProposal.objects.get())

    def test_the_document_is_held_before_its_proposals(self, draft: Edition, two: tuple[User, User]) -> None:
        """In one order by all (documents.actions.locking): else who refuses and who closes wait for each other."""
        first, second = two
        for do in (refuse, confirm):
            waits = proposed(first, draft.instrument)
            with CaptureQueriesContext(connection) as queries:
                do(second, waits)
            asked = [one["sql"] for one in queries]
            begun = next(n for n, sql in enumerate(asked) if sql.startswith("SAVEPOINT"))
            held = [sql for sql in asked[begun:] if sql.startswith("SELECT")][:2]
            assert [sql.partition(' FROM "')[2].partition('"')[0] for sql in held] == [
                "documents_instrument",
                "documents_classificationproposal",
            ], do

    def test_what_two_did_is_named_nowhere(self, draft: Edition, two: tuple[User, User]) -> None:
        """The same is proposed twice, one confirmed, the other one ended with it; then closed, and opened once more."""
        first, second = two
        for _round in range(2):
            proposed(first, draft.instrument)
            confirm(second, proposed(first, draft.instrument))
            draft.instrument.refresh_from_db()
            assert draft.instrument.classification == Classification.TLP_AMBER
            change_classification(second, draft.instrument, Classification.TLP_AMBER_STRICT, "A leak")
            draft.instrument.refresh_from_db()
        assert list(problems()) == []
        assert Entry.objects.filter(verb="refuse_classification").count() == 2

    def test_what_an_older_kodeks_told(self, draft: Edition, two: tuple[User, User]) -> None:
        """It told no hash and no key: by whom, what and how often is compared."""
        first, second = two
        confirm(second, proposed(first, draft.instrument))
        draft.instrument.refresh_from_db()
        refuse(second, proposed(first, draft.instrument, Classification.PUBLIC))
        waits = proposed(first, draft.instrument, Classification.PUBLIC)
        older()
        assert list(problems()) == []
        behind(lambda: copied(waits))
        assert [line for line in problems() if UNKNOWN in line]
        behind(lambda: ClassificationProposal.objects.order_by("pk").last().delete())  # type: ignore[union-attr]
        confirm(second, waits)
        assert list(problems()) == []


def older() -> None:
    """Makes the trail what an older Kodeks told: each entry chained anew, without what is told since."""
    from audit.trail import FIRST, digest

    def rewrite() -> None:
        last = FIRST
        for entry in Entry.objects.order_by("id"):
            entry.detail = {
                key: value
                for key, value in entry.detail.items()
                if key not in ("proposal", "proposal_sha256", "moment")
            }
            entry.previous = last
            entry.sha256 = last = digest(entry)
            Entry.objects.filter(pk=entry.pk).update(
                detail=entry.detail, previous=entry.previous, sha256=entry.sha256
            )

    behind(rewrite)


class TestAnEarlierAdoption:
    def test_of_a_text_that_nobody_proposed(self, draft: Edition, two: tuple[User, User]) -> None:
        first, second = two
        made = record_prior_adoption.propose(second, draft, make_act(), date(2024, 1, 1))
        record_prior_adoption.refuse(second, made, "A slip.")
        made.refresh_from_db()
        assert list(problems()) == []
        forged = {"refused": None, "edition_sha256": "a" * 64, "number": "999/2026"}
        for other in (forged, {"refused": None}, {"refused": None, "number": "999/2026"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                copied(made, **other)
            with transaction.atomic():
                behind(lambda other=other: copied(made, **other))
                assert [line for line in problems() if UNKNOWN in line]
                with pytest.raises(ActionError, match="trail does not tell"):
                    record_prior_adoption.confirm(first, PriorAdoption.objects.get(refused=None))
                transaction.set_rollback(True)
            guards.install()
        draft.refresh_from_db()
        assert draft.state == State.DRAFT

    def test_a_refusal_stays(self, draft: Edition, two: tuple[User, User]) -> None:
        made = record_prior_adoption.propose(two[0], draft, make_act(), date(2024, 1, 1))
        record_prior_adoption.refuse(two[1], made, "A slip.")
        with pytest.raises(DatabaseError), transaction.atomic():
            PriorAdoption.objects.update(refused=None)
        assert found_after("UPDATE documents_prioradoption SET refused = NULL")
        behind(lambda: PriorAdoption.objects.update(refused=None))
        with pytest.raises(ActionError, match="trail does not tell"):
            record_prior_adoption.confirm(two[1], PriorAdoption.objects.get())

    def test_is_as_it_was_proposed(self, draft: Edition, two: tuple[User, User]) -> None:
        made = record_prior_adoption.propose(two[0], draft, make_act(), date(2024, 1, 1))
        with pytest.raises(DatabaseError), transaction.atomic():
            PriorAdoption.objects.all().delete()
        assert list(problems()) == []
        for column in ("number", "protocol", "gazette"):
            assert found_after(f"UPDATE documents_prioradoption SET {column} = '9'")
        assert found_after("DELETE FROM documents_prioradoption")
        record_prior_adoption.confirm(two[1], made)
        assert list(problems()) == []
        assert found_after("UPDATE documents_prioradoption SET number = '9'")

    def test_what_an_older_kodeks_told(self, draft: Edition, two: tuple[User, User]) -> None:
        refused = record_prior_adoption.propose(two[0], draft, make_act(), date(2024, 1, 1))
        record_prior_adoption.refuse(two[1], refused, "A slip.")
        made = record_prior_adoption.propose(two[0], draft, make_act(), date(2024, 1, 1))
        older()
        record_prior_adoption.confirm(two[1], made)
        assert list(problems()) == []
