"""Whether the index holds what the database holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from search.engines import Document, Engine
from search.engines.fallback import backends
from search.factory import engine as the_engine
from search.outbox.documents import all_documents, fingerprint_of
from search.outbox.indexer import drain_as_writer
from search.outbox.locks import WRITER, holding

_PATIENCE = 60.0
_TOGETHER = 200


@dataclass
class Drift:
    """How many texts stand where, and the names of those in which index and database differ."""

    texts: int = 0
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    """Those that it keeps rightly and finds by other words than theirs; asked only where it is to look that
    deep."""

    @property
    def any(self) -> bool:
        return bool(self.missing or self.different or self.extra or self.terms)


class Busy(Exception):
    """Another process writes to the index and did not end in time."""


def reconcile(*, mend: bool = True, deep: bool = False, engine: Engine | None = None) -> Drift:
    """Compare every text in the database with the index, after what waits in the outbox was written; mend
    what differs. With ``deep`` the words too by which the index finds a text, and not only what it keeps of
    it.

    Raises Busy, EngineError where the engine can't be reached, IndexMissing where there is no index.
    """
    chosen = engine or the_engine()
    with holding(WRITER, wait=_PATIENCE) as mine:
        if not mine:
            raise Busy
        drain_as_writer(chosen)
        drifts = [_compare(part, mend=mend, deep=deep) for part in backends(chosen)]
    return drifts[0] if len(drifts) == 1 else _together(drifts)


def _compare(engine: Engine, *, mend: bool, deep: bool) -> Drift:
    engine.refresh()
    known = _kept(engine)
    drift = Drift()
    differing = _differing(known, drift, engine if deep else None)
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


def _kept(engine: Engine) -> dict[str, str]:
    """The fingerprint of each text that the index keeps, made anew from what it keeps of it: empty where the
    one that stands there is another, and where the text stands there twice."""
    known: dict[str, str] = {}
    for document in engine.documents():
        made = fingerprint_of(document)
        sound = made == document.fingerprint and document.id not in known
        known[document.id] = made if sound else ""
    return known


def _together(drifts: list[Drift]) -> Drift:
    """What differs in any of several indexes, each text once."""

    def names(of: Callable[[Drift], list[str]]) -> list[str]:
        return sorted({name for drift in drifts for name in of(drift)})

    return Drift(
        drifts[-1].texts,
        names(lambda d: d.missing),
        names(lambda d: d.different),
        names(lambda d: d.extra),
        names(lambda d: d.terms),
    )


def _differing(known: dict[str, str], drift: Drift, engine: Engine | None) -> Iterator[Document]:
    """The documents that the index has not, or has otherwise; with an engine those too that it finds by other
    words. What remains in ``known`` is in the index alone."""
    alike: dict[str, Document] = {}
    for document in all_documents():
        drift.texts += 1
        fingerprint = known.pop(document.id, None)
        if fingerprint != document.fingerprint:
            (drift.missing if fingerprint is None else drift.different).append(document.id)
            yield document
        elif engine is not None:
            alike[document.id] = document
            if len(alike) == _TOGETHER:
                yield from _by_other_words(alike, drift, engine)
                alike.clear()
    if engine is not None:
        yield from _by_other_words(alike, drift, engine)


def _by_other_words(documents: dict[str, Document], drift: Drift, engine: Engine) -> Iterator[Document]:
    for name in engine.otherwise(documents.values()):
        drift.terms.append(name)
        yield documents[name]
