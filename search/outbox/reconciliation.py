"""Whether the index holds what the database holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from search.engines.base import Document, Engine
from search.engines.fallback import backends
from search.factory import engine as the_engine
from search.outbox.documents import all_documents, fingerprint_of
from search.outbox.indexer import drain_as_writer
from search.outbox.locks import WRITER, holding

_PATIENCE = 60.0


@dataclass
class Drift:
    """How many texts are where, and the names of those in which index and database differ."""

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
    """Compare every text in the database with the index, after what waits in the outbox was written; mend
    what differs. Raises Busy, EngineError where the engine can't be reached, IndexMissing where there is no
    index.
    """
    chosen = engine or the_engine()
    with holding(WRITER, wait=_PATIENCE) as mine:
        if not mine:
            raise Busy
        drain_as_writer(chosen)
        drifts = [_compare(part, mend=mend) for part in backends(chosen)]
    whole = Drift(drifts[-1].texts)
    for name in ("missing", "different", "extra"):
        setattr(whole, name, sorted({one for drift in drifts for one in getattr(drift, name)}))
    return whole


def _compare(engine: Engine, *, mend: bool) -> Drift:
    engine.refresh()
    known = _stored_fingerprints(engine)
    drift = Drift()
    differing = _differing(known, drift)
    if mend:
        engine.index(differing)
    else:
        for _document in differing:
            pass
    drift.extra = sorted(known)
    if mend and drift.any:
        engine.delete(drift.extra)
        engine.refresh()
    return drift


def _stored_fingerprints(engine: Engine) -> dict[str, str]:
    """The fingerprint of each text of the index, recomputed from its stored fields. It is empty where the
    stored fingerprint differs and where the text is there twice."""
    known: dict[str, str] = {}
    for document in engine.documents():
        fingerprint = fingerprint_of(document)
        sound = fingerprint == document.fingerprint and document.id not in known
        known[document.id] = fingerprint if sound else ""
    return known


def _differing(known: dict[str, str], drift: Drift) -> Iterator[Document]:
    """The documents that are missing or different in the index; the rest of ``known`` is extra."""
    for document in all_documents():
        drift.texts += 1
        fingerprint = known.pop(document.id, None)
        if fingerprint != document.fingerprint:
            (drift.missing if fingerprint is None else drift.different).append(document.id)
            yield document
