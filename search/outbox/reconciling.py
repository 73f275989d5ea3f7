"""Whether the index holds what the database holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from search.engines import Document, Engine
from search.opening import engine as the_engine
from search.outbox.draining import drain_as_writer
from search.outbox.locks import WRITER, holding
from search.outbox.texts import all_documents

_PATIENCE = 60.0


@dataclass
class Drift:
    """How many texts stand where, and the names of those in which index and database differ."""

    texts: int = 0
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.missing or self.different or self.extra)


class Busy(Exception):
    """Another process writes to the index and did not end in time."""


def reconcile(*, mend: bool = True, engine: Engine | None = None) -> Drift:
    """Compare every text in the database with the index, after what waits in the outbox was written; mend what differs.

    Raises Busy, EngineError where the engine can't be reached, IndexMissing where there is no index.
    """
    chosen = engine or the_engine()
    with holding(WRITER, wait=_PATIENCE) as mine:
        if not mine:
            raise Busy
        drain_as_writer(chosen)
        known = dict(chosen.fingerprints())
        drift = Drift()
        if mend:
            chosen.index(_differing(known, drift))
        else:
            for _document in _differing(known, drift):
                pass
        drift.extra = sorted(known)
        if mend and drift.any:
            chosen.delete(drift.extra)
            chosen.refresh()
    return drift


def _differing(known: dict[str, str], drift: Drift) -> Iterator[Document]:
    """The documents that the index has not, or has otherwise. What remains in ``known`` is in the index alone."""
    for document in all_documents():
        drift.texts += 1
        fingerprint = known.pop(document.id, None)
        if fingerprint == document.fingerprint:
            continue
        (drift.missing if fingerprint is None else drift.different).append(document.id)
        yield document
