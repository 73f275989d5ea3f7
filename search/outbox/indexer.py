"""The one writer: from the outbox into the index."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import F

from documents.models import Edition
from search.engines.base import Document, Engine, Query
from search.engines.fallback import backends
from search.factory import engine as the_engine
from search.models import OutboxRow
from search.outbox.documents import documents_of, ids_of_section, indexed_editions
from search.outbox.locks import BUILDER, WRITER, holding, is_locked

log = logging.getLogger("kodeks.search")

BATCH = 200
"""How many rows are taken at a time: one commit of the index for all of them."""


def drain(engine: Engine | None = None) -> int:
    """Write what waits in the outbox into the index; answer how many rows were done.

    Does nothing where another process writes. Raises EngineError where the engine can't be reached and
    IndexMissing where there is no index yet: then every row stays.
    """
    if not OutboxRow.objects.exists():
        return 0
    with holding(WRITER) as mine:
        return drain_as_writer(engine or the_engine()) if mine else 0


def drain_as_writer(engine: Engine, *, last: bool = False) -> int:
    """The same for one who holds the lock of the writer. While an index is being built the rows stay behind
    as drained, to be written to it at its end. Its builder then calls this with ``last``."""
    if last or not is_locked(BUILDER):
        # Left by a builder that died.
        OutboxRow.objects.filter(drained=True).delete()
    failed: set[int] = set()
    done = 0
    while True:
        waiting = OutboxRow.objects.filter(drained=False).exclude(pk__in=failed).order_by("tries", "pk")
        rows = list(waiting[:BATCH])
        if not rows:
            return done
        # Checked after the rows were taken: a builder that starts later reads their texts itself.
        keep = not last and is_locked(BUILDER)
        bad = set[int]().union(*[_write(part, rows) for part in backends(engine)])
        stuck = [row.pk for row in rows if row.edition in bad]
        good = OutboxRow.objects.filter(pk__in=[row.pk for row in rows if row.edition not in bad])
        if keep:
            good.update(drained=True)
        else:
            good.delete()
        OutboxRow.objects.filter(pk__in=stuck, tries__lt=30_000).update(tries=F("tries") + 1)
        failed.update(stuck)
        done += len(rows) - len(stuck)


@dataclass
class _Work:
    """What a batch comes to: each edition once, as a whole or in some of its sections."""

    whole: set[int] = field(default_factory=set)
    parts: dict[int, set[UUID]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)


def _write(engine: Engine, rows: Sequence[OutboxRow]) -> set[int]:
    """Bring the index up to date for these rows; answer the editions that could not be read."""
    require_index(engine)
    work = _Work(whole={row.edition for row in rows if row.uid is None})
    for row in rows:
        if row.uid is not None and row.edition not in work.whole:
            work.parts.setdefault(row.edition, set()).add(row.uid)
    engine.index(_changed(engine, work))
    if work.gone:
        engine.delete(work.gone)
    engine.refresh()
    return work.bad


def _changed(engine: Engine, work: _Work) -> Iterator[Document]:
    """The documents to write; fills in ``gone`` and ``bad`` on the way."""
    wanted = sorted(work.whole | work.parts.keys())
    editions: dict[int, Edition] = {one.pk: one for one in indexed_editions().filter(pk__in=wanted)}
    for pk in wanted:
        uids = work.parts.get(pk)
        try:
            edition = editions.get(pk)
            documents = list(documents_of(edition, uids)) if edition is not None else []
        except Exception:
            # One text that can't be read must not keep all others from being found.
            log.exception("edition %s can't be indexed", pk)
            work.bad.add(pk)
            continue
        if uids is None:
            known = dict(engine.fingerprints([str(pk)]))
        else:
            known = dict.fromkeys((name for uid in uids for name in ids_of_section(pk, uid)), "")
        for document in documents:
            if known.pop(document.id, "") != document.fingerprint:
                yield document
        work.gone += known


def require_index(engine: Engine) -> None:
    """Raises IndexMissing where there is no index; without this, the first write would begin an empty one."""
    engine.search(Query(keys=frozenset({"-"}), facets=(), page_size=1))


def enqueue(edition: int, uids: Iterable[object] | None = None, *, deny: bool = False) -> None:
    """Note that an edition has changed: these sections, or (None) all of it. Call it in the change's own
    transaction.

    With ``deny`` no query finds the edition any more, from the end of that transaction. That lasts until the
    index is up to date.
    """
    if uids is None:
        OutboxRow.objects.create(edition=edition, deny=deny)
        return
    OutboxRow.objects.bulk_create(
        [OutboxRow(edition=edition, uid=UUID(str(uid)), deny=deny) for uid in uids], batch_size=500
    )


def denied_editions() -> frozenset[str]:
    """The editions that no query may find now, as the index names them: the deny list (docs/search.md)."""
    waiting = OutboxRow.objects.filter(deny=True, drained=False).order_by()
    return frozenset(str(edition) for edition in waiting.values_list("edition", flat=True).distinct())
