"""The index where something goes wrong: writers that die, engines that are down, builders, what differs."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from documents.actions.classify import change_classification
from documents.actions.save_section import save_section
from documents.choices import Classification
from documents.models import Edition, Section
from people.roles import Role
from search.engines.base import EngineError, IndexMissing
from search.factory import engine
from search.models import OutboxRow
from search.outbox import denied_editions, drain, full_rebuild, indexer, rebuild, reconcile
from search.outbox.locks import BUILDER, WRITER, holding, is_locked
from search.outbox.worker import Follower
from tests.support.factories import body, make_draft, make_in_force, make_person
from tests.support.search.outbox import UIDS, ids
from tests.support.search.outbox import index as index

__all__ = ["index"]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("at", ["index", "delete", "refresh", "rows"])
def test_whoever_dies_at_any_point_leaves_the_work_to_be_done_again(
    at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = make_in_force()
    drain()
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    change_classification(coordinator, edition.instrument, Classification.TLP_GREEN, "for the region only")

    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        if at == "rows":
            patch.setattr("django.db.models.query.QuerySet.delete", die)
        else:
            patch.setattr(engine(), at, die)
            if at == "delete":
                OutboxRow.objects.create(edition=edition.pk, uid="11111111-1111-4111-8111-111111111111")
                OutboxRow.objects.filter(uid=None).delete()
                OutboxRow.objects.filter(pk__gt=0).update(deny=True)
        with pytest.raises(Killed):
            drain()
    assert OutboxRow.objects.filter(deny=True).exists()
    assert ids() == set(), "found with its old keys"
    assert not is_locked(WRITER)
    OutboxRow.objects.create(edition=edition.pk)
    drain()
    assert ids(frozenset({"tlp:green"}))
    assert not reconcile(mend=False).any


def test_an_engine_that_is_down_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    make_in_force()
    rows = OutboxRow.objects.count()

    def down(*_: object, **__: object) -> None:
        raise EngineError("does not answer")

    follow = Follower()
    with monkeypatch.context() as patch:
        patch.setattr(engine(), "search", down)
        assert follow() == 0
    assert OutboxRow.objects.count() == rows
    follow._rest_until = 0.0
    assert follow() == rows
    assert ids()


def test_a_text_that_cannot_be_read_keeps_no_other_from_being_found(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = make_in_force(slug="bad"), make_in_force(slug="good")
    real = indexer.documents_of

    def some(edition: Edition, uids: object = None) -> object:
        if edition.pk == bad.pk:
            raise ValueError("broken")
        return real(edition, uids)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(indexer, "documents_of", some)
        drain()
        assert {one.split("/")[0] for one in ids()} == {str(good.pk)}
        assert set(OutboxRow.objects.values_list("edition", flat=True)) == {bad.pk}
        assert OutboxRow.objects.filter(tries__gt=0).exists()
    drain()
    assert {one.split("/")[0] for one in ids()} == {str(bad.pk), str(good.pk)}


def test_there_is_one_writer() -> None:
    make_in_force()
    seen: list[int] = []

    def other() -> None:
        with holding(WRITER) as mine:
            seen.append(mine)
        connection.close()

    with holding(WRITER) as mine:
        assert mine
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [False]
    assert not is_locked(WRITER)


def test_without_an_index_the_rows_wait_and_the_worker_builds_one(
    settings: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KODEKS_SEARCH = {"engine": "tantivy", "path": tmp_path / "none"}  # type: ignore[attr-defined]
    make_in_force()
    with pytest.raises(IndexMissing):
        drain()
    assert OutboxRow.objects.exists()
    built: list[str] = []
    monkeypatch.setattr(Follower, "_build", lambda self, why: built.append(why))
    Follower()()
    assert built


def test_an_index_that_somebody_deleted_is_built_anew_though_nothing_waits(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_in_force()
    drain()
    built: list[str] = []
    monkeypatch.setattr(Follower, "_build", lambda self, why: built.append(why))
    follow = Follower(check_every=0.0)
    assert follow() == follow() == 0
    assert not OutboxRow.objects.exists() and not built
    shutil.rmtree(settings.KODEKS_SEARCH["path"])  # type: ignore[attr-defined]
    follow()
    assert built


def test_an_index_whose_files_were_damaged_is_built_anew_though_nothing_waits(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_in_force()
    drain()
    built: list[str] = []
    monkeypatch.setattr(Follower, "_build", lambda self, why: built.append(why))
    follow = Follower(check_every=0.0)
    assert follow() == follow() == 0 and not built
    store = next(settings.KODEKS_SEARCH["path"].rglob("*.store"))  # type: ignore[attr-defined]
    # As a copy that ran out of room leaves it; not in place, which would end whoever has the file mapped.
    store.unlink()
    store.write_bytes(b"")
    follow()
    assert built


def test_what_is_written_while_an_index_is_built_is_in_the_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text changes, and another is tightened, after the builder has read them and before it ends."""
    changed, tightened = make_draft(slug="changed"), make_in_force(slug="tightened")
    coordinator = make_person(Role.COORDINATOR, changed.instrument.owner)
    work = frozenset({f"work:{changed.instrument.owner_id}"})
    drain()
    real = full_rebuild.all_documents

    def slowly() -> Iterator[object]:
        yield from list(real())
        section = Section.objects.get(edition=changed, uid=UIDS[1])
        save_section(coordinator, changed, UIDS[1], "mk", body("Рок", "часа"), section.text_hash_mk)
        change_classification(coordinator, tightened.instrument, Classification.TLP_AMBER_STRICT, "a name")
        # The writer goes on with the index in use, and keeps its rows for the one that is built.
        with monkeypatch.context() as patch:
            patch.setattr(indexer, "is_locked", lambda name: name == BUILDER)
            assert drain() > 0
        assert OutboxRow.objects.filter(drained=True).count() == OutboxRow.objects.count() > 0
        assert denied_editions() == frozenset()
        assert ids(work, "часа")

    monkeypatch.setattr(full_rebuild, "all_documents", slowly)
    rebuild()
    assert ids(work, "часа") == {f"{changed.pk}/1/mk"}
    assert ids() == set()
    assert not OutboxRow.objects.exists()
    monkeypatch.setattr(full_rebuild, "all_documents", real)
    assert not reconcile(mend=False).any


