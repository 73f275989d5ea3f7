"""Rebuilding the index, next to the one in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from search.engines.base import Document, Engine
from search.engines.fallback import backends
from search.factory import engine as the_engine
from search.models import OutboxRow
from search.outbox.documents import all_documents
from search.outbox.indexer import drain_as_writer
from search.outbox.locks import BUILDER, WRITER, holding

_PATIENCE = 600.0


class AlreadyBuilding(Exception):
    """Another process is building the index."""


def rebuild(progress: Callable[[int], None] | None = None, engine: Engine | None = None) -> int:
    """Fill a new index from the database and swap it in. Answer how many documents it holds.

    Until then the writer continues with the old one, and keeps its rows. At the end they are all written
    again: the new index may have read a text before it changed. Denied again, too, because it may still open
    a text to those who lost it. Raises AlreadyBuilding, and EngineError where the engine can't be reached.
    """
    chosen = engine or the_engine()
    # The writer asks for this lock now and then, for an instant, to see whether anybody builds.
    with holding(BUILDER, wait=1.0) as mine, ExitStack() as last:
        if not mine:
            raise AlreadyBuilding

        def documents(others: Sequence[Engine]) -> Iterator[Document]:
            yield from all_documents()
            if others:
                # One index inside the other's building, so that all are swapped while nobody else writes.
                others[0].rebuild(documents(others[1:]))
                return
            # From here until the swap nobody else writes.
            if not last.enter_context(holding(WRITER, wait=_PATIENCE)):
                raise TimeoutError("the writer of the index did not come to an end")
            OutboxRow.objects.filter(drained=True).update(drained=False)

        *others, first = backends(chosen)
        count = first.rebuild(documents(others), progress)
        drain_as_writer(chosen, last=True)
    return count
