"""What the database refuses: bulk actions, SQL, fixtures, a replaced row, an emptied table."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

import audit
from audit.models import Entry
from documents.actions import classify
from documents.actions.record_prior_adoption import propose_prior
from documents.actions.start_revision import start_revision
from documents.choices import Classification, State
from documents.editions import blobs
from documents.models import (
    AdoptionAct,
    Blob,
    BlobUse,
    Edition,
    Instrument,
    LanguageVersion,
    Manifest,
    Section,
    SectionChange,
    VersionText,
)
from people.models import User
from people.roles import Role
from proposals.actions import decide
from proposals.errors import Decided
from proposals.models import Proposal
from tests.support.audit.guards_hold import everything, sql
from tests.support.factories import make_act, make_draft, make_in_force, make_person
from tests.support.reviews import make_cast, seat_of, sign
from tests.support.tampering import no_guards
from workflows.models import Seat, SignOff

pytestmark = pytest.mark.django_db

Change = Callable[[Edition], Any]


@pytest.fixture
def edition() -> Edition:
    made = make_in_force()
    with no_guards():
        blobs.link(made, blobs.put(b"GIF89a", Blob.Kind.IMAGE, "image/gif"), "picture")
    audit.record("try", made)
    SectionChange.objects.create(edition=made, uid=made.sections.all()[0].uid, verb="save")
    return made


def loaded(model: str, pk: object, **fields: Any) -> None:
    """As a fixture, which writes past every save()."""
    thing = next(
        iter(serializers.deserialize("json", json.dumps([{"model": model, "pk": pk, "fields": fields}])))
    )
    thing.save()


def copied(edition: Edition, **fields: Any) -> Edition:
    return Edition(instrument=edition.instrument, number=9, **fields)


CHANGES: dict[str, Change] = {
    "the text, in bulk": lambda e: Section.objects.filter(edition=e).update(body_mk={}),
    "the text, with an expression": lambda e: Section.objects.update(text_hash_mk=F("text_hash_en")),
    "the text, by SQL": lambda e: sql(
        "UPDATE documents_section SET body_sq = NULL WHERE edition_id = %s", e.pk
    ),
    "a section more, in bulk": lambda e: Section.objects.bulk_create([Section(edition=e, position=9)]),
    "a section less": lambda e: Section.objects.filter(edition=e).delete(),
    "a section moved to another edition": lambda e: Section.objects.filter(edition=e).update(
        edition=make_draft(slug="other")
    ),
    "a fixture": lambda e: loaded(
        "documents.section", e.sections.all()[0].pk, edition=e.pk, position=0, heading_mk="x"
    ),
    "an upsert": lambda e: Section.objects.bulk_create(
        [Section(edition=e, uid=e.sections.all()[0].uid, position=7)],
        update_conflicts=True,
        unique_fields=["edition", "uid"],
        update_fields=["position"],
    ),
    "the title": lambda e: Edition.objects.filter(pk=e.pk).update(title_mk="x"),
    "the number of the row": lambda e: sql("UPDATE documents_edition SET id = 4711 WHERE id = %s", e.pk),
    "back to a draft": lambda e: Edition.objects.filter(pk=e.pk).update(state=State.DRAFT),
    "the edition itself": lambda e: Edition.objects.filter(pk=e.pk).delete(),
    "the edition, past the relations": lambda e: Edition.objects.filter(number=1)._raw_delete(e._state.db),
    "a language version": lambda e: LanguageVersion.objects.update(authentic=False),
    "a further number of an adopted text": lambda e: LanguageVersion.objects.create(
        edition=e, language="mk", number=2, authentic=False, unfinished=True
    ),
    "a former text beside the adopted one": lambda e: VersionText.objects.create(
        version=LanguageVersion.objects.get(edition=e, language="mk"), uid=e.sections.all()[0].uid, body={}
    ),
    "the act": lambda e: AdoptionAct.objects.update(number="x"),
    "another act": lambda e: AdoptionAct.objects.create(
        edition=e, edition_sha256="0", body="x", kind="other", number="1", date=date(2024, 1, 1)
    ),
    "the act, removed": lambda e: AdoptionAct.objects.all()._raw_delete(e._state.db),
    "the bytes of the signed file": lambda e: Blob.objects.update(file="blobs/aa/other"),
    "the type of a file": lambda e: Blob.objects.update(content_type="text/html"),
    "a picture of the text": lambda e: BlobUse.objects.filter(edition=e).delete(),
    "what a picture's name stands for": lambda e: BlobUse.objects.filter(edition=e).update(name="x"),
    "a file kept from its readers": lambda e: BlobUse.objects.filter(edition=e).update(drafters_only=True),
    "what was submitted": lambda e: Manifest.objects.update(sha256="0"),
    "the log of changes": lambda e: SectionChange.objects.update(actor=None),
    "the trail": lambda e: Entry.objects.update(actor=None),
    "an edition in force out of nothing": lambda e: Edition.objects.bulk_create(
        [copied(e, state=State.SUPERSEDED)]
    ),
    "a draft in force without an act": lambda e: (
        start_revision(User.objects.get(pk=e.created_by_id or 0), e),
        Edition.objects.filter(pk=e.pk).update(state=State.SUPERSEDED),
        Edition.objects.filter(state=State.DRAFT).update(state=State.IN_FORCE),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_was_adopted_stays(edition: Edition, change: Change) -> None:
    before = everything()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(edition)
    assert everything() == before


@pytest.mark.parametrize(
    "table",
    ["documents_edition", "documents_section", "documents_manifest", "workflows_signoff", "audit_entry"],
)
def test_no_table_is_emptied_at_once(edition: Edition, table: str) -> None:
    statement = f"TRUNCATE {table} CASCADE"
    before = everything()
    if table == "workflows_signoff":
        sql(statement)  # there is none: an empty table may be emptied
    else:
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(statement)
    assert everything() == before


def test_a_fixture_file_changes_nothing(edition: Edition, tmp_path: Path) -> None:
    dump = tmp_path / "dump.json"
    rows = json.loads(serializers.serialize("json", Edition.objects.all()))
    rows[0]["fields"]["title_mk"] = "other"
    dump.write_text(json.dumps(rows))
    before = everything()
    with pytest.raises(DatabaseError), transaction.atomic():
        call_command("loaddata", str(dump), verbosity=0)
    assert everything() == before


class TestTwoPeople:
    def test_a_classification_is_not_lowered_in_bulk(self) -> None:
        edition = make_draft(classification=Classification.TLP_AMBER_STRICT)
        rows = Instrument.objects.filter(pk=edition.instrument_id)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(classification=Classification.PUBLIC)
        with pytest.raises(DatabaseError), transaction.atomic():
            sql("UPDATE documents_instrument SET classification = 'tlp_green'")
        rows.update(classification=Classification.TLP_AMBER_STRICT)
        assert rows.get().classification == Classification.TLP_AMBER_STRICT

    def test_nobody_is_written_down_as_the_second_person_of_their_own_proposal(self) -> None:
        draft = make_draft(classification=Classification.TLP_AMBER)
        by = make_person(Role.COORDINATOR, draft.instrument.owner)
        classify.change_classification(by, draft.instrument, Classification.PUBLIC, "why")
        propose_prior(by, draft, make_act(), date(2024, 1, 1))
        other = make_person(Role.COORDINATOR, draft.instrument.owner)
        now = timezone.now()
        forged: list[dict[str, Any]] = [
            {"decided_by": by, "decided": now, "confirmed": True},
            {"confirmed": True},
            {"proposed_by": other},
            {"values": {}},
        ]
        for changes in forged:
            with pytest.raises(DatabaseError), transaction.atomic():
                Proposal.objects.update(**changes)

    def test_a_proposal_ends_when_the_classification_changes_meanwhile(self) -> None:
        """Made at TLP:AMBER, it says nothing of a text that became TLP:RED since."""
        draft = make_draft(classification=Classification.TLP_AMBER)
        first, second = (make_person(Role.COORDINATOR, draft.instrument.owner) for _ in range(2))
        proposal = classify.change_classification(first, draft.instrument, Classification.PUBLIC, "why")
        assert proposal is not None
        classify.change_classification(second, draft.instrument, Classification.TLP_AMBER_STRICT, "a leak")
        with pytest.raises(Decided):
            decide.confirm(second, proposal)
        draft.instrument.refresh_from_db()
        assert draft.instrument.classification == Classification.TLP_AMBER_STRICT


def test_what_was_voided_may_be_given_anew() -> None:
    cast = make_cast()
    review = cast.start()
    given = sign(cast.goran, seat_of(review, cast.interior))
    SignOff.objects.filter(pk=given.pk).update(voided_at=given.at, void_reason="Once more.")
    again = SignOff.objects.get(pk=given.pk)
    again.pk, again.voided_at, again.void_reason = None, None, ""
    again.save(force_insert=True)
    assert SignOff.objects.count() == 2


def test_an_open_stage_that_has_ended_asks_nobody_more() -> None:
    cast = make_cast()
    review = cast.start()
    for reviewer, of in ((cast.goran, cast.interior), (cast.biljana, cast.social)):
        sign(reviewer, seat_of(review, of))
    ended = review.stages.exclude(closed=None)[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        Seat.objects.create(stage=ended, institution=cast.edition.instrument.owner)


def test_a_document_without_an_adopted_edition_may_be_moved() -> None:
    draft = make_draft()
    assert Instrument.objects.filter(pk=draft.instrument_id).update(slug="other") == 1