def test_a_builder_that_died_leaves_no_rows_behind() -> None:
    edition = make_in_force()
    drain()
    OutboxRow.objects.create(edition=edition.pk, drained=True, deny=True)
    OutboxRow.objects.create(edition=edition.pk)
    assert denied_editions() == frozenset()
    drain()
    assert not OutboxRow.objects.exists()


def test_the_reconciler_finds_and_mends_what_differs() -> None:
    edition = make_draft()
    drain()
    names = sorted(name for name, _print in engine().fingerprints())
    engine().delete([name for name in names if name.endswith("-mk")][:2])
    Section.objects.filter(edition=edition, uid=UIDS[1]).update(heading_en="behind everybody's back")
    foreign = make_draft(slug="other")
    drain()
    OutboxRow.objects.all().delete()
    Section.objects.filter(edition=foreign).delete()
    drift = reconcile(mend=False)
    assert drift.missing == [name for name in names if name.endswith("-mk")][:2]
    assert len(drift.different) == 1
    assert len(drift.extra) == 9
    assert reconcile().any
    assert not reconcile(mend=False).any
    drain()
    engine().delete(names)
    assert sorted(reconcile().missing) == names
    assert f"{edition.pk}/1/en" in ids(frozenset({f"ed:{edition.pk}"}))


def test_the_reconciler_sees_what_was_altered_in_the_index_itself() -> None:
    """Other words, or keys that open it to others, under the fingerprint of the text as it is."""
    edition = make_draft()
    drain()
    held = {document.id: document for document in engine().documents()}
    altered = [replace(one, text="zloupotreba", keys=frozenset({"pub"})) for one in held.values()][:3]
    engine().index(altered)
    assert ids(text="zloupotreba")
    names = sorted(one.id for one in altered)
    assert sorted(reconcile(mend=False).different) == names
    assert sorted(reconcile().different) == names
    assert not reconcile(mend=False).any
    assert ids() == set()
    assert f"{edition.pk}/1/en" in ids(frozenset({f"ed:{edition.pk}"}))
