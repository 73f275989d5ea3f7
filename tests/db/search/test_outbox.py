"""The index follows the database: what is written when, found when, and left after a crash."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import transaction

from documents.actions.adopt_edition import adopt_edition
from documents.actions.classify import change_classification
from documents.actions.reopen_edition import reopen_edition
from documents.actions.save_section import save_section
from documents.actions.start_revision import start_revision
from documents.actions.submit_edition import submit_edition
from documents.actions.withdraw import withdraw
from documents.choices import Classification, State
from documents.editions import adoption_checks
from documents.models import Instrument, Section
from people.roles import Role
from proposals.actions.decide import confirm
from search.engines.base import Document, Query
from search.factory import engine
from search.models import OutboxRow
from search.outbox import denied_editions, drain
from tests.support.factories import (
    body,
    make_act,
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
)
from tests.support.search.outbox import UIDS, ids
from tests.support.search.outbox import index as index

pytestmark = pytest.mark.django_db


def test_every_section_is_indexed_in_every_language_that_has_a_text() -> None:
    edition = make_draft(languages=("mk", "sq"))
    Section.objects.filter(edition=edition, uid=UIDS[1]).update(body_sq=None, text_hash_sq="")
    drain()
    one = edition.pk
    assert ids(frozenset({f"ed:{one}"})) == {
        f"{one}/0/mk",
        f"{one}/1/mk",
        f"{one}/2/mk",
        f"{one}/0/sq",
        f"{one}/2/sq",
    }


def test_nothing_is_left_when_it_is_done_and_doing_it_again_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    edition = make_in_force()
    assert drain() > 0
    assert not OutboxRow.objects.exists()
    OutboxRow.objects.create(edition=edition.pk)
    written: list[str] = []
    real = engine().index

    def index(documents: Iterable[Document]) -> int:
        given = list(documents)
        written.extend(document.id for document in given)
        return real(given)

    monkeypatch.setattr(engine(), "index", index)
    assert drain() == 1
    assert written == []


def test_a_change_that_is_rolled_back_leaves_no_row() -> None:
    edition = make_in_force()
    drain()
    with pytest.raises(RuntimeError), transaction.atomic():
        edition.save()
        assert OutboxRow.objects.exists()
        raise RuntimeError
    assert not OutboxRow.objects.exists()


def test_a_saved_section_is_found_by_its_new_words_and_no_longer_by_its_old_ones() -> None:
    draft = make_draft()
    coordinator = make_person(Role.COORDINATOR, draft.instrument.owner)
    keys = frozenset({f"work:{draft.instrument.owner_id}"})
    drain()
    old = ids(keys, "Целта")
    assert f"{draft.pk}/1/mk" in old
    section = Section.objects.get(edition=draft, uid=UIDS[1])
    save_section(coordinator, draft, UIDS[1], "mk", body("Рок", "Во рок од 24 часа."), section.text_hash_mk)
    assert [(str(row.uid), row.deny) for row in OutboxRow.objects.all()] == [(UIDS[1], False)]
    drain()
    assert ids(keys, "часа") == {f"{draft.pk}/1/mk"}
    assert ids(keys, "Целта") == old - {f"{draft.pk}/1/mk"}


def test_a_removed_section_and_a_removed_edition_are_no_longer_found() -> None:
    edition = make_draft()
    keys = frozenset({f"ed:{edition.pk}"})
    drain()
    Section.objects.filter(edition=edition, uid=UIDS[2]).delete()
    OutboxRow.objects.create(edition=edition.pk)
    drain()
    assert {one.split("/")[1] for one in ids(keys)} == {"0", "1"}
    OutboxRow.objects.create(edition=edition.pk + 1000, deny=True)  # one that never was
    Section.objects.filter(edition=edition).update(body_mk=None, text_hash_mk="")
    OutboxRow.objects.bulk_create([OutboxRow(edition=edition.pk, uid=uid) for uid in UIDS])
    drain()
    assert {one.split("/")[2] for one in ids(keys)} == {"sq", "en"}
    assert denied_editions() == frozenset()


@pytest.mark.parametrize(
    "classification",
    [c for c in Classification if c not in (Classification.PUBLIC, Classification.TLP_CLEAR)],
)
def test_a_tightened_text_is_not_found_from_the_very_next_request_on(classification: Classification) -> None:
    edition = make_in_force()
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    drain()
    assert ids()
    change_classification(coordinator, edition.instrument, classification, "a name in the annex")
    assert ids() == set(), "found before the index has caught up"
    drain()
    assert ids() == set()
    assert denied_editions() == frozenset()


def test_red_and_withdrawn_texts_are_in_no_index() -> None:
    red = make_in_force(slug="red", classification=Classification.TLP_RED)
    withdrawn = make_draft(slug="gone")
    coordinator = make_person(Role.COORDINATOR, withdrawn.instrument.owner)
    drain()
    assert ids(frozenset({f"ed:{withdrawn.pk}"}))
    withdraw(coordinator, withdrawn, "begun by mistake")
    assert str(withdrawn.pk) in denied_editions()
    drain()
    held = {name.split("-")[0] for name, _print in engine().fingerprints()}
    assert str(red.pk) not in held
    assert str(withdrawn.pk) not in held


def test_what_is_shared_no_longer_is_kept_back_at_once() -> None:
    edition = make_in_force(classification=Classification.TLP_AMBER)
    interior = make_institution("mk-interior")
    edition.instrument.shared_with.add(interior)
    drain()
    keys = frozenset({f"inst:{interior.pk}"})
    assert ids(keys)
    edition.instrument.shared_with.remove(interior)
    assert ids(keys) == set(), "found before the index has caught up"
    drain()
    assert ids(keys) == set()
    interior_again = Instrument.objects.get(pk=edition.instrument_id).shared_with
    interior_again.add(interior)
    drain()
    interior_again.clear()
    assert ids(keys) == set()


def test_the_whole_life_of_an_edition_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adoption_checks, "_gates", [])  # what a review asks is tested with the reviews
    first = make_in_force()
    owner = first.instrument.owner
    coordinator = make_person(Role.COORDINATOR, owner)
    work = frozenset({f"work:{owner.pk}"})
    drain()
    draft = start_revision(coordinator, first)
    drain()
    in_work = ids(work)
    assert {one.split("/")[0] for one in in_work} == {str(draft.pk)}
    submit_edition(coordinator, draft)
    reopen_edition(coordinator, draft, "a slip")
    assert denied_editions() == frozenset(), "nobody lost anything"
    submit_edition(coordinator, draft)
    drain()
    assert ids(work, filters={"status": frozenset({"in_review"})}) == in_work
    draft.refresh_from_db()
    adopt_edition(coordinator, draft, [make_act()], date(2025, 1, 1))
    drain()
    by_state = {
        state: ids(filters={"status": frozenset({state})}) for state in (State.IN_FORCE, State.SUPERSEDED)
    }
    assert {one.split("/")[0] for one in by_state[State.IN_FORCE]} == {str(draft.pk)}
    assert {one.split("/")[0] for one in by_state[State.SUPERSEDED]} == {str(first.pk)}
    assert ids(work) == set()


def test_lowering_a_classification_opens_it_once_the_index_has_caught_up() -> None:
    edition = make_in_force(classification=Classification.OFFICIAL)
    owner = edition.instrument.owner
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    drain()
    proposal = change_classification(
        first, edition.instrument, Classification.PUBLIC, "published in the gazette"
    )
    assert ids() == set()
    assert proposal is not None
    confirm(second, proposal)
    drain()
    assert ids()


def test_translated_and_stale_texts_are_told_apart() -> None:
    edition = make_draft(languages=("mk", "sq"), tree=make_tree("mk"))
    Section.objects.filter(edition=edition, uid=UIDS[0]).update(source_hash_sq="0" * 64)
    OutboxRow.objects.create(edition=edition.pk)
    drain()
    found = engine().search(
        Query(keys=frozenset({f"ed:{edition.pk}"}), filters={"language": frozenset({"sq"})})
    )
    assert {hit.document.uid[-1] for hit in found.hits if hit.document.stale} == {"0"}
