"""The index follows the database: rows for each change, one writer, a rebuild, a reconciler."""

from search.outbox.full_rebuild import rebuild
from search.outbox.indexer import denied_editions, drain, enqueue
from search.outbox.reconciliation import reconcile

__all__ = ["denied_editions", "drain", "enqueue", "rebuild", "reconcile"]
